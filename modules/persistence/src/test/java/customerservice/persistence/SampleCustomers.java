package customerservice.persistence;

import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.customer.Address;
import customerservice.domain.customer.CountryCode;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerChange;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerStatus;
import customerservice.domain.customer.EmailAddress;
import customerservice.domain.customer.FieldChange;
import customerservice.domain.customer.IdempotencyKey;
import customerservice.domain.customer.PhoneNumber;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Customers to store, and what the domain would say about storing them. */
public final class SampleCustomers {

    public static final Caller CALLER = new Caller("0192f0c1-0000-7000-8000-000000000001", "request-1", "192.0.2.1");

    private static final Random RANDOM = new Random(42);

    private SampleCustomers() {}

    public static Customer customer(String name, String email) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return created(name, email, now);
    }

    public static Customer created(String name, String email, Instant at) {
        return new Customer(
                CustomerId.next(Clock.systemUTC(), RANDOM),
                name,
                new EmailAddress(email),
                Optional.empty(),
                CustomerStatus.ACTIVE,
                Optional.empty(),
                Map.of(),
                1,
                at,
                at);
    }

    /** With a value in every field, some of them awkward to write down. */
    public static Customer complete() {
        Instant created = Instant.parse("2026-11-22T10:00:00.001Z");
        return new Customer(
                CustomerId.next(Clock.systemUTC(), RANDOM),
                "Zoë \"Z\" \\ O’Brien 𝒳 ?::jsonb :name",
                new EmailAddress("Zoe+tag@Example.com"),
                Optional.of(new PhoneNumber("+441234567890")),
                CustomerStatus.SUSPENDED,
                Optional.of(new Address(
                        "1 \"High\" Street",
                        Optional.of("Flat 2\\3"),
                        "Łódź",
                        Optional.empty(),
                        Optional.of("90-001"),
                        new CountryCode("PL"))),
                Map.of("tier", "gold", "emoji", "😀", "quote", "\"{}\\", "", "no key"),
                1,
                created,
                created.plusMillis(998));
    }

    /** As large as the rules allow, in characters that take four bytes each. */
    public static Customer largest(String email) {
        Customer plain = customer("Ada", email);
        var metadata = new TreeMap<String, String>();
        for (int i = 0; i < Customer.MAX_METADATA_ENTRIES; i++) {
            metadata.put("k" + i, "😀".repeat(Customer.MAX_METADATA_VALUE));
        }
        return new Customer(
                plain.id(), plain.name(), plain.email(), plain.phone(), plain.status(), plain.address(), metadata, 1,
                plain.createdAt(), plain.updatedAt());
    }

    public static Customer next(Customer current, String name) {
        return next(current, name, current.email().value());
    }

    public static Customer next(Customer current, String name, String email) {
        return new Customer(
                current.id(),
                name,
                new EmailAddress(email),
                current.phone(),
                current.status(),
                current.address(),
                current.metadata(),
                current.version() + 1,
                current.createdAt(),
                current.updatedAt().plusMillis(1));
    }

    public static CustomerChange change(String action, Customer customer) {
        return new CustomerChange(
                audit(action, customer, customer.version(), List.of("name", "email")),
                List.of(
                        new FieldChange("name", Optional.empty(), Optional.of(customer.name())),
                        new FieldChange("email", Optional.of("before@example.com"), Optional.empty())));
    }

    public static CustomerChange creation(Customer customer) {
        return change("customer.create", customer);
    }

    public static CustomerChange update(Customer customer) {
        return change("customer.update", customer);
    }

    public static AuditEntry erasure(Customer customer) {
        return audit("customer.erase", customer, customer.version() + 1, List.of());
    }

    private static AuditEntry audit(String action, Customer customer, long version, List<String> fields) {
        return new AuditEntry(customer.updatedAt(), action, customer.id().toString(), version, fields, CALLER);
    }

    public static IdempotencyKey key(String value) {
        return new IdempotencyKey(CALLER.actor(), value, "fingerprint of " + value);
    }
}
