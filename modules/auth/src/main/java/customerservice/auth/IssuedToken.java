package customerservice.auth;

import customerservice.domain.identity.Scope;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * An access token, fresh.
 *
 * @param value a JWT in compact form; whoever has it may use it
 * @param lifetime from now, whole seconds ({@code expires_in} of RFC 6749, section 5.1)
 * @param scopes what it allows
 */
public record IssuedToken(String value, Duration lifetime, Set<Scope> scopes) {

    public IssuedToken {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(lifetime, "lifetime");
        scopes = Set.copyOf(scopes);
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "IssuedToken[" + lifetime + ", " + scopes + "]";
    }
}
