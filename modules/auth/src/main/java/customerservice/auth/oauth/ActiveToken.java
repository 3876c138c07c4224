package customerservice.auth.oauth;

import customerservice.domain.identity.Scope;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is said of a token that is good (RFC 7662, section 2.2).
 *
 * @param subject id of the user or service account
 * @param clientId the service account's id, or the service's own name for people
 * @param scopes what it allows, or what an access token for it would
 * @param tokenId {@code jti} of an access token; a refresh token has none
 */
public record ActiveToken(
        String subject, String clientId, Set<Scope> scopes, Instant expiresAt, Optional<String> tokenId) {

    public ActiveToken {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(clientId, "clientId");
        scopes = Set.copyOf(scopes);
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(tokenId, "tokenId");
    }
}
