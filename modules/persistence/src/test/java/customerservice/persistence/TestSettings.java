package customerservice.persistence;

import customerservice.persistence.connection.DatabaseSettings;
import java.time.Duration;

/** Settings that differ from the defaults in one point. */
public final class TestSettings {

    private TestSettings() {}

    public static DatabaseSettings withoutCache(DatabaseSettings s) {
        return new DatabaseSettings(
                s.url(), s.user(), s.password(), s.poolSize(), s.maxWaiting(), s.connectTimeout(), s.acquireTimeout(),
                s.socketTimeout(), s.statementTimeout(), 0, s.cacheLease());
    }

    public static DatabaseSettings withPool(DatabaseSettings s, int size, int waiting) {
        return new DatabaseSettings(
                s.url(), s.user(), s.password(), size, waiting, s.connectTimeout(), s.acquireTimeout(),
                s.socketTimeout(), s.statementTimeout(), s.cacheMaximumBytes(), s.cacheLease());
    }

    public static DatabaseSettings withLease(DatabaseSettings s, Duration lease) {
        return new DatabaseSettings(
                s.url(), s.user(), s.password(), s.poolSize(), s.maxWaiting(), s.connectTimeout(), s.acquireTimeout(),
                s.socketTimeout(), s.statementTimeout(), s.cacheMaximumBytes(), lease);
    }

    public static DatabaseSettings withUrl(DatabaseSettings s, String url) {
        return new DatabaseSettings(
                url, s.user(), s.password(), s.poolSize(), s.maxWaiting(), s.connectTimeout(), s.acquireTimeout(),
                s.socketTimeout(), s.statementTimeout(), s.cacheMaximumBytes(), s.cacheLease());
    }
}
