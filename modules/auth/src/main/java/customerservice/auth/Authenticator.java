package customerservice.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.Objects;

/** Tells who is calling, by the access token. */
public final class Authenticator {

    private final Cache<Object, Object> verified = Caffeine.newBuilder().build();

    public Authenticator(SigningKeys keys, TokenSettings settings, Clock clock) {
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(clock, "clock");
    }

    /**
     * @param token as it came behind {@code Bearer}
     * @throws InvalidTokenException if it is not a valid access token of this installation
     */
    public Principal authenticate(String token) {
        Objects.requireNonNull(token, "token");
        throw new UnsupportedOperationException();
    }

    /** The verified tokens, for metrics only. */
    public Cache<?, ?> cache() {
        return verified;
    }
}
