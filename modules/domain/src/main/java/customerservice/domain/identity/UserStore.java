package customerservice.domain.identity;

import customerservice.domain.AuditEntry;
import customerservice.domain.DomainException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where users are kept; a change and its audit entry together or not at all.
 *
 * <p>Every method may throw {@link DomainException.StoreBusy} or {@link DomainException.StoreUnavailable}.
 */
public interface UserStore {

    Optional<User> find(UUID id);

    Optional<User> findByUsername(String username);

    /** By name; at most 1,000. */
    List<User> list();

    /** @throws DomainException.DuplicateUsername if another user has this name */
    void insert(User user, AuditEntry audit);

    /** @return false if there is no such user */
    boolean updatePasswordHash(UUID id, String passwordHash, AuditEntry audit);
}
