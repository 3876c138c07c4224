package customerservice.auth.token;

import customerservice.domain.identity.Scope;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * Who is calling, as a verified access token says.
 *
 * @param subject the user's id
 * @param scopes those that this release knows
 * @param expiresAt of the token
 * @param tokenId its {@code jti}
 */
public record Principal(String subject, Set<Scope> scopes, Instant expiresAt, String tokenId) {

    public Principal {
        Objects.requireNonNull(subject, "subject");
        scopes = Set.copyOf(scopes);
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(tokenId, "tokenId");
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
