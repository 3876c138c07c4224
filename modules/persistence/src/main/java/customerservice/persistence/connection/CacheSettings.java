package customerservice.persistence.connection;

import java.time.Duration;

/**
 * What is kept of customers in memory.
 *
 * @param maximumBytes of memory; 0 turns the cache off
 * @param lease how long the cache is trusted after the last sign of life from its listening connection, 100 ms to 60 s
 */
public record CacheSettings(long maximumBytes, Duration lease) {

    private static final DurationRange LEASE = new DurationRange(100, 60_000);

    /** @throws IllegalArgumentException naming the setting that is out of its limits */
    public CacheSettings {
        if (maximumBytes < 0) {
            throw new IllegalArgumentException("cacheMaximumBytes must not be negative");
        }
        LEASE.require(lease, "cacheLease must be 100 ms to 60 s");
    }

    /** 32 MiB, and a lease of 1 s. */
    static CacheSettings defaults() {
        return new CacheSettings(32L * 1_024 * 1_024, Duration.ofSeconds(1));
    }

    CacheSettings off() {
        return new CacheSettings(0, lease);
    }
}
