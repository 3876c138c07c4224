package customerservice.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One answer as it came over the wire.
 *
 * @param head status line and fields, with their line ends
 * @param body as sent, so perhaps gzipped
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Reply(String head, byte[] body) {

    public int status() {
        return Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
    }

    public Optional<String> field(String name) {
        List<String> values = fields(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    public List<String> fields(String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** JSON is YAML as well. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> json() {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text());
    }

    public String problem() {
        return String.valueOf(json().get("type"));
    }

    /** The pointers of the problem's errors, in order. */
    @SuppressWarnings("unchecked")
    public List<String> pointers() {
        return ((List<Map<String, String>>) json().getOrDefault("errors", List.of())).stream()
                .map(error -> error.get("pointer"))
                .toList();
    }
}
