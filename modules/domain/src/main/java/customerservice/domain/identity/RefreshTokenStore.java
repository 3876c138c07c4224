package customerservice.domain.identity;

import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Where refresh tokens are kept, by the hash of each; a change and its audit entry together or not at all.
 *
 * <p>A family ends when it expires or is revoked, when its user is deactivated or deleted, when the user's password or role
 * changes, and when {@link UserStore} ends the user's sign-ins. A token is good while its family is, until it is spent and
 * for a grace period after that: an answer may be lost, and two tabs of a browser may present the same token. Within that
 * period it is good for at most {@value #MAX_CHILDREN} successors, so that it is no mill for tokens. Once one of these is
 * used, the others are spent as well: they are good for the grace period more, and reused after it. The last of
 * {@value #MAX_GENERATIONS} that come one after the other is not good, so that a family does not grow without an end.
 *
 * <p>Every method may throw {@link DomainException.StoreBusy} or {@link DomainException.StoreUnavailable}.
 */
public interface RefreshTokenStore {

    /** How many tokens may follow one. */
    int MAX_CHILDREN = 16;

    /** As many tokens may come one after the other from one sign-in: one every ten minutes for a year. */
    int MAX_GENERATIONS = 52_560;

    /**
     * Begins a family with its first token.
     *
     * @param user as read before the password was checked
     * @param lifetime of the family, from now
     * @return the user's epoch, for the access token; empty if the user is not any more what was read: deleted, deactivated,
     *     or with another password or role
     */
    OptionalLong begin(User user, String hash, Duration lifetime, AuditEntry audit);

    /**
     * Spends a token and puts another in its place, in one step: of calls at the same time, each gets its own successor.
     *
     * @param grace how long after it was first spent a token is still good
     * @param audit its subject and actor are taken to be the user, whom nobody knows before
     * @return empty if the token is not good; then nothing has changed
     */
    Optional<TokenFamily> rotate(String hash, String nextHash, Duration grace, AuditEntry audit);

    /** What {@link #rotate} would say, changing nothing. */
    Optional<TokenFamily> find(String hash, Duration grace);

    /**
     * Revokes the family of a token that was spent longer ago than the grace period.
     *
     * @param audit its subject is taken to be the user
     * @return the user's id; empty if this is no such token, or the family had ended
     */
    Optional<UUID> revokeReused(String hash, Duration grace, AuditEntry audit);

    /**
     * Revokes the family of a token, whether that is spent or not.
     *
     * @param audit its subject and actor are taken to be the user
     * @return the user's id; empty if there is no such token, or the family had ended
     */
    Optional<UUID> revoke(String hash, AuditEntry audit);
}
