package customerservice.domain.customer;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One customer as it stands. Immutable; every change makes the next version.
 *
 * <p>The optional components are optional in the contract too. They are the one place where {@code Optional} is stored:
 * a record's accessor is its result.
 *
 * @param name 1 to 200 characters, trimmed, in NFC, at least one of them visible; no control characters, line separators,
 *     bidirectional overrides, embeddings or isolates, unless it is older than this rule
 * @param metadata at most 50 entries, keys 1 to 40 characters, values up to 500, all of the name's characters and in NFC;
 *     unmodifiable, in key order
 * @param version 1 when created, one more with each change
 * @param createdAt whole milliseconds
 * @param updatedAt whole milliseconds; never before {@code createdAt} or that of the version before
 */
public record Customer(
        CustomerId id,
        String name,
        EmailAddress email,
        Optional<PhoneNumber> phone,
        CustomerStatus status,
        Optional<Address> address,
        Map<String, String> metadata,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    public static final int MAX_NAME = 200;
    public static final int MAX_METADATA_ENTRIES = 50;
    public static final int MAX_METADATA_KEY = 40;
    public static final int MAX_METADATA_VALUE = 500;

    public Customer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(email, "email");
        Objects.requireNonNull(phone, "phone");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
    }
}
