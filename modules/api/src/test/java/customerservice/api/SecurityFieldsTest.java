package customerservice.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields that every answer carries, whatever it is. */
class SecurityFieldsTest {

    private static RunningApi api;

    @BeforeAll
    static void start() {
        api = new RunningApi();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static void check(Reply reply) {
        for (String name : List.of(
                "X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "Cache-Control")) {
            assertEquals(1, reply.fields(name).size(), () -> name + " in " + reply.head());
        }
        assertEquals(Optional.of("nosniff"), reply.field("X-Content-Type-Options"));
        assertEquals(Optional.of("no-referrer"), reply.field("Referrer-Policy"));
        assertTrue(reply.field("Content-Security-Policy").orElseThrow().contains("default-src 'none'"));
        assertTrue(reply.field("Content-Security-Policy").orElseThrow().contains("frame-ancestors 'none'"));
        assertEquals(Optional.empty(), reply.field("Server"));
        assertEquals(Optional.empty(), reply.field("X-Powered-By"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/customers", "GET /v1/customers?nonsense=1", "GET /v1/customers/1", "POST /v1/customers",
                "DELETE /v1/customers", "OPTIONS /v1/customers", "GET /nowhere", "POST /v1/auth/login",
                "GET /health/live", "GET /health/deep", "GET /openapi.yaml", "GET /docs", "GET /docs/docs.js",
                "GET /docs/none", "GET /.well-known/jwks.json", "HEAD /v1/customers", "TRACE /docs"})
    void everyAnswerHasThem(String request) {
        check(api.call(request.substring(0, request.indexOf(' ')), request.substring(request.indexOf(' ') + 1)));
    }

    @Test
    void refusalsHaveThem() {
        check(api.call("GET", "/v1/customers", "Authorization: "));
        check(api.call("GET", "/v1/customers", "Authorization: Bearer x"));
        api.store.beforeFind(() -> {
            throw new IllegalStateException("on purpose");
        });
        check(api.call("GET", "/v1/customers/0192f0c1-7c5e-7d42-9d3c-2f9f3a1b5c6d"));
        api.store.beforeFind(() -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONSENSE\r\n\r\n", "GET / HTTP/1.0\r\n\r\n", "GET /docs HTTP/1.1\r\n\r\n"})
    void answersToWhatIsNoRequestHaveThem(String text) {
        try (Connection connection = api.connect()) {
            check(connection.send(text).read());
        }
    }

    @Test
    void theManagementListenerHasThem() {
        try (Connection connection = api.connectToManagement()) {
            check(connection.send(api.request("GET", "/metrics", "")).read());
        }
    }

    @Test
    void whatSetsItsOwnKeepsIt() {
        api.create("Ada", "ada@example.com");

        assertEquals(Optional.of("public, max-age=300"), api.call("GET", "/docs").field("Cache-Control"));
        assertTrue(
                api.call("GET", "/docs").field("Content-Security-Policy").orElseThrow().contains("script-src 'self'"));
        assertEquals(Optional.of("no-store"), api.call("GET", "/nowhere").field("Cache-Control"));
        assertEquals(Optional.of("no-store"), api.call("GET", "/docs/none").field("Cache-Control"));
    }

    @Test
    void listenerInClearDoesNotAskForTls() {
        assertEquals(Optional.empty(), api.call("GET", "/docs").field("Strict-Transport-Security"));
    }
}
