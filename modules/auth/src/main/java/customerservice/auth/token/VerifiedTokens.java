package customerservice.auth.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import customerservice.auth.InvalidTokenException;
import customerservice.auth.InvalidTokenException.Reason;
import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningKey;
import customerservice.auth.key.SigningKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * Tells whom an access token stands for, by the token alone.
 *
 * <p>A signature is verified once for each token; then the token's digest and who it stands for are remembered until it
 * expires. What was refused is not remembered: whoever sends rubbish pays for nothing but its own verification, and
 * drives nothing out of the cache. A token whose key is no longer in force is refused, remembered or not.
 */
public final class VerifiedTokens {

    private static final int MAX_TOKEN = 8 * 1024;

    private final ActiveSigningKeys keys;
    private final TokenVerifier verifier;
    private final boolean remembers;
    private final Cache<TokenDigest, Verified> verified;
    private final Clock clock;

    public VerifiedTokens(ActiveSigningKeys keys, TokenSettings settings, Clock clock) {
        this(keys, settings, clock, Ticker.systemTicker());
    }

    /** @param ticker what the cache goes by when it throws out what has expired */
    VerifiedTokens(ActiveSigningKeys keys, TokenSettings settings, Clock clock, Ticker ticker) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.verifier = new TokenVerifier(Objects.requireNonNull(settings, "settings"));
        this.clock = Objects.requireNonNull(clock, "clock");
        this.remembers = settings.verifiedTokenCacheSize() > 0;
        this.verified = Caffeine.newBuilder()
                .maximumSize(settings.verifiedTokenCacheSize())
                .expireAfter(Expiry.<TokenDigest, Verified>creating(
                        (digest, token) -> Duration.ofMillis(token.notAfter() - clock.millis())))
                .ticker(ticker)
                .executor(Runnable::run) // its housekeeping is too small to be worth another thread
                .recordStats()
                .build();
    }

    /**
     * Takes about a microsecond for a token that came before.
     *
     * @param token as it came behind {@code Bearer}; at most 8 KiB
     * @throws InvalidTokenException if it is not a valid access token of this installation
     */
    public Principal verify(String token) {
        Objects.requireNonNull(token, "token");
        if (token.length() > MAX_TOKEN) {
            throw new InvalidTokenException(Reason.TOO_LARGE);
        }
        long now = clock.millis();
        SigningKeys inForce = keys.inForce();
        if (!remembers) {
            return verifier.verify(token, inForce, now / 1000).principal();
        }
        TokenDigest digest = TokenDigest.of(token);
        Verified known = verified.getIfPresent(digest);
        if (known == null) {
            TokenVerifier.Verified fresh = verifier.verify(token, inForce, now / 1000);
            verified.put(digest, new Verified(fresh.principal(), fresh.key()));
            return fresh.principal();
        }
        if (!inForce.have(known.key())) {
            verified.invalidate(digest);
            throw new InvalidTokenException(Reason.UNKNOWN_KEY);
        }
        if (now >= known.notAfter()) {
            verified.invalidate(digest);
            throw new InvalidTokenException(Reason.EXPIRED);
        }
        return known.principal();
    }

    /** The verified tokens, for metrics only. */
    public Cache<?, ?> cache() {
        return verified;
    }

    /** @param notAfter milliseconds since 1970 from which on the token is refused */
    private record Verified(Principal principal, SigningKey key, long notAfter) {

        Verified(Principal principal, SigningKey key) {
            this(principal, key, (principal.expiresAt().getEpochSecond() + TokenVerifier.SKEW_SECONDS) * 1000);
        }
    }
}
