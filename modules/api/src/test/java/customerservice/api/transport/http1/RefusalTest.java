package customerservice.api.transport.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.EdgeSettings;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.api.http.trace.AccessEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A refusal says what every answer says, and reaches the client whatever the client is doing. */
@Timeout(60)
class RefusalTest {

    private static final String PAGE = "https://shop.example";
    private static final String JSON = "Content-Type: application/json";

    /** Far more than the kernel keeps for a connection. */
    private static final int MUCH = 16_000_000;

    private static RunningApi api;

    @BeforeAll
    static void start() {
        EdgeSettings usual = EdgeSettings.defaults();
        api = new RunningApi(
                RunningApi.settings()
                        .withEdge(
                                new EdgeSettings(
                                        List.of(), false, List.of(PAGE), usual.rate(), usual.expensiveRate())));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    static List<Arguments> refused() {
        String page = "Host: a\r\nOrigin: " + PAGE + "\r\nX-Request-Id: mine\r\n";
        String get = "GET /health/live HTTP/1.1\r\n" + page;
        String post = "POST /v1/customers HTTP/1.1\r\n" + page + JSON + "\r\n";
        return List.of(
                Arguments.of(400, "G@T / HTTP/1.1\r\n" + page + "\r\n"),
                Arguments.of(400, "GET /health/live HTTP/1.1\r\n" + page + "Host: b\r\n\r\n"),
                Arguments.of(400, get + "X-Test : a\r\n\r\n"),
                Arguments.of(400, post + "Content-Length: x\r\n\r\n"),
                Arguments.of(400, post + "Transfer-Encoding: gzip\r\n\r\n"),
                Arguments.of(414, "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n" + page + "\r\n"),
                Arguments.of(431, get + "X-Test: " + "x".repeat(20_000) + "\r\n\r\n"),
                Arguments.of(431, get + "X: y\r\n".repeat(1_000) + "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void pageMaySeeWhyItIsRefused(int status, String request) throws InterruptedException {
        api.accessEntries.clear();
        try (Connection connection = api.connect()) {
            Reply reply = connection.send(request).read();
            AccessEntry entry = api.nextAccessEntry();

            assertEquals(status, reply.status());
            assertEquals(Optional.of(PAGE), reply.field("Access-Control-Allow-Origin"));
            assertEquals(Optional.of("mine"), reply.field("X-Request-Id"));
            assertEquals("mine", reply.json().get("instance"));
            assertEquals(Optional.of("close"), reply.field("Connection"));
            assertEquals(status, entry.status());
            assertEquals("mine", entry.caller().requestId());
        }
    }

    @Test
    void bodyThatIsTooLargeIsRefusedWithTheFieldsOfAnyAnswer() {
        Reply reply = api.call("POST", "/v1/customers", JSON, "Content-Length: 65537", "Origin: " + PAGE);

        assertEquals(413, reply.status());
        assertEquals(Optional.of(PAGE), reply.field("Access-Control-Allow-Origin"));
    }

    @Test
    void encodedBodyIsRefusedAndSaidHow() {
        Reply reply = api.call("POST", "/v1/customers", JSON, "Content-Encoding: gzip", "Content-Length: 2");

        assertEquals(415, reply.status());
        assertEquals(Optional.of("identity"), reply.field("Accept-Encoding"));
        assertEquals(422, api.send("POST", "/v1/customers", "{}", "Content-Encoding: Identity").status());
    }

    static List<Arguments> endless() {
        String post = api.request("POST", "/v1/customers", "", JSON, "Transfer-Encoding: chunked");
        return List.of(
                Arguments.of(414, "", "x"),
                Arguments.of(431, "GET / HTTP/1.1\r\nHost: a\r\nX: ", "y"),
                Arguments.of(431, "GET / HTTP/1.1\r\nHost: a\r\n", "X: y\r\n"),
                Arguments.of(400, "", "\r\n"),
                Arguments.of(400, post, "1"),
                Arguments.of(400, post + "1;", "x"),
                Arguments.of(400, post + "0\r\nX: ", "y"),
                Arguments.of(400, post + "0\r\n", "X: y\r\n"),
                Arguments.of(400, post, "1;" + "x".repeat(900) + "\r\n \r\n"),
                Arguments.of(413, post, "1000\r\n" + " ".repeat(0x1000) + "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void endlessInputIsRefusedAndTheAnswerArrives(int status, String beginning, String endless) {
        try (Connection connection = api.connect()) {
            Thread sending = Thread.ofVirtual().start(() -> {
                try {
                    connection.send(beginning).send(endless.repeat(MUCH / endless.length()));
                } catch (RuntimeException e) {
                    // It was not taken to the end.
                }
            });

            assertEquals(status, connection.read().status());
            sending.interrupt();
        }
    }

    @Test
    void refusalOfADrainingServerArrives() {
        try (var own = new RunningApi(); Connection connection = own.connect()) {
            own.server().beginDrain();
            Thread.ofVirtual().start(() -> {
                try {
                    connection.send(own.request("POST", "/nowhere", " ".repeat(MUCH), JSON));
                } catch (RuntimeException e) {
                    // It was not taken to the end.
                }
            });

            assertEquals(404, connection.read().status());
        }
    }

    /** By the first of them the server knows that it is the last. */
    @Test
    void lastAnswerOfAPipelineArrives() {
        try (var own = new RunningApi(); Connection connection = own.connect()) {
            own.server().beginDrain();
            connection.send(own.request("GET", "/health/live", "").repeat(2_000));

            assertEquals(200, connection.read().status());
            assertTrue(connection.isClosedByServer());
        }
    }
}
