package customerservice.auth;

import customerservice.domain.identity.User;
import java.time.Clock;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Issues access tokens. */
public final class AccessTokens {

    public AccessTokens(SigningKeys keys, TokenSettings settings, Clock clock, RandomGenerator random) {
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
    }

    /** A token with the scopes of the user's role. */
    public IssuedToken issue(User user) {
        Objects.requireNonNull(user, "user");
        throw new UnsupportedOperationException();
    }
}
