package customerservice.api.transport.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.EdgeSettings;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A body that nobody has read is never taken for a request (RFC 9112, section 9.3). */
@Timeout(60)
class UnreadBodyTest {

    private static final String JSON = "Content-Type: application/json";
    private static final String EXPECT = "Expect: 100-continue";
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LENGTH = "Content-Length: " + HIDDEN.length();

    private static RunningApi api;
    private static String customer;

    @BeforeAll
    static void start() {
        api = new RunningApi();
        customer = "/v1/customers/" + api.create("Ada", "ada@example.com");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    static List<Arguments> unread() {
        return List.of(
                Arguments.of(401, "POST", "/v1/customers", List.of(JSON, "Authorization: Bearer x")),
                Arguments.of(404, "POST", "/nowhere", List.of(JSON)),
                Arguments.of(405, "POST", "/health/live", List.of(JSON)),
                Arguments.of(405, "post", "/v1/customers", List.of(JSON)),
                Arguments.of(415, "POST", "/v1/customers", List.of("Content-Type: text/plain")),
                Arguments.of(415, "POST", "/v1/customers", List.of(JSON, "Content-Encoding: gzip")),
                Arguments.of(400, "POST", "/v1/customers", List.of(JSON, "Idempotency-Key: a b")),
                Arguments.of(200, "GET", "/health/live", List.of()),
                Arguments.of(204, "OPTIONS", "/v1/customers", List.of()),
                Arguments.of(204, "OPTIONS", "*", List.of()));
    }

    private static void checkNothingHidden(RunningApi api, Connection connection, Reply reply) {
        assertEquals(Optional.of("close"), reply.field("Connection"));
        connection.send(HIDDEN);
        assertTrue(connection.isClosedByServer());
        assertTrue(api.accessEntries.stream().noneMatch(entry -> entry.path().contains("hidden")));
    }

    @ParameterizedTest
    @MethodSource("unread")
    void clientThatWaitsToContinueIsAnsweredAndClosed(int status, String method, String path, List<String> fields) {
        String[] all = java.util.stream.Stream.concat(fields.stream(), java.util.stream.Stream.of(EXPECT, LENGTH))
                .toArray(String[]::new);
        try (Connection connection = api.connect()) {
            Reply reply = connection.send(api.request(method, path, "", all)).read();

            assertEquals(status, reply.status());
            checkNothingHidden(api, connection, reply);
        }
    }

    @ParameterizedTest
    @MethodSource("unread")
    void bodyThatComesAtOnceIsPassedOver(int status, String method, String path, List<String> fields) {
        String[] all = fields.toArray(String[]::new);
        try (Connection connection = api.connect()) {
            connection.send(api.request(method, path, HIDDEN, all) + api.request("GET", "/health/live", ""));

            assertEquals(status, connection.read().status());
            assertEquals(200, connection.read().status());
        }
        assertTrue(api.accessEntries.stream().noneMatch(entry -> entry.path().contains("hidden")));
    }

    @Test
    void bodyAnnouncedTooLargeIsNeverARequest() {
        for (String path : List.of("/v1/customers", "/nowhere")) {
            try (Connection connection = api.connect()) {
                Reply reply = connection.send(
                        api.request("POST", path, "", JSON, EXPECT, "Content-Length: 65537")).read();

                checkNothingHidden(api, connection, reply);
            }
        }
    }

    @Test
    void failedPreconditionLeavesNoBodyBehind() {
        try (Connection connection = api.connect()) {
            Reply reply = connection.send(
                    api.request("DELETE", customer, "", "If-Match: \"99\"", EXPECT, LENGTH)).read();

            assertEquals(412, reply.status());
            checkNothingHidden(api, connection, reply);
        }
    }

    @Test
    void callerAboveTheRateLeavesNoBodyBehind() {
        EdgeSettings usual = EdgeSettings.defaults();
        var strict = new EdgeSettings(List.of(), false, List.of(), usual.rate(), 1);
        try (var own = new RunningApi(RunningApi.settings().withEdge(strict)); Connection connection = own.connect()) {
            Reply reply = connection.send(own.request("POST", "/v1/auth/login", "{}", JSON)).read();
            while (reply.status() != 429) {
                reply = connection.send(own.request("POST", "/v1/auth/login", "{}", JSON)).read();
            }
            reply = connection.send(own.request("POST", "/v1/auth/login", "", JSON, EXPECT, LENGTH)).read();

            assertEquals(429, reply.status());
            checkNothingHidden(own, connection, reply);
        }
    }

    @Test
    void shedRequestLeavesNoBodyBehind() throws InterruptedException {
        try (var own = new RunningApi(RunningApi.limits().withMaxConcurrentRequests(1))) {
            String path = "/v1/customers/" + own.create("Ada", "ada@example.com");
            var begun = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            own.store.beforeFind(() -> {
                begun.countDown();
                await(goOn);
            });
            try (Connection slow = own.connect(); Connection connection = own.connect()) {
                slow.send(own.request("GET", path, ""));
                begun.await();
                Reply reply = connection.send(own.request("PUT", path, "", JSON, EXPECT, LENGTH)).read();
                goOn.countDown();

                assertEquals(503, reply.status());
                checkNothingHidden(own, connection, reply);
            }
        }
    }

    @Test
    void bodyThatIsReadIsAskedFor() {
        String body = "{\"name\":1}";
        String request = api.request("POST", "/v1/customers", "", JSON, EXPECT, "Content-Length: " + body.length());
        try (Connection connection = api.connect()) {
            assertEquals(100, connection.send(request).read().status());
            assertEquals(422, connection.send(body).read().status());
            assertEquals(200, connection.send(api.request("GET", "/health/live", "")).read().status());
        }
    }

    /** The wish of one request is not that of the next (RFC 9110, section 10.1.1). */
    @Test
    void bodyThatCameUnaskedIsNotAskedForLater() throws InterruptedException {
        String request = api.request("POST", "/v1/customers", "{}", JSON, EXPECT);
        String next = api.request("GET", "/health/live", "");
        try (Connection connection = api.connect()) {
            assertEquals(422, connection.send(request).read().status());
            connection.send(next.substring(0, 10));
            // For the rest of the head to be waited for.
            Thread.sleep(100);
            assertEquals(200, connection.send(next.substring(10)).read().status());
        }
    }

    @Test
    void chunkedBodyThatIsReadIsAskedFor() {
        String request = api.request("POST", "/v1/customers", "", JSON, EXPECT, "Transfer-Encoding: chunked");
        try (Connection connection = api.connect()) {
            assertEquals(100, connection.send(request).read().status());
            assertEquals(422, connection.send("2\r\n{}\r\n0\r\n\r\n").read().status());
            assertEquals(200, connection.send(api.request("GET", "/health/live", "")).read().status());
        }
    }

    @Test
    void emptyBodyIsNotAskedFor() {
        try (Connection connection = api.connect()) {
            Reply reply = connection.send(
                    api.request("POST", "/v1/customers", "", JSON, EXPECT, "Content-Length: 0")).read();

            assertEquals(400, reply.status());
            assertEquals(200, connection.send(api.request("GET", "/health/live", "")).read().status());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
