package customerservice.auth;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;

/** Keys made once for a test run. */
final class TestKeys {

    private static final Clock MADE = Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Map<SigningAlgorithm, String> FIRST = new EnumMap<>(SigningAlgorithm.class);
    private static final Map<SigningAlgorithm, String> SECOND = new EnumMap<>(SigningAlgorithm.class);

    private TestKeys() {}

    static synchronized String json(SigningAlgorithm algorithm) {
        return FIRST.computeIfAbsent(algorithm, made -> SigningKeys.generate(made, MADE));
    }

    /** Of another pair than {@link #json}. */
    static synchronized String otherJson(SigningAlgorithm algorithm) {
        return SECOND.computeIfAbsent(algorithm, made -> SigningKeys.generate(made, MADE));
    }

    static SigningKeys keys(SigningAlgorithm algorithm) {
        return parse(json(algorithm));
    }

    static SigningKeys otherKeys(SigningAlgorithm algorithm) {
        return parse(otherJson(algorithm));
    }

    static SigningKeys parse(String json) {
        return SigningKeys.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The object between the brackets of a file with one key. */
    static String onlyKey(String json) {
        return json.substring(json.indexOf('[') + 1, json.lastIndexOf(']'));
    }
}
