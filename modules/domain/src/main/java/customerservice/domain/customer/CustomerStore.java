package customerservice.domain.customer;

import customerservice.domain.DomainException;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import java.util.Optional;

/**
 * Where customers are kept. A change, its audit entry, the changed values and the idempotency record are stored
 * together or not at all.
 *
 * <p>Every method may throw {@link DomainException.StoreBusy} or {@link DomainException.StoreUnavailable}.
 */
public interface CustomerStore {

    /** May be answered from memory, but never older than a change that was acknowledged by this instance. */
    Optional<Customer> find(CustomerId id);

    /** As it stands in the store now. */
    Optional<Customer> findStored(CustomerId id);

    /** From the store, one page. */
    Page<Customer> list(CustomerQuery query);

    /** @throws DomainException.DuplicateEmail if another customer has its address */
    void insert(Customer customer, CustomerChange change);

    /**
     * Stores the customer unless this key did so before.
     *
     * @return the customer as the first request with this key stored it: {@code customer}, or an older one
     * @throws DomainException.DuplicateEmail if another customer has its address
     * @throws DomainException.IdempotencyKeyReused if the key came with another fingerprint
     * @throws DomainException.IdempotencyKeyInUse if the first request has not ended, after waiting a moment for it
     * @throws DomainException.CustomerNotFound if what the first request stored has been erased since
     */
    Customer insertOnce(Customer customer, IdempotencyKey key, CustomerChange change);

    /**
     * Replaces the version before {@code customer.version()}.
     *
     * @return false, and nothing is changed, if that is not the stored version
     * @throws DomainException.DuplicateEmail if another customer has its address
     */
    boolean update(Customer customer, CustomerChange change);

    /**
     * Removes the customer, the values in its history and every copy in idempotency records; the audit entries stay.
     *
     * @return false, and nothing is changed, if {@code version} is not the stored version
     */
    boolean erase(CustomerId id, long version, AuditEntry audit);

    /** Newest version first; also of an erased customer. Empty for an id that never was. */
    Page<CustomerChange> history(CustomerId id, Seek<Long> seek, int limit);
}
