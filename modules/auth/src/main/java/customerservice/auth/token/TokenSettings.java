package customerservice.auth.token;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What the access tokens of this installation have in common; the same on every instance.
 *
 * @param issuer the {@code iss} claim of tokens that are issued, compared exactly
 * @param otherIssuers what instances with another configuration call this installation; their tokens are accepted as well
 * @param audience the {@code aud} claim, compared exactly
 * @param lifetime 1 second to 24 hours, whole seconds
 * @param verifiedTokenCacheSize how many verified tokens are remembered; 0 for none
 */
public record TokenSettings(
        String issuer, Set<String> otherIssuers, String audience, Duration lifetime, int verifiedTokenCacheSize) {

    private static final Duration MAX_LIFETIME = Duration.ofHours(24);

    public TokenSettings {
        requireText(issuer, "issuer");
        otherIssuers = Set.copyOf(otherIssuers);
        otherIssuers.forEach(other -> requireText(other, "another issuer"));
        requireText(audience, "audience");
        Objects.requireNonNull(lifetime, "lifetime");
        if (lifetime.getSeconds() < 1 || lifetime.getNano() != 0 || lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("lifetime must be whole seconds, 1 s to 24 h");
        }
        if (verifiedTokenCacheSize < 0) {
            throw new IllegalArgumentException("verifiedTokenCacheSize must not be negative");
        }
    }

    /** Of an installation that has one name. */
    public TokenSettings(String issuer, String audience, Duration lifetime, int verifiedTokenCacheSize) {
        this(issuer, Set.of(), audience, lifetime, verifiedTokenCacheSize);
    }

    boolean accepts(Object iss) {
        return issuer.equals(iss) || (iss instanceof String other && otherIssuers.contains(other));
    }

    private static void requireText(String value, String name) {
        if (Objects.requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
    }
}
