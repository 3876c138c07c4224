package customerservice.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceMetricsTest {

    private final ServiceMetrics metrics = new ServiceMetrics("1.2.3", "abcdef0", "25.0.1");

    @Test
    void buildInfoNamesWhatRuns() throws IOException {
        assertTrue(
                lines().contains(
                        "customer_service_build_info{version=\"1.2.3\",commit=\"abcdef0\",jdk=\"25.0.1\",} 1.0"));
    }

    @Test
    void requestIsCountedUnderItsMethodRouteAndStatus() throws IOException {
        metrics.http().route("GET", "/v1/customers/{id}").observe(404, 2_000_000);

        assertTrue(
                lines().contains(
                        "http_server_request_duration_seconds_sum{http_request_method=\"GET\","
                                + "http_route=\"/v1/customers/{id}\",http_response_status_code=\"404\",} 0.002"));
    }

    @Test
    void requestFallsIntoTheBucketsAboveItsDuration() {
        metrics.http().route("GET", "/x").observe(200, 2_000_000);

        assertEquals(0.0, bucket("0.001"));
        assertEquals(1.0, bucket("0.0025"));
        assertEquals(1.0, bucket("+Inf"));
    }

    @Test
    void everyStatusHasItsTimer() {
        RouteTimer timer = metrics.http().route("GET", "/x");

        timer.observe(100, 1);
        timer.observe(599, 1);
        timer.observe(599, 1);

        assertEquals(1.0, count("100"));
        assertEquals(2.0, count("599"));
    }

    @Test
    void activeRequestsRiseAndFall() {
        metrics.http().started();
        metrics.http().started();
        metrics.http().ended();

        assertEquals(1.0, metrics.registry().getSampleValue("http_server_active_requests"));
    }

    @Test
    void issuedTokensAreCountedByGrantType() throws IOException {
        metrics.auth().tokenIssued("password");

        assertTrue(lines().contains("auth_tokens_issued_total{grant_type=\"password\",} 1.0"));
    }

    @Test
    void attemptsAreCountedByOutcome() throws IOException {
        metrics.auth().attempt("failure");
        metrics.auth().attempt("failure");

        assertTrue(lines().contains("auth_attempts_total{outcome=\"failure\",} 2.0"));
    }

    @Test
    void cachesAreToldApartByName() throws IOException {
        Cache<String, String> customers = Caffeine.newBuilder().recordStats().build();
        customers.put("a", "b");
        var _ = customers.getIfPresent("a");
        metrics.cache("customers", customers);
        metrics.cache("tokens", Caffeine.newBuilder().recordStats().build());

        List<String> lines = lines();

        assertTrue(lines.contains("caffeine_cache_hit_total{cache=\"customers\",} 1.0"));
        assertTrue(lines.contains("caffeine_cache_hit_total{cache=\"tokens\",} 0.0"));
    }

    @Test
    void droppedLogLinesAreAskedForAtEachScrape() throws IOException {
        long[] count = {0};
        metrics.droppedLogLines(() -> count[0]);
        lines();
        count[0] = 7;

        assertTrue(lines().contains("customer_service_log_lines_dropped_total 7.0"));
    }

    @Test
    void timesOfTheLastSuccessAreInSecondsSince1970() throws IOException {
        metrics.lastSweep(() -> 1_700_000_000);
        metrics.lastProbe(() -> 0);

        assertTrue(lines().contains("customer_service_expiry_sweep_last_success_timestamp_seconds 1.7E9"));
        assertTrue(lines().contains("customer_service_database_probe_last_success_timestamp_seconds 0.0"));
    }

    @Test
    void jvmAndProcessAreShown() throws IOException {
        List<String> lines = lines();

        for (String name : List.of(
                "process_cpu_seconds_total ",
                "process_resident_memory_bytes ",
                "jvm_memory_bytes_used{",
                "jvm_gc_collection_seconds_count{",
                "jvm_threads_current ",
                "jvm_info{")) {
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(name)), name);
        }
    }

    @Test
    void jvmIsNotAskedBeforeTheFirstScrape() {
        assertFalse(
                metrics.registry()
                        .filteredMetricFamilySamples(name -> name.startsWith("jvm_"))
                        .hasMoreElements());
    }

    private List<String> lines() throws IOException {
        var out = new ByteArrayOutputStream();
        metrics.writeTo(out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private Double bucket(String le) {
        return metrics.registry()
                .getSampleValue(
                        "http_server_request_duration_seconds_bucket",
                        new String[]{"http_request_method", "http_route", "http_response_status_code", "le"},
                        new String[]{"GET", "/x", "200", le});
    }

    private Double count(String status) {
        return metrics.registry()
                .getSampleValue(
                        "http_server_request_duration_seconds_count",
                        new String[]{"http_request_method", "http_route", "http_response_status_code"},
                        new String[]{"GET", "/x", status});
    }
}
