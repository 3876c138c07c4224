package customerservice.domain.identity;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * All refresh tokens that descend from one sign-in (RFC 9700, section 4.14.2).
 *
 * @param role the user's, as it is now
 * @param epoch the user's, as it was at the sign-in and still is
 * @param expiresAt of every token of the family, however young it is
 */
public record TokenFamily(UUID userId, Role role, long epoch, Instant expiresAt) {

    public TokenFamily {
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }
}
