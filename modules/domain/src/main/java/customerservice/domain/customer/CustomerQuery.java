package customerservice.domain.customer;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which customers, in which order, from where on.
 *
 * @param createdFrom inclusive
 * @param createdTo exclusive
 * @param limit 1 to 200
 */
public record CustomerQuery(
        Optional<CustomerStatus> status,
        Optional<EmailAddress> email,
        Optional<Instant> createdFrom,
        Optional<Instant> createdTo,
        Sort sort,
        Seek<Position> seek,
        int limit) {

    public static final int MAX_LIMIT = Page.MAX_LIMIT;
    public static final int DEFAULT_LIMIT = 20;

    public CustomerQuery {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(email, "email");
        Objects.requireNonNull(createdFrom, "createdFrom");
        Objects.requireNonNull(createdTo, "createdTo");
        Objects.requireNonNull(sort, "sort");
        Objects.requireNonNull(seek, "seek");
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit " + limit);
        }
    }

    /** The first page of all, newest first. */
    public static CustomerQuery newestFirst(int limit) {
        return new CustomerQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Sort.CREATED_AT_DESCENDING,
                Seek.start(),
                limit);
    }

    /** The id breaks ties, in the same direction. Names are compared by code point, not by a language's rules. */
    public enum Sort {
        CREATED_AT("created_at"),
        CREATED_AT_DESCENDING("-created_at"),
        NAME("name"),
        NAME_DESCENDING("-name");

        private final String label;

        Sort(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        public boolean byName() {
            return this == NAME || this == NAME_DESCENDING;
        }

        public boolean descending() {
            return this == CREATED_AT_DESCENDING || this == NAME_DESCENDING;
        }

        public static Optional<Sort> ofLabel(String label) {
            for (Sort sort : values()) {
                if (sort.label.equals(label)) {
                    return Optional.of(sort);
                }
            }
            return Optional.empty();
        }

        /** Where this customer lies in this order. */
        public Position positionOf(Customer customer) {
            return byName()
                    ? new Position.ByName(customer.name(), customer.id())
                    : new Position.ByCreation(customer.createdAt(), customer.id());
        }
    }

    /** A place between two customers in an order; it stays valid when the customer that it was taken from is gone. */
    public sealed interface Position {

        CustomerId id();

        record ByCreation(Instant createdAt, CustomerId id) implements Position {}

        record ByName(String name, CustomerId id) implements Position {}
    }
}
