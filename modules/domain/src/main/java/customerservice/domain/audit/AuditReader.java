package customerservice.domain.audit;

import customerservice.domain.DomainException;
import customerservice.domain.Page;

/** The audit trail, for those who may read it. */
@FunctionalInterface
public interface AuditReader {

    /**
     * One page, newest first; lines of the same millisecond by their id.
     *
     * @throws DomainException.StoreBusy if the store has too much to do
     * @throws DomainException.StoreUnavailable if the store cannot be reached
     */
    Page<AuditRecord> list(AuditQuery query);
}
