package customerservice.domain.identity;

import customerservice.domain.DomainException;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Where users are kept; a change and its audit entry together or not at all. There is always an active admin once there
 * has been one, whoever else makes changes at the same time.
 *
 * <p>A change is made only if its actor may administer at that moment; else it throws {@link DomainException.ActorRevoked}.
 * An actor that is no id, such as {@code system}, may.
 *
 * <p>Every method may throw {@link DomainException.StoreBusy} or {@link DomainException.StoreUnavailable}.
 */
public interface UserStore {

    Optional<User> find(UUID id);

    Optional<User> findByUsername(String username);

    /**
     * By name, without regard to case.
     *
     * @param seek from a name, which need not be anybody's
     * @param limit at least 1
     */
    Page<User> list(Seek<String> seek, int limit);

    /** @throws DomainException.DuplicateUsername if another user has this name */
    void insert(User user, AuditEntry audit);

    /**
     * Gives a user another role and state, and nothing else.
     *
     * @param before as the user was read
     * @param after the same user
     * @return false if there is no such user, or its role or state have changed since it was read
     * @throws DomainException.LastAdmin if no active admin would be left
     */
    boolean update(User before, User after, AuditEntry audit);

    /** @return false if there is no such user */
    boolean updatePasswordHash(UUID id, String passwordHash, AuditEntry audit);

    /**
     * Replaces a password hash by another, unless somebody else came first.
     *
     * @return false if there is no such user, or none that is active and has the hash {@code before}
     */
    boolean replacePasswordHash(UUID id, String before, String after, AuditEntry audit);

    /**
     * Replaces a password hash by another of the same password, unless somebody else came first. Ends no sign-in.
     *
     * @return false if there is no such user, or none that is active and has the hash {@code before}
     */
    boolean renewPasswordHash(UUID id, String before, String after, AuditEntry audit);

    /**
     * Removes a user for good.
     *
     * @return false if there is no such user
     * @throws DomainException.LastAdmin if no active admin would be left
     */
    boolean delete(UUID id, AuditEntry audit);

    /**
     * Ends all sign-ins of a user: none of its refresh tokens is good any more. It may sign in anew.
     *
     * @return how many it ended; empty if there is no such user
     */
    OptionalInt endSignIns(UUID id, AuditEntry audit);

    /**
     * Ends all sign-ins of all users.
     *
     * @return how many it ended
     */
    int endAllSignIns(AuditEntry audit);
}
