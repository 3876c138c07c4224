package customerservice.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import java.util.List;
import java.util.function.LongSupplier;

/** A counter that somebody else keeps. */
final class DroppedLogLines extends Collector {

    private final LongSupplier count;

    DroppedLogLines(LongSupplier count) {
        this.count = count;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return List.of(
                new CounterMetricFamily(
                        "customer_service_log_lines_dropped",
                        "Log lines dropped because they were not read fast enough",
                        count.getAsLong()));
    }
}
