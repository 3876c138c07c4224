package customerservice.domain.audit;

import customerservice.domain.DomainException;

/**
 * The audit trail, for what changes nothing else in the store: a sign-in that failed, a token that was issued. Changes
 * write their entries themselves, together with what they change.
 */
@FunctionalInterface
public interface AuditWriter {

    /**
     * Adds an entry for good.
     *
     * @throws DomainException.StoreBusy if the store has too much to do
     * @throws DomainException.StoreUnavailable if the store cannot be reached
     */
    void append(AuditEntry entry);
}
