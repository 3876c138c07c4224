package customerservice.persistence.connection;

import java.time.Duration;

/**
 * How many connections there are, and who may wait for one.
 *
 * @param size connections at most, 1 or more
 * @param maxWaiting calls at most that wait for a connection; the next is refused at once
 * @param acquireTimeout for a connection out of the pool, 250 ms to 30 s; a second or two for those who hold a request
 */
public record PoolSettings(int size, int maxWaiting, Duration acquireTimeout) {

    private static final DurationRange ACQUIRE = new DurationRange(250, 30_000);

    /** @throws IllegalArgumentException naming the setting that is out of its limits */
    public PoolSettings {
        if (size < 1) {
            throw new IllegalArgumentException("poolSize must be at least 1");
        }
        if (maxWaiting < 0) {
            throw new IllegalArgumentException("maxWaiting must not be negative");
        }
        ACQUIRE.require(acquireTimeout, "acquireTimeout must be 250 ms to 30 s");
    }

    /** 10 connections, 256 waiting for 2 s. */
    static PoolSettings defaults() {
        return new PoolSettings(10, 256, Duration.ofSeconds(2));
    }
}
