package customerservice.domain.customer;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The port over a map, for tests of what the domain itself decides. Other writers can be made to come first. */
class MemoryStore implements CustomerStore {

    final Map<CustomerId, Customer> customers = new HashMap<>();
    final List<CustomerChange> changes = new ArrayList<>();
    final List<AuditEntry> erasures = new ArrayList<>();
    final Map<String, CustomerId> keys = new HashMap<>();
    int othersComeFirst;

    @Override
    public Optional<Customer> find(CustomerId id) {
        return findStored(id);
    }

    @Override
    public Optional<Customer> findStored(CustomerId id) {
        return Optional.ofNullable(customers.get(id));
    }

    @Override
    public Page<Customer> list(CustomerQuery query) {
        return new Page<>(List.copyOf(customers.values()), false, false);
    }

    @Override
    public void insert(Customer customer, CustomerChange change) {
        customers.put(customer.id(), customer);
        changes.add(change);
    }

    @Override
    public Customer insertOnce(Customer customer, IdempotencyKey key, CustomerChange change) {
        CustomerId first = keys.putIfAbsent(key.value(), customer.id());
        if (first != null) {
            return customers.get(first);
        }
        insert(customer, change);
        return customer;
    }

    @Override
    public boolean update(Customer customer, CustomerChange change) {
        if (lost(customer.id()) || customers.get(customer.id()).version() != customer.version() - 1) {
            return false;
        }
        insert(customer, change);
        return true;
    }

    @Override
    public boolean erase(CustomerId id, long version, AuditEntry audit) {
        if (lost(id) || customers.get(id).version() != version) {
            return false;
        }
        customers.remove(id);
        erasures.add(audit);
        return true;
    }

    @Override
    public Page<CustomerChange> history(CustomerId id, Seek<Long> seek, int limit) {
        var own = changes.stream().filter(change -> change.audit().subject().equals(id.toString())).toList();
        return new Page<>(own, false, false);
    }

    private boolean lost(CustomerId id) {
        if (othersComeFirst == 0) {
            return false;
        }
        othersComeFirst--;
        Customer now = customers.get(id);
        customers.put(id, new Customer(now.id(), now.name(), now.email(), now.phone(), now.status(), now.address(),
                now.metadata(), now.version() + 1, now.createdAt(), now.updatedAt()));
        return true;
    }
}
