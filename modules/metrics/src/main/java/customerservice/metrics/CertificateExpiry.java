package customerservice.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.function.LongSupplier;

/** A time that somebody else knows. */
final class CertificateExpiry extends Collector {

    private final LongSupplier seconds;

    CertificateExpiry(LongSupplier seconds) {
        this.seconds = seconds;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return List.of(
                new GaugeMetricFamily(
                        "tls_certificate_not_after_timestamp_seconds",
                        "When the first certificate of the public listener's chain expires, in seconds since 1970",
                        seconds.getAsLong()));
    }
}
