import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Run by the build: writes the API's description, which people write in YAML, as JSON. */
final class OpenApiJson {

    private OpenApiJson() {}

    public static void main(String[] arguments) throws IOException {
        var settings = LoadSettings.builder().setCodePointLimit(10_000_000).build();
        Object document = new Load(settings).loadFromString(Files.readString(Path.of(arguments[0])));
        var json = new StringBuilder();
        write(document, json);
        Path to = Path.of(arguments[1]);
        Files.createDirectories(to.getParent());
        Files.writeString(to, json.append('\n'));
    }

    private static void write(Object value, StringBuilder json) {
        switch (value) {
            case Map<?, ?> map -> object(map, json);
            case List<?> list -> array(list, json);
            case String text -> string(text, json);
            case Double number -> json.append(new BigDecimal(number.toString()).toPlainString());
            case Boolean _, Number _ -> json.append(value);
            case null -> json.append("null");
            default -> throw new IllegalArgumentException("JSON has no " + value.getClass());
        }
    }

    private static void object(Map<?, ?> map, StringBuilder json) {
        json.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.append(comma);
            string((String) entry.getKey(), json);
            json.append(':');
            write(entry.getValue(), json);
            comma = ",";
        }
        json.append('}');
    }

    private static void array(List<?> list, StringBuilder json) {
        json.append('[');
        String comma = "";
        for (Object item : list) {
            write(item, json.append(comma));
            comma = ",";
        }
        json.append(']');
    }

    private static void string(String text, StringBuilder json) {
        json.append('"');
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                default -> {
                    if (c < ' ') {
                        json.append("\\u%04x".formatted((int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
