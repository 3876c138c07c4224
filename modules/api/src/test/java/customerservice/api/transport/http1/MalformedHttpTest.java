package customerservice.api.transport.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no request at all, byte by byte. */
class MalformedHttpTest {

    private static final String JSON = "Content-Type: application/json";

    private static RunningApi api;

    @BeforeAll
    static void start() {
        api = new RunningApi();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static Reply raw(String text) {
        try (Connection connection = api.connect()) {
            return connection.send(text).read();
        }
    }

    private static void checkProblem(Reply reply) {
        assertEquals(Optional.of("application/problem+json"), reply.field("Content-Type"));
        assertEquals(reply.status(), reply.json().get("status"));
        assertEquals(reply.field("X-Request-Id").orElseThrow(), reply.json().get("instance"));
        assertEquals(Optional.of("nosniff"), reply.field("X-Content-Type-Options"));
    }

    static List<Arguments> malformed() {
        String get = "GET /health/live HTTP/1.1\r\nHost: a\r\n";
        return List.of(
                Arguments.of("nonsense\r\n\r\n", 400),
                Arguments.of("GET /health/live\r\n\r\n", 400),
                Arguments.of("GET  HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                Arguments.of("PRI * HTTP/3.0\r\nHost: a\r\n\r\n", 400),
                Arguments.of("GET /health/live HTTP/3.0\r\nHost: a\r\n\r\n", 400),
                Arguments.of("GET /a\"b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                Arguments.of("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                Arguments.of("GET /health/live HTTP/1.1\r\n\r\n", 400),
                Arguments.of("GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
                Arguments.of("GET /health/live HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
                Arguments.of(get + "X-Test: a\rb\r\n\r\n", 400),
                Arguments.of(get + "X-Test: a\nb\r\n\r\n", 400),
                Arguments.of(get + "X-Test: a\u0000b\r\n\r\n", 400),
                Arguments.of(get + "X Test: a\r\n\r\n", 400),
                Arguments.of(get + "no colon\r\n\r\n", 400),
                Arguments.of(get + ": no name\r\n\r\n", 400),
                Arguments.of(get + "Content-Length: abc\r\n\r\n", 400),
                Arguments.of(get + "Content-Length: -1\r\n\r\n", 400),
                Arguments.of(get + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
                Arguments.of(get + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc", 400),
                Arguments.of(get + "Transfer-Encoding: gzip\r\n\r\n", 400),
                Arguments.of(get + "Transfer-Encoding: gzip, chunked\r\n\r\n", 400),
                Arguments.of("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedHttpIsAProblem(String text, int status) {
        Reply reply = raw(text);

        assertEquals(status, reply.status());
        checkProblem(reply);
        assertEquals(Optional.of("close"), reply.field("Connection"));
    }

    @Test
    void headersAboveTheLimitAreRefused() {
        Reply reply = raw("GET /health/live HTTP/1.1\r\nHost: a\r\nX-Test: " + "x".repeat(20_000) + "\r\n\r\n");

        assertEquals(431, reply.status());
        checkProblem(reply);
    }

    @Test
    void fieldCannotBreakOutOfItsLine() {
        Reply reply = raw("GET /nowhere HTTP/1.1\r\nHost: a\r\nX-Request-Id: a%0d%0aX-Evil:1\r\n\r\n");

        assertFalse(reply.head().contains("Evil"));
    }

    @Test
    void refusedConnectionIsClosed() {
        try (Connection connection = api.connect()) {
            connection.send("nonsense\r\n\r\n").read();

            assertTrue(connection.isClosedByServer());
        }
    }

    @Test
    void announcedBodyAboveTheLimitIsRefusedBeforeItIsRead() {
        try (Connection connection = api.connect()) {
            Reply reply = connection.send(
                    api.request("POST", "/v1/customers", "", JSON, "Content-Length: 65537")).read();

            assertEquals(413, reply.status());
            assertEquals("/problems/payload-too-large", reply.problem());
            checkProblem(reply);
        }
    }

    @Test
    void clientThatSendsATooLargeBodyAtOnceStillReadsTheAnswer() {
        String body = "x".repeat(3_000_000);
        try (Connection connection = api.connect()) {
            Reply reply = connection.send(api.request("POST", "/v1/customers", body, JSON)).read();

            assertEquals(413, reply.status());
        }
    }

    @Test
    void unannouncedBodyAboveTheLimitIsRefused() {
        String chunk = "1000\r\n" + "x".repeat(4_096) + "\r\n";
        try (Connection connection = api.connect()) {
            connection.send(api.request("POST", "/v1/customers", "", JSON, "Transfer-Encoding: chunked"));
            Reply reply = connection.send(chunk.repeat(17)).read();

            assertEquals(413, reply.status());
            assertEquals("/problems/payload-too-large", reply.problem());
            assertTrue(connection.isClosedByServer());
        }
    }

    @Test
    void hugeChunkIsRefusedBeforeItIsRead() {
        for (String size : List.of("7fffffff", "fffffff", "10001")) {
            try (Connection connection = api.connect()) {
                connection.send(api.request("POST", "/v1/customers", "", JSON, "Transfer-Encoding: chunked"));

                assertEquals(413, connection.send(size + "\r\n").read().status(), size);
            }
        }
    }

    @Test
    void malformedChunksAreRefused() {
        for (String chunk : List.of(
                "xyz\r\n",
                "-1\r\n",
                "+2\r\n",
                "0x2\r\n",
                "\r\n",
                "ffffffffffffffff\r\n",
                "1\r\naXX0\r\n\r\n",
                "1\r\nab\r\n0\r\n\r\n")) {
            try (Connection connection = api.connect()) {
                connection.send(api.request("POST", "/v1/customers", "", JSON, "Transfer-Encoding: chunked"));
                Reply reply = connection.send(chunk).read();

                assertEquals(400, reply.status(), chunk);
                checkProblem(reply);
            }
        }
    }

    @Test
    void malformedChunksOfABodyThatNobodyWantedGetNoAnswerOfTheirOwn() {
        for (String chunk : List.of("xyz\r\n", "7fffffff\r\n", "1\r\nab\r\n0\r\n\r\n")) {
            try (Connection connection = api.connect()) {
                connection.send(
                        api.request("POST", "/nowhere", "", JSON, "Transfer-Encoding: chunked") + chunk);

                assertEquals(404, connection.read().status());
                assertTrue(connection.isClosedByServer(), chunk);
            }
        }
    }

    @Test
    void bodyOfTheLargestSizeIsTaken() {
        String body = "{\"name\":\"" + " ".repeat(65_536 - 11) + "\"}";

        assertEquals(65_536, body.length());
        assertEquals(422, api.send("POST", "/v1/customers", body).status());
    }

    @Test
    void chunkedBodyIsTaken() {
        String request = api.request("POST", "/v1/customers", "", JSON, "Transfer-Encoding: chunked");
        try (Connection connection = api.connect()) {
            Reply reply = connection.send(
                    request + "8;ext=\"1\"\r\n{\"name\":\r\n2\r\n1}\r\n0\r\nX-Trailer: 1\r\n\r\n").read();

            assertEquals(422, reply.status());
            assertEquals(List.of("/name", "/email"), reply.pointers());
        }
    }

    @Test
    void bodyThatNobodyWantedDoesNotBecomeARequest() {
        String hidden = "GET /v1/customers HTTP/1.1\r\nHost: a\r\n\r\n";
        try (Connection connection = api.connect()) {
            connection.send(
                    api.request("POST", "/nowhere", hidden, JSON) + api.request("GET", "/health/live", ""));

            assertEquals(404, connection.read().status());
            assertEquals(200, connection.read().status());
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() {
        try (Connection connection = api.connect()) {
            connection.send(
                    api.request("GET", "/nowhere", "") + api.request("GET", "/health/live", "")
                            + api.request("OPTIONS", "/docs", ""));

            assertEquals(404, connection.read().status());
            assertEquals(200, connection.read().status());
            assertEquals(204, connection.read().status());
        }
    }

    @Test
    void clientThatAsksForItIsDisconnected() {
        try (Connection connection = api.connect()) {
            Reply reply = connection.send(api.request("GET", "/health/live", "", "Connection: close")).read();

            assertEquals(Optional.of("close"), reply.field("Connection"));
            assertTrue(connection.isClosedByServer());
        }
    }

    @Test
    void clientThatHangsUpIsNoErrorOfOurs() {
        try (var own = new RunningApi()) {
            hangUpEverywhere(own);

            assertEquals(200, own.call("GET", "/health/live").status());
            // Once it has stopped, all that was sent has been answered and logged.
            assertTrue(own.server().stop(Duration.ofSeconds(20)));
            assertFalse(own.accessEntries.stream().anyMatch(entry -> entry.status() >= 500));
        }
    }

    private static void hangUpEverywhere(RunningApi api) {
        String request = api.request("POST", "/v1/customers", "{\"name\":\"A\",\"email\":\"a@example.com\"}", JSON);
        for (int length = 0; length < request.length(); length += 7) {
            try (Connection connection = api.connect()) {
                connection.send(request.substring(0, length));
            }
        }
    }
}
