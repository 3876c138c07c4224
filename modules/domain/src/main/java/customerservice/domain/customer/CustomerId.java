package customerservice.domain.customer;

import customerservice.domain.TimeOrderedUuid;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Names one customer for good; a UUID, version 7 where this service made it (RFC 9562, section 5.7). */
public record CustomerId(UUID value) {

    public CustomerId {
        Objects.requireNonNull(value, "value");
    }

    /** A new id whose first 48 bits are the clock's milliseconds, so that ids made later sort later. */
    public static CustomerId next(Clock clock, RandomGenerator random) {
        return new CustomerId(TimeOrderedUuid.next(clock, random));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
