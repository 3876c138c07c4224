package customerservice.persistence.cache;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerChange;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerStore;
import customerservice.domain.customer.IdempotencyKey;
import java.util.Objects;
import java.util.Optional;

/**
 * Answers {@link #find} from memory where it can. A change is taken out of memory before the call returns, also if it
 * failed: whether the database made it after all may not be known.
 */
public final class CachingCustomers implements CustomerStore {

    private final CustomerStore store;
    private final CachedRows<CustomerId, Customer> cache;

    public CachingCustomers(CustomerStore store, CachedRows<CustomerId, Customer> cache) {
        this.store = store;
        this.cache = cache;
    }

    @Override
    public Optional<Customer> find(CustomerId id) {
        return cache.get(Objects.requireNonNull(id, "id"), store::findStored);
    }

    @Override
    public Optional<Customer> findStored(CustomerId id) {
        return store.findStored(id);
    }

    @Override
    public Page<Customer> list(CustomerQuery query) {
        return store.list(query);
    }

    @Override
    public void insert(Customer customer, CustomerChange change) {
        store.insert(customer, change);
    }

    @Override
    public Customer insertOnce(Customer customer, IdempotencyKey key, CustomerChange change) {
        return store.insertOnce(customer, key, change);
    }

    @Override
    public boolean update(Customer customer, CustomerChange change) {
        try {
            return store.update(customer, change);
        } finally {
            cache.invalidate(customer.id());
        }
    }

    @Override
    public boolean erase(CustomerId id, long version, AuditEntry audit) {
        try {
            return store.erase(id, version, audit);
        } finally {
            cache.invalidate(id);
        }
    }

    @Override
    public Page<CustomerChange> history(CustomerId id, Seek<Long> seek, int limit) {
        return store.history(id, seek, limit);
    }
}
