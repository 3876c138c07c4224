package customerservice.app.configuration;

import customerservice.api.EdgeSettings;
import customerservice.api.caller.Network;
import customerservice.app.configuration.ValueType.Directory;
import customerservice.app.configuration.ValueType.Flag;
import customerservice.app.configuration.ValueType.JdbcUrl;
import customerservice.app.configuration.ValueType.ListOf;
import customerservice.app.configuration.ValueType.MapOf;
import customerservice.app.configuration.ValueType.OneOf;
import customerservice.app.configuration.ValueType.OptionalText;
import customerservice.app.configuration.ValueType.PublicUrl;
import customerservice.app.configuration.ValueType.RoleName;
import customerservice.app.configuration.ValueType.Span;
import customerservice.app.configuration.ValueType.Text;
import customerservice.app.configuration.ValueType.WholeNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Everything that can be configured: name, type, default, meaning. {@code docs/configuration.md} is this table, and a
 * test holds the page to it.
 */
public final class Keys {

    private static final List<Key<?>> ALL = new ArrayList<>();

    private static final ValueType<String> TEXT = new Text();
    private static final ValueType<Boolean> FLAG = new Flag();
    private static final ValueType<Integer> PORT = new WholeNumber(0, 65_535);
    private static final OneOf LEVEL = new OneOf(List.of("error", "warn", "info", "debug", "trace", "off"));

    public static final Key<String> SERVER_HOST = key("server.host", TEXT, "0.0.0.0",
            "address that the public listener binds");
    public static final Key<Integer> SERVER_PORT = key("server.port", PORT, "8080",
            "port of the public listener; 0 takes a free one");
    public static final Key<Boolean> SERVER_TLS = key("server.tls", FLAG, "false",
            "whether clients of the public listener speak TLS; `tls.crt` and `tls.key` are needed then");
    public static final Key<String> SERVER_PUBLIC_URL = key("server.public_url", new PublicUrl(), "",
            "by which clients reach the public listener, and the issuer of tokens unless `auth.issuer` is another; without"
                    + " it, `/.well-known/oauth-authorization-server` goes by each request's own scheme and host");
    public static final Key<Duration> SERVER_IDLE_TIMEOUT = key(
            "server.idle_timeout",
            span("1s", "1h"),
            "75s",
            "a connection that is silent for so long is closed; longer than the load balancer keeps its own");
    public static final Key<Duration> SERVER_REQUEST_TIMEOUT = key(
            "server.request_timeout",
            span("100ms", "10m"),
            "10s",
            "for a request's head, then for its body, to arrive; "
                    + "a client that takes an answer more slowly than 4 KiB/s for three times as long is cut off");
    public static final Key<Boolean> SERVER_REQUIRE_IF_MATCH = key("server.require_if_match", FLAG, "false",
            "whether changes without `If-Match` are refused with 428");

    @SuppressWarnings("exports") // nobody outside reads it
    public static final Key<List<Network>> SERVER_TRUSTED_PROXIES = key(
            "server.trusted_proxies",
            new ListOf<>("addresses and networks (such as 192.0.2.1 or 2001:db8::/32)", Network::parse),
            "",
            "balancers and proxies that are believed when `Forwarded` or `X-Forwarded-For` names the client; they have to"
                    + " remove both from what clients send. Without it, all clients behind one are one to limits and delays;"
                    + " an instance that notices warns once");
    public static final Key<Boolean> SERVER_PROXY_PROTOCOL = key("server.proxy_protocol", FLAG, "false",
            "whether trusted proxies begin connections with a PROXY header, version 1 or 2; connections without it, and"
                    + " of anybody else but this host, are closed");
    public static final Key<List<String>> SERVER_CORS_ALLOWED_ORIGINS = key(
            "server.cors_allowed_origins",
            new ListOf<>("origins (such as https://shop.example)", EdgeSettings::origin),
            "",
            "whose web pages may use the API from browsers (CORS); none unless named");

