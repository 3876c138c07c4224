package customerservice.persistence.connection;

import java.time.Duration;

/**
 * What is kept of customers in memory.
 *
 * @param maximumBytes of memory; 0 turns the cache off
 * @param lease how old what is kept in memory may be, 20 ms to 5 s; the database is asked what has changed two or three
 *     times in it
 */
public record CacheSettings(long maximumBytes, Duration lease) {

    private static final DurationRange LEASE = new DurationRange(20, 5_000);

    /** @throws IllegalArgumentException naming the setting that is out of its limits */
    public CacheSettings {
        if (maximumBytes < 0) {
            throw new IllegalArgumentException("cacheMaximumBytes must not be negative");
        }
        LEASE.require(lease, "cacheLease must be 20 ms to 5 s");
    }

    /** 32 MiB, and a lease of 50 ms. */
    static CacheSettings defaults() {
        return new CacheSettings(32L * 1_024 * 1_024, Duration.ofMillis(50));
    }

    CacheSettings off() {
        return new CacheSettings(0, lease);
    }
}
