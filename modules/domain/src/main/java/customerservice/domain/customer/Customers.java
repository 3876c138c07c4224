package customerservice.domain.customer;

import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.Violations;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditListener;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What can be done with customers. Every method may throw {@link DomainException.StoreBusy} or {@link
 * DomainException.StoreUnavailable}, those that take input {@link DomainException.InvalidInput}.
 */
public final class Customers {

    /** Changes are conditional on the version read; so many rounds are lost only by a customer under siege. */
    private static final int MAX_ATTEMPTS = 5;

    private final CustomerStore store;
    private final AuditListener auditStream;
    private final Clock clock;
    private final RandomGenerator random;

    public Customers(CustomerStore store, AuditListener auditStream, Clock clock, RandomGenerator random) {
        this.store = Objects.requireNonNull(store, "store");
        this.auditStream = Objects.requireNonNull(auditStream, "auditStream");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * @param violations what was found wrong with the draft before it got here
     * @throws DomainException.DuplicateEmail if another customer has its address
     */
    public Customer create(CustomerDraft draft, Violations violations, Caller caller) {
        Customer customer = newCustomer(CustomerDetails.of(draft, violations));
        CustomerChange change = creation(customer, caller);
        store.insert(customer, change);
        auditStream.happened(change.audit());
        return customer;
    }

    /**
     * Creates a customer once, however often the request comes.
     *
     * @return the customer as the first request with this key made it
     * @throws DomainException.DuplicateEmail if another customer has its address
     * @throws DomainException.IdempotencyKeyReused if the key came with another request
     * @throws DomainException.IdempotencyKeyInUse if the first request is still running
     * @throws DomainException.CustomerNotFound if what the first request made has been erased
     */
    public Customer createOnce(CustomerDraft draft, Violations violations, IdempotencyKey key, Caller caller) {
        Customer customer = newCustomer(CustomerDetails.of(draft, violations));
        CustomerChange change = creation(customer, caller);
        Customer stored = store.insertOnce(customer, key, change);
        if (stored.id().equals(customer.id())) {
            auditStream.happened(change.audit());
        }
        return stored;
    }

    /** @throws DomainException.CustomerNotFound if there is none */
    public Customer get(CustomerId id) {
        return store.find(id).orElseThrow(DomainException.CustomerNotFound::new);
    }

    public Page<Customer> list(CustomerQuery query) {
        return store.list(query);
    }

    /**
     * Replaces everything that callers decide. A replacement by the same is no change: the version stays.
     *
     * @throws DomainException.CustomerNotFound if there is none
     * @throws DomainException.VersionMismatch if the condition does not accept the version
     * @throws DomainException.DuplicateEmail if another customer has the new address
     * @throws DomainException.ConcurrentChange if others kept coming first
     */
    public Customer replace(
            CustomerId id, CustomerDraft draft, Violations violations, Precondition condition, Caller caller) {
        CustomerDetails details = CustomerDetails.of(draft, violations);
        return change(id, condition, caller, current -> details);
    }

    /**
     * Changes a part; otherwise as {@link #replace}. What is left as it stands may break rules that came after it, and is
     * in nobody's way.
     */
    public Customer amend(CustomerId id, CustomerPatch amendment, Precondition condition, Caller caller) {
        return change(id, condition, caller, current -> {
            var violations = new Violations();
            CustomerDraft stands = CustomerDraft.of(current);
            return CustomerDetails.of(amendment.applyTo(stands, violations), stands, violations);
        });
    }

    /**
     * Erases a customer's personal data for good; the audit trail keeps the id.
     *
     * @throws DomainException.CustomerNotFound if there is none
     * @throws DomainException.VersionMismatch if the condition does not accept the version
     * @throws DomainException.ConcurrentChange if others kept coming first
     */
    public void erase(CustomerId id, Precondition condition, Caller caller) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Customer current = current(id, condition);
            var audit = new AuditEntry(
                    notBefore(current), "customer.erase", id.toString(), current.version() + 1, List.of(), caller);
            if (store.erase(id, current.version(), audit)) {
                auditStream.happened(audit);
                return;
            }
        }
        throw new DomainException.ConcurrentChange();
    }

    /**
     * Who changed what, newest first; also of an erased customer, then without values.
     *
     * @throws DomainException.CustomerNotFound if there never was one
     */
    public Page<CustomerChange> history(CustomerId id, Seek<Long> seek, int limit) {
        Page<CustomerChange> page = store.history(id, seek, limit);
        if (page.items().isEmpty() && !page.hasPrevious() && seek instanceof Seek.Start) {
            throw new DomainException.CustomerNotFound();
        }
        return page;
    }

    private Customer change(
            CustomerId id,
            Precondition condition,
            Caller caller,
            Function<Customer, CustomerDetails> wanted) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Customer current = current(id, condition);
            CustomerDetails details = wanted.apply(current);
            if (details.sameAs(current)) {
                return current;
            }
            Customer next = with(details, current);
            List<FieldChange> values = CustomerDiff.between(current, next);
            var audit = new AuditEntry(
                    next.updatedAt(),
                    "customer.update",
                    id.toString(),
                    next.version(),
                    CustomerDiff.fields(values),
                    caller);
            if (store.update(next, new CustomerChange(audit, values))) {
                auditStream.happened(audit);
                return next;
            }
        }
        throw new DomainException.ConcurrentChange();
    }

    private Customer current(CustomerId id, Precondition condition) {
        Customer current = store.findStored(id).orElseThrow(DomainException.CustomerNotFound::new);
        if (!condition.accepts(current.version())) {
            throw new DomainException.VersionMismatch();
        }
        return current;
    }

    private Customer newCustomer(CustomerDetails details) {
        Instant now = now();
        return new Customer(
                CustomerId.next(clock, random),
                details.name(),
                details.email(),
                details.phone(),
                details.status(),
                details.address(),
                details.metadata(),
                1,
                now,
                now);
    }

    private Customer with(CustomerDetails details, Customer current) {
        return new Customer(
                current.id(),
                details.name(),
                details.email(),
                details.phone(),
                details.status(),
                details.address(),
                details.metadata(),
                current.version() + 1,
                current.createdAt(),
                notBefore(current));
    }

    private static CustomerChange creation(Customer customer, Caller caller) {
        List<FieldChange> values = CustomerDiff.ofNew(customer);
        var audit = new AuditEntry(
                customer.createdAt(),
                "customer.create",
                customer.id().toString(),
                customer.version(),
                CustomerDiff.fields(values),
                caller);
        return new CustomerChange(audit, values);
    }

    /** Now, or the time of the last change if the clock has stepped back since, or runs behind another instance's. */
    private Instant notBefore(Customer current) {
        Instant last = later(current.createdAt(), current.updatedAt());
        return later(now(), last);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
