package customerservice.metrics;

import com.github.benmanes.caffeine.cache.Cache;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import io.prometheus.client.cache.caffeine.CacheMetricsCollector;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Everything that one instance tells Prometheus, in one registry. For any number of threads.
 *
 * <p>What costs start-up time is left until somebody looks: the JVM's collectors, which load the platform's management
 * beans, are made by the first {@link #writeTo}.
 */
public final class ServiceMetrics {

    private final CollectorRegistry registry = new CollectorRegistry();
    private final HttpMetrics http = new HttpMetrics(registry);
    private final AuthMetrics auth = new AuthMetrics(registry);
    private CacheMetricsCollector caches;
    private boolean jvmRegistered;

    /**
     * @param version of this service
     * @param commit that it was built from
     * @param jdk that it runs on
     */
    public ServiceMetrics(String version, String commit, String jdk) {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(jdk, "jdk");
        Gauge.build("customer_service_build_info", "What is running; always 1")
                .labelNames("version", "commit", "jdk")
                .register(registry)
                .labels(version, commit, jdk)
                .set(1);
    }

    /** Where collectors of other libraries, such as the connection pool's, are registered. */
    public CollectorRegistry registry() {
        return registry;
    }

    public HttpMetrics http() {
        return http;
    }

    public AuthMetrics auth() {
        return auth;
    }

    /**
     * Shows a cache as {@code caffeine_cache_…{cache="<name>"}}.
     *
     * @param cache made with {@code recordStats()}, else only its size is seen
     */
    public synchronized void cache(String name, Cache<?, ?> cache) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(cache, "cache");
        if (caches == null) {
            caches = new CacheMetricsCollector().register(registry);
        }
        caches.addCache(name, cache);
    }

    /**
     * Shows how many log lines were dropped because the log's reader was too slow. To be called once.
     *
     * @param count never falls; asked at each scrape, by whatever thread
     */
    public void droppedLogLines(LongSupplier count) {
        new DroppedLogLines(Objects.requireNonNull(count, "count")).register(registry);
    }

    /**
     * Shows when the public listener's certificate expires. To be called once.
     *
     * @param seconds since 1970; asked at each scrape, by whatever thread
     */
    public void certificateNotAfter(LongSupplier seconds) {
        new Timestamp(
                "tls_certificate_not_after_timestamp_seconds",
                "When the first certificate of the public listener's chain expires, in seconds since 1970",
                seconds).register(registry);
    }

    /**
     * Shows when what had expired was last deleted. To be called once.
     *
     * @param seconds since 1970, 0 if not yet; asked at each scrape, by whatever thread
     */
    public void lastSweep(LongSupplier seconds) {
        new Timestamp(
                "customer_service_expiry_sweep_last_success_timestamp_seconds",
                "When all that had expired was last deleted, in seconds since 1970; 0 if not yet",
                seconds).register(registry);
    }

    /**
     * Shows when a database that was suspected to be lost was last found. To be called once.
     *
     * @param seconds since 1970, 0 if it never was; asked at each scrape, by whatever thread
     */
    public void lastProbe(LongSupplier seconds) {
        new Timestamp(
                "customer_service_database_probe_last_success_timestamp_seconds",
                "When the database, suspected to be lost, was last found to be there, in seconds since 1970;"
                        + " 0 if it never was",
                seconds).register(registry);
    }

    /** Of what {@link #writeTo} writes: Prometheus' text format 0.0.4. */
    public String contentType() {
        return TextFormat.CONTENT_TYPE_004;
    }

    /** Writes every metric as it stands now; does not close the stream. */
    public void writeTo(OutputStream out) throws IOException {
        registerJvm();
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        TextFormat.write004(writer, registry.metricFamilySamples());
        writer.flush();
    }

    private synchronized void registerJvm() {
        if (!jvmRegistered) {
            DefaultExports.register(registry);
            jvmRegistered = true;
        }
    }
}
