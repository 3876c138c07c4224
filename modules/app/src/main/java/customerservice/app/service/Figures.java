package customerservice.app.service;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CollectorRegistry;
import java.util.Collections;
import java.util.Set;

/** A few figures out of the metrics, for the status line and the watchdog; only taken where systemd listens. */
final class Figures {

    private static final String REQUESTS = "http_server_request_duration_seconds_count";
    private static final String POOL_ACTIVE = "hikaricp_active_connections";
    private static final String POOL_MAXIMUM = "hikaricp_max_connections";

    private final CollectorRegistry registry;
    private final String opening;
    private long answeredBefore;
    private long failedBefore;
    private long nanosBefore;

    Figures(CollectorRegistry registry, String opening) {
        this.registry = registry;
        this.opening = opening;
        this.nanosBefore = System.nanoTime();
    }

    /** Requests answered, without those that ask after health or metrics. */
    long answered() {
        return (long) sum(REQUESTS, false);
    }

    /** Such as {@code serving on port 8080; 12 req/s, 0.1 % errors, pool 3/10}; the rates are since the last call. */
    synchronized String statusLine() {
        long answered = answered();
        long failed = (long) sum(REQUESTS, true);
        long nanos = System.nanoTime();
        long more = answered - answeredBefore;
        double seconds = Math.max(1, nanos - nanosBefore) / 1e9;
        long perSecond = Math.round(more / seconds);
        long permille = more == 0 ? 0 : Math.round(1_000.0 * (failed - failedBefore) / more);
        answeredBefore = answered;
        failedBefore = failed;
        nanosBefore = nanos;
        return opening + "; " + perSecond + " req/s, " + permille / 10 + "." + permille % 10 + " % errors, pool "
                + (long) sum(POOL_ACTIVE, false) + "/" + (long) sum(POOL_MAXIMUM, false);
    }

    private double sum(String name, boolean failedOnly) {
        double sum = 0;
        for (MetricFamilySamples family : Collections.list(registry.filteredMetricFamilySamples(Set.of(name)))) {
            for (Sample sample : family.samples) {
                if (counts(sample) && (!failedOnly || isFailure(sample))) {
                    sum += sample.value;
                }
            }
        }
        return sum;
    }

    private static boolean counts(Sample sample) {
        String route = label(sample, "http_route");
        return !route.startsWith("/health/") && !route.equals("/metrics");
    }

    private static boolean isFailure(Sample sample) {
        return label(sample, "http_response_status_code").startsWith("5");
    }

    private static String label(Sample sample, String name) {
        int index = sample.labelNames.indexOf(name);
        return index < 0 ? "" : sample.labelValues.get(index);
    }
}
