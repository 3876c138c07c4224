package customerservice.persistence.connection;

import customerservice.persistence.sql.Parameters;
import java.time.Duration;
import java.util.Objects;

/**
 * Where the database is, and how long anything may wait for it.
 *
 * <p>The driver takes whole seconds for {@code connectTimeout} and {@code socketTimeout}; parts of a second are rounded
 * up.
 *
 * @param url {@code jdbc:postgresql://host[:port][,host[:port]…]/database[?parameter=value…]}; without a password, which
 *     would end up wherever a URL is shown. Parameters in the URL win over what this service sets.
 * @param poolSize connections at most, 1 or more
 * @param maxWaiting calls at most that wait for a connection; the next is refused at once
 * @param connectTimeout for TCP, TLS and authentication together, of each host that the URL names
 * @param acquireTimeout for a connection out of the pool, 250 ms to 30 s; a second or two for those who hold a request
 * @param socketTimeout for an answer of the server; longer than {@code statementTimeout}, so that a slow statement ends
 *     by itself and not together with its connection
 * @param statementTimeout after which the server gives a statement up
 * @param cacheMaximumBytes of memory for customers; 0 turns the cache off
 * @param cacheLease how long the cache is trusted after the last sign of life from its listening connection
 */
public record DatabaseSettings(
        String url,
        String user,
        String password,
        int poolSize,
        int maxWaiting,
        Duration connectTimeout,
        Duration acquireTimeout,
        Duration socketTimeout,
        Duration statementTimeout,
        long cacheMaximumBytes,
        Duration cacheLease) {

    private static final String SCHEME = "jdbc:postgresql:";

    /** @throws IllegalArgumentException naming the setting that is out of its limits */
    public DatabaseSettings {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
        require(url.startsWith(SCHEME), "url must start with " + SCHEME);
        require(!url.contains("password="), "url must not carry a password");
        require(poolSize >= 1, "poolSize must be at least 1");
        require(maxWaiting >= 0, "maxWaiting must not be negative");
        require(isBetween(connectTimeout, 1, 60_000), "connectTimeout must be at most 60 s");
        require(isBetween(acquireTimeout, 250, 30_000), "acquireTimeout must be 250 ms to 30 s");
        require(isBetween(socketTimeout, 1, 600_000), "socketTimeout must be at most 600 s");
        require(isBetween(statementTimeout, 1, 600_000), "statementTimeout must be at most 600 s");
        require(
                statementTimeout.compareTo(socketTimeout) < 0,
                "statementTimeout must be shorter than socketTimeout");
        require(cacheMaximumBytes >= 0, "cacheMaximumBytes must not be negative");
        require(isBetween(cacheLease, 100, 60_000), "cacheLease must be 100 ms to 60 s");
    }

    /**
     * The defaults: 10 connections, 256 waiting, 2 s to connect, 1 s for a connection, 2 s for an answer of which the
     * server uses 1.5 s at most, 32 MiB of customers in memory, a lease of 1 s.
     */
    public static DatabaseSettings of(String url, String user, String password) {
        return new DatabaseSettings(
                url,
                user,
                password,
                10,
                256,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(1_500),
                32L * 1_024 * 1_024,
                Duration.ofSeconds(1));
    }

    private static boolean isBetween(Duration duration, long fromMillis, long toMillis) {
        return duration.compareTo(Duration.ofMillis(fromMillis)) >= 0
                && duration.compareTo(Duration.ofMillis(toMillis)) <= 0;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Leaves the password out: settings are logged. */
    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + ", password=***, poolSize=" + poolSize
                + ", maxWaiting=" + maxWaiting + ", connectTimeout=" + connectTimeout + ", acquireTimeout="
                + acquireTimeout + ", socketTimeout=" + socketTimeout + ", statementTimeout=" + statementTimeout
                + ", cacheMaximumBytes=" + cacheMaximumBytes + ", cacheLease=" + cacheLease + "]";
    }
}
