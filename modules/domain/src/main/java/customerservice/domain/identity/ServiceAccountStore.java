package customerservice.domain.identity;

import customerservice.domain.AuditEntry;
import customerservice.domain.DomainException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where service accounts are kept; a change and its audit entry together or not at all.
 *
 * <p>Every method may throw {@link DomainException.StoreBusy} or {@link DomainException.StoreUnavailable}.
 */
public interface ServiceAccountStore {

    Optional<ServiceAccount> find(UUID id);

    /** By name; at most 1,000. */
    List<ServiceAccount> list();

    /** @throws DomainException.DuplicateServiceAccount if another service account has this name */
    void insert(ServiceAccount account, AuditEntry audit);

    /** @return false if there is no such service account */
    boolean delete(UUID id, AuditEntry audit);
}
