package customerservice.auth.token;

import java.time.Duration;
import java.util.Objects;

/**
 * What the access tokens of this installation have in common; the same on every instance.
 *
 * @param issuer the {@code iss} claim, compared exactly
 * @param audience the {@code aud} claim, compared exactly
 * @param lifetime 1 second to 24 hours, whole seconds
 * @param verifiedTokenCacheSize how many verified tokens are remembered; 0 for none
 */
public record TokenSettings(String issuer, String audience, Duration lifetime, int verifiedTokenCacheSize) {

    private static final Duration MAX_LIFETIME = Duration.ofHours(24);

    public TokenSettings {
        requireText(issuer, "issuer");
        requireText(audience, "audience");
        Objects.requireNonNull(lifetime, "lifetime");
        if (lifetime.getSeconds() < 1 || lifetime.getNano() != 0 || lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("lifetime must be whole seconds, 1 s to 24 h");
        }
        if (verifiedTokenCacheSize < 0) {
            throw new IllegalArgumentException("verifiedTokenCacheSize must not be negative");
        }
    }

    private static void requireText(String value, String name) {
        if (Objects.requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
    }
}
