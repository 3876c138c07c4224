package customerservice.auth.key;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Keys made once for a test run. */
public final class TestKeys {

    private static final Instant MADE = Instant.parse("2026-11-01T00:00:00Z");
    private static final Map<SigningAlgorithm, String> FIRST = new EnumMap<>(SigningAlgorithm.class);
    private static final Map<SigningAlgorithm, String> SECOND = new EnumMap<>(SigningAlgorithm.class);

    private TestKeys() {}

    /** As a file had it before keys told since when they have their status. */
    private static String one(SigningAlgorithm algorithm) {
        String key = NewKey.of(algorithm, SigningKey.Status.CURRENT, MADE).json();
        return "{\"keys\": [" + key.replaceFirst("  \"status_since\": \".*\",\n", "") + "]}\n";
    }

    public static synchronized String json(SigningAlgorithm algorithm) {
        return FIRST.computeIfAbsent(algorithm, TestKeys::one);
    }

    /** Of another pair than {@link #json}. */
    public static synchronized String otherJson(SigningAlgorithm algorithm) {
        return SECOND.computeIfAbsent(algorithm, TestKeys::one);
    }

    public static SigningKeys keys(SigningAlgorithm algorithm) {
        return parse(json(algorithm));
    }

    public static ActiveSigningKeys ring(SigningAlgorithm algorithm) {
        return new ActiveSigningKeys(keys(algorithm));
    }

    public static SigningKeys otherKeys(SigningAlgorithm algorithm) {
        return parse(otherJson(algorithm));
    }

    public static SigningKeys parse(String json) {
        return SigningKeys.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The object between the brackets of a file with one key. */
    public static String onlyKey(String json) {
        return json.substring(json.indexOf('[') + 1, json.lastIndexOf(']'));
    }
}
