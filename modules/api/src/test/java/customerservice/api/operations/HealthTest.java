package customerservice.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class HealthTest {

    @AutoClose
    private final RunningApi api = new RunningApi();

    private Reply management(String path) {
        try (Connection connection = api.connectToManagement()) {
            return connection.send(api.request("GET", path, "")).read();
        }
    }

    @Test
    void livenessDependsOnNothing() {
        api.ready = List.of(new HealthCheck("stuck", false, ""));
        api.deep = List.of(new HealthCheck("database", false, ""));

        Reply reply = api.call("GET", "/health/live");

        assertEquals(200, reply.status());
        assertEquals("{\"status\":\"UP\",\"checks\":[]}", reply.text());
    }

    @Test
    void readinessLooksAtThisInstanceOnly() {
        api.deep = List.of(new HealthCheck("database", false, ""));

        assertEquals(200, api.call("GET", "/health/ready").status());
    }

    @Test
    void instanceThatIsStuckIsNotReady() {
        api.ready = List.of(new HealthCheck("responsive", false, "no request was answered for 30 s"));

        Reply reply = api.call("GET", "/health/ready");

        assertEquals(503, reply.status());
        assertEquals(
                "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"accepting-requests\",\"status\":\"UP\"},"
                        + "{\"name\":\"request-slots\",\"status\":\"UP\"},"
                        + "{\"name\":\"responsive\",\"status\":\"DOWN\",\"detail\":\"no request was answered for 30 s\"}]}",
                reply.text());
    }

    @Test
    void drainingInstanceIsNotReadyButAlive() {
        api.server().beginDrain();

        assertEquals(503, api.call("GET", "/health/ready").status());
        assertEquals(200, api.call("GET", "/health/live").status());
    }

    @Test
    void deepHealthNamesWhatIsWrong() {
        api.deep = List.of(new HealthCheck("database", false, "not reachable"), new HealthCheck("schema", true, ""));

        Reply reply = api.call("GET", "/health/deep");

        assertEquals(503, reply.status());
        assertTrue(reply.text().contains("{\"name\":\"database\",\"status\":\"DOWN\",\"detail\":\"not reachable\"}"));
    }

    @Test
    void healthIsNotCached() {
        assertEquals(Optional.of("no-store"), api.call("GET", "/health/ready").field("Cache-Control"));
    }

    @Test
    void healthIsOnTheManagementListenerToo() {
        for (String path : List.of("/health/live", "/health/ready", "/health/deep")) {
            assertEquals(200, management(path).status());
        }
    }

    @Test
    void metricsAreOnTheManagementListenerOnly() {
        Reply reply = management("/metrics");

        assertEquals(200, reply.status());
        assertEquals(Optional.of("text/plain; version=0.0.4; charset=utf-8"), reply.field("Content-Type"));
        assertTrue(reply.text().contains("customer_service_build_info"));
        assertEquals(404, api.call("GET", "/metrics").status());
    }

    @Test
    void apiIsNotOnTheManagementListener() {
        for (String path : List.of("/v1/customers", "/v1/auth/login", "/openapi.yaml", "/docs")) {
            assertEquals(404, management(path).status());
        }
    }

    @Test
    void requestsAreMeasuredByRoute() throws InterruptedException {
        api.call("GET", "/v1/customers/0192f0c1-7c5e-7d42-9d3c-2f9f3a1b5c6d");
        api.call("GET", "/nowhere");
        api.call("BREW", "/v1/customers");
        for (int i = 0; i < 3; i++) {
            api.nextAccessEntry(); // which is written when all else has been measured
        }

        String metrics = management("/metrics").text();

        assertTrue(metrics.contains("_count{http_request_method=\"GET\",http_route=\"/v1/customers/{id}\","
                + "http_response_status_code=\"404\",} 1.0"), metrics);
        assertTrue(metrics.contains("_count{http_request_method=\"GET\",http_route=\"unmatched\","
                + "http_response_status_code=\"404\",} 1.0"));
        assertTrue(metrics.contains("_count{http_request_method=\"_OTHER\",http_route=\"/v1/customers\","
                + "http_response_status_code=\"405\",} 1.0"));
        assertTrue(metrics.contains("http_server_active_requests 1.0"));
    }
}
