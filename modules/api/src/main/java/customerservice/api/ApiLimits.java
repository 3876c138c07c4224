package customerservice.api;

import java.time.Duration;

/**
 * How much the server takes on.
 *
 * @param maxConcurrentRequests API requests served at once; more are answered 503 at once. Health checks and metrics do
 *     not count
 * @param maxConnections open at once on the public listener; more wait in the kernel's queue
 * @param idleTimeout how long a connection may leave the server waiting for the next request's head; longer than the
 *     load balancer keeps its own, so that it is the balancer that closes
 * @param requestTimeout how long a request's head may take to arrive from its first byte, and then its body; after three
 *     times as long, a client has to have taken an answer at 4 KiB a second
 * @param maxBodyBytes of a request's body; larger ones are answered 413
 */
public record ApiLimits(
        int maxConcurrentRequests,
        int maxConnections,
        Duration idleTimeout,
        Duration requestTimeout,
        int maxBodyBytes) {

    public ApiLimits {
        requirePositive(maxConcurrentRequests, "maxConcurrentRequests");
        requirePositive(maxConnections, "maxConnections");
        requirePositive(idleTimeout.toMillis(), "idleTimeout");
        requirePositive(requestTimeout.toMillis(), "requestTimeout");
        requirePositive(maxBodyBytes, "maxBodyBytes");
    }

    /** For one instance of two cores. */
    static ApiLimits defaults() {
        return new ApiLimits(512, 2_500, Duration.ofSeconds(75), Duration.ofSeconds(10), 64 * 1_024);
    }

    public ApiLimits withMaxConcurrentRequests(int requests) {
        return new ApiLimits(requests, maxConnections, idleTimeout, requestTimeout, maxBodyBytes);
    }

    public ApiLimits withMaxConnections(int connections) {
        return new ApiLimits(maxConcurrentRequests, connections, idleTimeout, requestTimeout, maxBodyBytes);
    }

    ApiLimits withIdleTimeout(Duration timeout) {
        return new ApiLimits(maxConcurrentRequests, maxConnections, timeout, requestTimeout, maxBodyBytes);
    }

    public ApiLimits withRequestTimeout(Duration timeout) {
        return new ApiLimits(maxConcurrentRequests, maxConnections, idleTimeout, timeout, maxBodyBytes);
    }

    private static void requirePositive(long value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }
}
