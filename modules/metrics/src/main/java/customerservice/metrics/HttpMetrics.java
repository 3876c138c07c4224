package customerservice.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.Objects;

/**
 * The HTTP server's instruments, named as in OpenTelemetry's semantic conventions for HTTP metrics, in Prometheus' form.
 */
public final class HttpMetrics {

    /** The conventions' buckets, and two below them: most requests here take less than the conventions' smallest. */
    private static final double[] BUCKETS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10
    };

    private final Histogram durations;
    private final Gauge active;

    HttpMetrics(CollectorRegistry registry) {
        durations = Histogram.build("http_server_request_duration_seconds", "Duration of HTTP server requests")
                .labelNames("http_request_method", "http_route", "http_response_status_code")
                .buckets(BUCKETS)
                .withoutExemplars()
                .register(registry);
        active = Gauge.build("http_server_active_requests", "HTTP requests that are being served")
                .register(registry);
    }

    /**
     * The timer of one route; made once per route, at start.
     *
     * @param method upper case
     * @param template such as {@code /v1/customers/{id}}; never a path, of which there are too many
     */
    public RouteTimer route(String method, String template) {
        return new RouteTimer(
                durations, Objects.requireNonNull(method, "method"), Objects.requireNonNull(template, "template"));
    }

    /** A request has begun. */
    public void started() {
        active.inc();
    }

    /** A request has ended; once for each {@link #started}. */
    public void ended() {
        active.dec();
    }
}
