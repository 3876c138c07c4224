package customerservice.domain.identity;

import customerservice.domain.DomainException;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import java.util.Optional;
import java.util.UUID;

/**
 * Where service accounts are kept; a change and its audit entry together or not at all.
 *
 * <p>A change is made only if its actor may administer at that moment; else it throws {@link DomainException.ActorRevoked}.
 * An actor that is no id, such as {@code system}, may.
 *
 * <p>Every method may throw {@link DomainException.StoreBusy} or {@link DomainException.StoreUnavailable}.
 */
public interface ServiceAccountStore {

    Optional<ServiceAccount> find(UUID id);

    Optional<ServiceAccount> findByName(String name);

    /**
     * By name.
     *
     * @param seek from a name, which need not be any account's
     * @param limit at least 1
     */
    Page<ServiceAccount> list(Seek<String> seek, int limit);

    /** @throws DomainException.DuplicateServiceAccount if another service account has this name */
    void insert(ServiceAccount account, AuditEntry audit);

    /** @return false if there is no such service account */
    boolean delete(UUID id, AuditEntry audit);
}
