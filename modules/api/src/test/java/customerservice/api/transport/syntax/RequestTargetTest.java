package customerservice.api.transport.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a request may be for, and in what form it may say so (RFC 9112, section 3.2). */
class RequestTargetTest {

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

    @Test
    void hostOfAnAbsoluteTargetIsPreferred() {
        String path = "/.well-known/oauth-authorization-server";
        Reply reply = raw("GET http://named.example:81" + path + " HTTP/1.1\r\nHost: other.example\r\n\r\n");

        assertEquals(200, reply.status());
        assertEquals("http://named.example:81/oauth/token", reply.json().get("token_endpoint"));
    }

    @Test
    void absoluteTargetNeedsAHostFieldToo() {
        assertEquals(400, raw("GET http://a/health/live HTTP/1.1\r\n\r\n").status());
    }

    @Test
    void optionsOfTheServerAreTold() {
        for (String target : new String[]{"*", "http://a"}) {
            Reply reply = raw("OPTIONS " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");

            assertEquals(204, reply.status(), target);
            assertEquals(Optional.of("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"), reply.field("Allow"));
        }
    }

    @Test
    void serverAsAWholeHasNothingToGet() {
        assertEquals(400, raw("GET * HTTP/1.1\r\nHost: a\r\n\r\n").status());
    }

    @Test
    void needlessPercentEncodingMakesNoOtherPath() {
        assertEquals(200, raw("GET /%68ealth/liv%65 HTTP/1.1\r\nHost: a\r\n\r\n").status());
        assertEquals(404, raw("GET /health%2flive HTTP/1.1\r\nHost: a\r\n\r\n").status());
        String id = api.create("Ada", "ada@example.com");
        assertEquals(200, api.call("GET", "/v1/customers/" + id.replace("-", "%2D")).status());
    }

    @Test
    void emptyLineBeforeARequestIsIgnored() {
        try (Connection connection = api.connect()) {
            String get = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
            connection.send("\r\n" + get + "\r\n\r\n" + get);

            assertEquals(200, connection.read().status());
            assertEquals(200, connection.read().status());
        }
    }

    @Test
    void oldVersionIsServedAndClosed() {
        try (Connection connection = api.connect()) {
            Reply reply = connection.send("GET /health/live HTTP/1.0\r\n\r\n").read();

            assertEquals(200, reply.status());
            assertEquals(Optional.of("close"), reply.field("Connection"));
            assertTrue(connection.isClosedByServer());
        }
    }

    @Test
    void oldVersionIsKeptAliveIfItAsks() {
        try (Connection connection = api.connect()) {
            String get = "GET /health/live HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n";
            Reply reply = connection.send(get).read();

            assertEquals(Optional.of("keep-alive"), reply.field("Connection"));
            assertEquals(200, connection.send(get).read().status());
        }
    }

    /** RFC 9110, section 10.1.1. */
    @Test
    void oldVersionIsNotAskedToContinue() {
        try (Connection connection = api.connect()) {
            String type = "Content-Type: application/json\r\n";
            String head = "POST /v1/auth/login HTTP/1.0\r\n" + type
                    + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n";

            assertEquals(422, connection.send(head).send("{}").read().status());
        }
    }
}