    public static final Key<String> MANAGEMENT_HOST = key("management.host", TEXT, "127.0.0.1",
            "address that the management listener binds");
    public static final Key<Integer> MANAGEMENT_PORT = key("management.port", PORT, "8081",
            "port of the management listener; 0 takes a free one");

    public static final Key<String> DATABASE_URL = key(
            "database.url",
            new JdbcUrl(),
            null,
            "where PostgreSQL is, such as `jdbc:postgresql://db1,db2/customer_service?targetServerType=primary`");
    public static final Key<String> DATABASE_USER = key("database.user", TEXT, "customer_service",
            "role to connect as");
    public static final Key<String> DATABASE_MIGRATION_USER = key("database.migration_user", new RoleName(), "",
            "role that `migrate` connects as, which owns the tables and gives `database.user` its rights to them; without"
                    + " it, `database.user` does both");
    public static final Key<Integer> DATABASE_POOL_SIZE = key("database.pool_size", whole(1, 1_000), "10",
            "connections that are kept open");
    public static final Key<Integer> DATABASE_MAX_WAITING = key(
            "database.max_waiting",
            whole(0, 100_000),
            "256",
            "calls that may wait for a connection; those beyond are refused at once with 503");
    public static final Key<Duration> DATABASE_CONNECT_TIMEOUT = key("database.connect_timeout", span("100ms", "30s"),
            "2s", "for one host to accept a connection");
    public static final Key<Duration> DATABASE_ACQUIRE_TIMEOUT = key("database.acquire_timeout", span("250ms", "2s"),
            "2s", "for the pool to hand out a connection");
    public static final Key<Duration> DATABASE_SOCKET_TIMEOUT = key(
            "database.socket_timeout", span("1s", "10m"), "2s",
            "for the database to answer, before the connection is given up");
    public static final Key<Duration> DATABASE_STATEMENT_TIMEOUT = key(
            "database.statement_timeout",
            span("100ms", "10m"),
            "1500ms",
            "for one statement, before it is cancelled; shorter than `database.socket_timeout`");

    public static final Key<Integer> CACHE_MAXIMUM_BYTES = key(
            "cache.maximum_bytes",
            whole(0, 1_073_741_824),
            "33554432",
            "of the heap for customers that are kept in memory, some 30,000 of a usual size; 0 keeps none");
    public static final Key<Duration> CACHE_LEASE = key(
            "cache.lease",
            span("20ms", "5s"),
            "50ms",
            "how old a customer from the cache may be at most, and what is known of a token's owner if it is more than"
                    + " 500ms; the database is asked what has changed two or three times in it, or in 500ms where no"
                    + " customers are kept, and while it does not answer, nothing is taken from memory");

    public static final Key<String> AUTH_ISSUER = key("auth.issuer", new OptionalText(), "",
            "`iss` of access tokens, made and accepted; without it, `server.public_url`, and without that,"
                    + " `customer-service`, which no client finds the endpoints by");
    public static final Key<String> AUTH_AUDIENCE = key("auth.audience", TEXT, "customer-service",
            "`aud` of access tokens, made and accepted");
    public static final Key<Duration> AUTH_ACCESS_TOKEN_LIFETIME = key("auth.access_token_lifetime", span("1m", "24h"),
            "15m", "how long an access token is good for");
    public static final Key<Duration> AUTH_REFRESH_TOKEN_LIFETIME = key(
            "auth.refresh_token_lifetime",
            span("1m", "8760h"),
            "720h",
            "how long somebody stays signed in by refresh tokens, counted from the sign-in and not from the last refresh");
    public static final Key<Integer> AUTH_VERIFIED_TOKEN_CACHE_SIZE = key(
            "auth.verified_token_cache_size",
            whole(0, 1_000_000),
            "10000",
            "verified tokens that are remembered until they expire; 0 remembers none");
    public static final Key<Integer> AUTH_CONCURRENT_HASHES = key(
            "auth.concurrent_hashes",
            whole(1, 64),
            "2",
            "passwords that are hashed at the same time, each with 19 MiB of memory");
    public static final Key<Integer> AUTH_WAITING_HASHES = key(
            "auth.waiting_hashes",
            whole(0, 10_000),
            "64",
            "sign-ins that may wait for a hash; those beyond are refused at once with 429");

