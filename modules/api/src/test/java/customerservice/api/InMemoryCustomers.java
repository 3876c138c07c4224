package customerservice.api;

import customerservice.domain.DomainException.CustomerNotFound;
import customerservice.domain.DomainException.DuplicateEmail;
import customerservice.domain.DomainException.IdempotencyKeyReused;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerChange;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerQuery.Position;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerStore;
import customerservice.domain.customer.EmailAddress;
import customerservice.domain.customer.IdempotencyKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The store's contract, kept in maps, so that the HTTP server is tested without a database. */
public final class InMemoryCustomers implements CustomerStore {

    private final Map<CustomerId, Customer> customers = new HashMap<>();
    private final Map<CustomerId, List<CustomerChange>> changes = new HashMap<>();
    private final Map<String, IdempotencyKey> keys = new HashMap<>();
    private final Map<String, CustomerId> answers = new HashMap<>();

    /** Runs before each look-up; a test makes it slow, or fail. */
    private volatile Runnable beforeFind = () -> {};

    public void beforeFind(Runnable action) {
        beforeFind = action;
    }

    public synchronized int size() {
        return customers.size();
    }

    @Override
    public Optional<Customer> find(CustomerId id) {
        beforeFind.run();
        return findStored(id);
    }

    @Override
    public synchronized Optional<Customer> findStored(CustomerId id) {
        return Optional.ofNullable(customers.get(id));
    }

    @Override
    public synchronized Page<Customer> list(CustomerQuery query) {
        Comparator<Position> byKey = query.sort().byName()
                ? Comparator.comparing(position -> ((Position.ByName) position).name())
                : Comparator.comparing(position -> ((Position.ByCreation) position).createdAt());
        Comparator<Position> order = byKey.thenComparing(position -> position.id().toString());
        var all = new TreeMap<Position, Customer>(query.sort().descending() ? order.reversed() : order);
        customers.values().stream()
                .filter(customer -> query.status().map(status -> customer.status() == status).orElse(true))
                .filter(customer -> query.email().map(email -> isSame(customer.email(), email)).orElse(true))
                .filter(customer -> query.createdFrom().map(from -> !customer.createdAt().isBefore(from)).orElse(true))
                .filter(customer -> query.createdTo().map(to -> customer.createdAt().isBefore(to)).orElse(true))
                .forEach(customer -> all.put(query.sort().positionOf(customer), customer));
        return InMemoryPage.of(all, query.seek(), query.limit());
    }

    /** As the audit trail has it, of the only customer. */
    public synchronized String lastSourceAddress() {
        return changes.values().iterator().next().getLast().audit().caller().sourceAddress();
    }

    @Override
    public synchronized void insert(Customer customer, CustomerChange change) {
        requireUniqueEmail(customer);
        customers.put(customer.id(), customer);
        changes.computeIfAbsent(customer.id(), _ -> new ArrayList<>()).add(change);
    }

    @Override
    public synchronized Customer insertOnce(Customer customer, IdempotencyKey key, CustomerChange change) {
        String name = key.principal() + " " + key.value();
        IdempotencyKey before = keys.get(name);
        if (before == null) {
            insert(customer, change);
            keys.put(name, key);
            answers.put(name, customer.id());
            return customer;
        }
        if (!before.fingerprint().equals(key.fingerprint())) {
            throw new IdempotencyKeyReused();
        }
        return findStored(answers.get(name)).orElseThrow(CustomerNotFound::new);
    }

    @Override
    public synchronized boolean update(Customer customer, CustomerChange change) {
        Customer current = customers.get(customer.id());
        if (current == null || current.version() != customer.version() - 1) {
            return false;
        }
        requireUniqueEmail(customer);
        customers.put(customer.id(), customer);
        changes.get(customer.id()).add(change);
        return true;
    }

    @Override
    public synchronized boolean erase(CustomerId id, long version, AuditEntry audit) {
        Customer current = customers.get(id);
        if (current == null || current.version() != version) {
            return false;
        }
        customers.remove(id);
        List<CustomerChange> erased = new ArrayList<>();
        changes.get(id).forEach(change -> erased.add(new CustomerChange(change.audit(), List.of())));
        erased.add(new CustomerChange(audit, List.of()));
        changes.put(id, erased);
        return true;
    }

    @Override
    public synchronized Page<CustomerChange> history(CustomerId id, Seek<Long> seek, int limit) {
        var all = new TreeMap<Long, CustomerChange>(Comparator.reverseOrder());
        changes.getOrDefault(id, List.of()).forEach(change -> all.put(change.audit().version(), change));
        return InMemoryPage.of(all, seek, limit);
    }

    private void requireUniqueEmail(Customer customer) {
        for (Customer other : customers.values()) {
            if (isSame(other.email(), customer.email()) && !other.id().equals(customer.id())) {
                throw new DuplicateEmail();
            }
        }
    }

    private static boolean isSame(EmailAddress one, EmailAddress other) {
        return one.value().equalsIgnoreCase(other.value());
    }
}
