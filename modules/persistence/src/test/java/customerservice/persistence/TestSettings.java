package customerservice.persistence;

import java.time.Duration;

/** Settings that differ from the defaults in one point. */
final class TestSettings {

    private TestSettings() {}

    static DatabaseSettings withoutCache(DatabaseSettings s) {
        return new DatabaseSettings(
                s.url(), s.user(), s.password(), s.poolSize(), s.maxWaiting(), s.connectTimeout(), s.acquireTimeout(),
                s.socketTimeout(), s.statementTimeout(), 0, s.cacheLease());
    }

    static DatabaseSettings withPool(DatabaseSettings s, int size, int waiting) {
        return new DatabaseSettings(
                s.url(), s.user(), s.password(), size, waiting, s.connectTimeout(), s.acquireTimeout(),
                s.socketTimeout(), s.statementTimeout(), s.cacheMaximumSize(), s.cacheLease());
    }

    static DatabaseSettings withLease(DatabaseSettings s, Duration lease) {
        return new DatabaseSettings(
                s.url(), s.user(), s.password(), s.poolSize(), s.maxWaiting(), s.connectTimeout(), s.acquireTimeout(),
                s.socketTimeout(), s.statementTimeout(), s.cacheMaximumSize(), lease);
    }

    static DatabaseSettings withUrl(DatabaseSettings s, String url) {
        return new DatabaseSettings(
                url, s.user(), s.password(), s.poolSize(), s.maxWaiting(), s.connectTimeout(), s.acquireTimeout(),
                s.socketTimeout(), s.statementTimeout(), s.cacheMaximumSize(), s.cacheLease());
    }
}
