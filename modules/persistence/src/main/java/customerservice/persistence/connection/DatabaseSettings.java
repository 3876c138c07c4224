package customerservice.persistence.connection;

import java.util.Objects;

/**
 * Where the database is, and how it is used.
 *
 * @param url {@code jdbc:postgresql://host[:port][,host[:port]…]/database[?parameter=value…]}; without a password, which
 *     would end up wherever a URL is shown. Parameters in the URL win over what this service sets.
 * @param pool of connections
 * @param timeouts of each connection
 * @param cache of customers
 */
public record DatabaseSettings(
        String url,
        String user,
        String password,
        PoolSettings pool,
        ConnectionTimeouts timeouts,
        CacheSettings cache) {

    private static final String SCHEME = "jdbc:postgresql:";

    /** @throws IllegalArgumentException if the URL is of another scheme, or has a password */
    public DatabaseSettings {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(cache, "cache");
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException("url must start with " + SCHEME);
        }
        if (url.contains("password=")) {
            throw new IllegalArgumentException("url must not carry a password");
        }
    }

    /** With the defaults of {@link PoolSettings}, {@link ConnectionTimeouts} and {@link CacheSettings}. */
    public static DatabaseSettings of(String url, String user, String password) {
        return new DatabaseSettings(
                url,
                user,
                password,
                PoolSettings.defaults(),
                ConnectionTimeouts.defaults(),
                CacheSettings.defaults());
    }

    public DatabaseSettings withUrl(String other) {
        return new DatabaseSettings(other, user, password, pool, timeouts, cache);
    }

    DatabaseSettings withPool(PoolSettings other) {
        return new DatabaseSettings(url, user, password, other, timeouts, cache);
    }

    public DatabaseSettings withoutCache() {
        return new DatabaseSettings(url, user, password, pool, timeouts, cache.off());
    }

    /** Leaves the password out: settings are logged. */
    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + ", password=***, pool=" + pool + ", timeouts="
                + timeouts + ", cache=" + cache + "]";
    }
}
