package customerservice.api;

import customerservice.api.transport.ServerTls;
import java.time.Duration;
import java.util.Objects;

/**
 * Where the server listens and how much it takes on.
 *
 * @param host of the public listener, a name or an address; {@code 0.0.0.0} for all
 * @param port of the public listener; 0 for any free one
 * @param managementHost of the listener for metrics and health
 * @param managementPort of that listener; 0 for any free one
 * @param maxConcurrentRequests API requests served at once; more are answered 503 at once. Health checks and metrics do
 *     not count
 * @param maxConnections open at once on the public listener; more wait in the kernel's queue
 * @param idleTimeout how long a connection may leave the server waiting for the next request's head; longer than the
 *     load balancer keeps its own, so that it is the balancer that closes
 * @param requestTimeout how long a request's head may take to arrive from its first byte, and then its body; after three
 *     times as long, a client has to have taken an answer at 4 KiB a second
 * @param maxBodyBytes of a request's body; larger ones are answered 413
 * @param requireIfMatch whether PUT, PATCH and DELETE of a customer without If-Match are answered 428
 * @param tls of the public listener
 * @param publicUrl by which clients reach the public listener, such as {@code https://api.example.com}, without a slash
 *     at its end; empty if each request says itself by what name it came
 * @param edge whom that listener believes, and what it lets them do
 */
public record ApiSettings(
        String host,
        int port,
        String managementHost,
        int managementPort,
        int maxConcurrentRequests,
        int maxConnections,
        Duration idleTimeout,
        Duration requestTimeout,
        int maxBodyBytes,
        boolean requireIfMatch,
        ServerTls tls,
        String publicUrl,
        EdgeSettings edge) {

    public ApiSettings {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(managementHost, "managementHost");
        requirePositive(maxConcurrentRequests, "maxConcurrentRequests");
        requirePositive(maxConnections, "maxConnections");
        requirePositive(idleTimeout.toMillis(), "idleTimeout");
        requirePositive(requestTimeout.toMillis(), "requestTimeout");
        requirePositive(maxBodyBytes, "maxBodyBytes");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(publicUrl, "publicUrl");
        Objects.requireNonNull(edge, "edge");
    }

    /** Without a public URL, and with {@link EdgeSettings#defaults}. */
    public ApiSettings(
            String host,
            int port,
            String managementHost,
            int managementPort,
            int maxConcurrentRequests,
            int maxConnections,
            Duration idleTimeout,
            Duration requestTimeout,
            int maxBodyBytes,
            boolean requireIfMatch,
            ServerTls tls) {
        this(
                host,
                port,
                managementHost,
                managementPort,
                maxConcurrentRequests,
                maxConnections,
                idleTimeout,
                requestTimeout,
                maxBodyBytes,
                requireIfMatch,
                tls,
                "",
                EdgeSettings.defaults());
    }

    /** The same but for the edge. */
    public ApiSettings with(EdgeSettings other) {
        return new ApiSettings(
                host,
                port,
                managementHost,
                managementPort,
                maxConcurrentRequests,
                maxConnections,
                idleTimeout,
                requestTimeout,
                maxBodyBytes,
                requireIfMatch,
                tls,
                publicUrl,
                other);
    }

    /** Public on {@code 0.0.0.0:8080}, management on {@code 127.0.0.1:8081}, limits for one instance of two cores. */
    static ApiSettings defaults() {
        return new ApiSettings(
                "0.0.0.0",
                8080,
                "127.0.0.1",
                8081,
                512,
                4_096,
                Duration.ofSeconds(75),
                Duration.ofSeconds(10),
                64 * 1_024,
                false,
                ServerTls.none());
    }

    private static void requirePositive(long value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }
}
