package customerservice.auth.key;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one small JSON object and nothing behind it. Duplicate names are an error: which of the two counts must not
 * depend on who reads (RFC 8725, section 2.4; RFC 7519, section 4).
 */
public final class StrictJson {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION) // or UTF-16 and UTF-32 would do as well as UTF-8
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).maxNumberLength(20).build())
            .build();

    private StrictJson() {}

    /**
     * Values are String, Long, Boolean, List, Map, or {@link #OTHER} for null and fractions.
     *
     * @throws Malformed if this is not one JSON object
     */
    public static Map<String, Object> readObject(byte[] utf8) {
        JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8);
        try (parser) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Malformed(1, 1);
            }
            Map<String, Object> object = object(parser);
            if (parser.nextToken() != null) {
                throw new Malformed(
                        parser.currentTokenLocation().getLineNr(), parser.currentTokenLocation().getColumnNr());
            }
            return object;
        } catch (JacksonException e) {
            // Neither its message nor the exception itself goes on: both may hold a piece of the text.
            TokenStreamLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw new Malformed(at.getLineNr(), at.getColumnNr());
        }
    }

    private static Map<String, Object> object(JsonParser parser) {
        var members = new HashMap<String, Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken()));
        }
        return members;
    }

    private static List<Object> array(JsonParser parser) {
        var items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return items;
    }

    private static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> OTHER;
        };
    }

    /** Stands for a value that nothing here has a use for. */
    static final Object OTHER = new Object();

    /** The text is not one well-formed JSON object. */
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;

        Malformed(int line, int column) {
            super("not one well-formed JSON object", null, false, false);
            this.line = line;
            this.column = column;
        }

        int line() {
            return line;
        }

        int column() {
            return column;
        }
    }
}
