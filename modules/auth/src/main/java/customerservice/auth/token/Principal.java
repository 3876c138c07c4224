package customerservice.auth.token;

import customerservice.domain.identity.Scope;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who is calling, as a verified access token says.
 *
 * @param subject the user's id
 * @param scopes those that this release knows
 * @param expiresAt of the token
 * @param tokenId its {@code jti}
 * @param epoch of the subject when the token was issued; tokens of releases before it was told have none
 */
public record Principal(
        String subject, Set<Scope> scopes, Instant expiresAt, String tokenId, OptionalLong epoch) {

    public Principal {
        Objects.requireNonNull(subject, "subject");
        scopes = Set.copyOf(scopes);
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(tokenId, "tokenId");
        Objects.requireNonNull(epoch, "epoch");
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }
}