    static final Key<String> KEYS_DIRECTORY = key("keys.directory", new Directory(), "",
            "where `jwt-keys.json`, `tls.crt` and `tls.key` are instead of among the credentials, to be changed while the"
                    + " service runs");

    public static final Key<Integer> LIMITS_MAX_CONCURRENT_REQUESTS = key(
            "limits.max_concurrent_requests",
            whole(1, 100_000),
            "512",
            "API requests that are served at the same time, those whose body is still coming left out; the ones beyond are"
                    + " refused at once with 503");
    public static final Key<Integer> LIMITS_MAX_CONNECTIONS = key("limits.max_connections", whole(1, 1_000_000), "2500",
            "open connections of the public listener; no more than fit into five sixteenths of the heap at 32 KiB each, with "
                    + "TLS 88 KiB, and into the limit of open files");
    public static final Key<Integer> LIMITS_MAX_BODY_BYTES = key("limits.max_body_bytes", whole(1_024, 16_777_216),
            "65536", "of a request, up to a sixteenth of the heap; a larger one gets 413");
    public static final Key<Integer> LIMITS_RATE = key(
            "limits.rate",
            whole(1, 1_000_000),
            "100000",
            "requests per second of one principal, on average over 10 s; those beyond are refused with 429. Of each"
                    + " instance; the default is more than two cores serve, so set what your callers need");
    public static final Key<Integer> LIMITS_EXPENSIVE_RATE = key(
            "limits.expensive_rate",
            whole(1, 1_000_000),
            "10",
            "the same for sign-ins and whatever else costs much, of one principal or, without one, one address (IPv6: /64)");

    public static final Key<Duration> STARTUP_TIMEOUT = key(
            "startup.timeout", span("0s", "24h"), "1m", "how long a start waits for a database that does not answer");
    public static final Key<Duration> SHUTDOWN_READINESS_DELAY = key(
            "shutdown.readiness_delay",
            span("0s", "10m"),
            "5s",
            "how long requests are still served after `/health/ready` has turned 503, for balancers to notice");
    public static final Key<Duration> SHUTDOWN_TIMEOUT = key(
            "shutdown.timeout", span("0s", "10m"), "30s", "for requests in flight to complete, after that delay");

    public static final Key<String> LOG_LEVEL = key("log.level", LEVEL, "info", "least severe level that is logged");
    public static final Key<Map<String, String>> LOG_LEVELS = key(
            "log.levels", new MapOf(LEVEL), "", "levels of single loggers and what is below them, by logger name");
    public static final Key<String> LOG_FORMAT = key(
            "log.format",
            new OneOf(List.of("auto", "json", "text")),
            "auto",
            "of log lines; `auto` is text on a terminal, fields in the journal and JSON elsewhere");
    public static final Key<Boolean> LOG_ACCESS = key("log.access", FLAG, "true",
            "whether requests are logged in the `access` stream; never health checks and scrapes that went well");

    private Keys() {}

    /** In the order in which a reader would want them. */
    static List<Key<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <T> Key<T> key(String name, ValueType<T> type, String defaultText, String meaning) {
        var key = new Key<>(name, type, defaultText, meaning);
        ALL.add(key);
        return key;
    }

    private static ValueType<Integer> whole(int minimum, int maximum) {
        return new WholeNumber(minimum, maximum);
    }

    private static ValueType<Duration> span(String minimum, String maximum) {
        return Span.between(minimum, maximum);
    }
}
