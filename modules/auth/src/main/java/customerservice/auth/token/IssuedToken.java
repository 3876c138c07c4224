package customerservice.auth.token;

import customerservice.domain.identity.Scope;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An access token, fresh.
 *
 * @param value a JWT in compact form; whoever has it may use it
 * @param lifetime from now, whole seconds ({@code expires_in} of RFC 6749, section 5.1)
 * @param scopes what it allows
 * @param refreshToken good for the next one, once; only people get one
 */
public record IssuedToken(String value, Duration lifetime, Set<Scope> scopes, Optional<String> refreshToken) {

    public IssuedToken {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(lifetime, "lifetime");
        scopes = Set.copyOf(scopes);
        Objects.requireNonNull(refreshToken, "refreshToken");
    }

    public IssuedToken with(String refreshToken) {
        return new IssuedToken(value, lifetime, scopes, Optional.of(refreshToken));
    }

    /** Leaves the tokens out. */
    @Override
    public String toString() {
        return "IssuedToken[" + lifetime + ", " + scopes + "]";
    }
}
