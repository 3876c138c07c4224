package customerservice.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/** A time that somebody else knows. */
final class Timestamp extends Collector {

    private final String name;
    private final String help;
    private final LongSupplier seconds;

    /** @param name ends in {@code _timestamp_seconds} */
    Timestamp(String name, String help, LongSupplier seconds) {
        this.name = name;
        this.help = help;
        this.seconds = Objects.requireNonNull(seconds, "seconds");
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return List.of(new GaugeMetricFamily(name, help, seconds.getAsLong()));
    }
}
