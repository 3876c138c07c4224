package customerservice.domain;

import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then 74 random bits. Rows made one after the
 * other lie side by side in the primary key's index, and an id cannot be guessed from its neighbour.
 */
public final class TimeOrderedUuid {

    private TimeOrderedUuid() {}

    public static UUID next(Clock clock, RandomGenerator random) {
        long high = (clock.millis() << 16) | 0x7000 | (random.nextLong() & 0x0FFF);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
