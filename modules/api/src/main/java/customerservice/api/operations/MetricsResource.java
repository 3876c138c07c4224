package customerservice.api.operations;

import customerservice.api.http.Exchange;
import customerservice.api.http.Gzip;
import customerservice.api.http.Route;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.HttpMethod;
import customerservice.metrics.ServiceMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What Prometheus scrapes. Whatever it accepts, it understands this. */
public final class MetricsResource {

    private final ServiceMetrics metrics;
    private final Field contentType;

    public MetricsResource(ServiceMetrics metrics) {
        this.metrics = metrics;
        this.contentType = new Field("Content-Type", metrics.contentType());
    }

    public Route route() {
        return Route.unshed(HttpMethod.GET, "/metrics", this::scrape);
    }

    private void scrape(Exchange exchange) {
        var out = new ByteArrayOutputStream(16 * 1_024);
        try {
            metrics.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("No input or output here", e);
        }
        exchange.answer().field(contentType);
        exchange.answer().field(Field.VARY_ENCODING);
        if (exchange.acceptsGzip()) {
            exchange.send(200, Gzip.compress(out.toByteArray(), 0, out.size()));
        } else {
            exchange.send(200, out.toByteArray());
        }
    }
}
