package customerservice.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.http.trace.AccessEntry;
import customerservice.api.http.trace.CurrentRequest;
import customerservice.domain.identity.Role;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AccessLogTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @AutoClose
    private final RunningApi api = new RunningApi();

    @Test
    void entryTellsOfTheRequestButNotItsQuery() throws InterruptedException {
        Reply reply = api.call(
                "GET",
                "/v1/customers?email=ada%40example.com",
                "X-Request-Id: r-1",
                "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-01");

        AccessEntry entry = api.nextAccessEntry();

        assertEquals("GET", entry.method());
        assertEquals("/v1/customers", entry.route());
        assertEquals("/v1/customers", entry.path());
        assertEquals(200, entry.status());
        assertEquals(reply.body().length, entry.bytes());
        assertEquals("r-1", entry.caller().requestId());
        assertEquals(TRACE, entry.trace().traceId());
        assertEquals("127.0.0.1", entry.caller().sourceAddress());
        assertEquals(36, entry.caller().actor().length());
        assertTrue(entry.nanos() > 0);
    }

    @Test
    void refusedRequestIsLoggedWithoutPrincipal() throws InterruptedException {
        api.call("GET", "/v1/customers", "Authorization: Bearer x");

        AccessEntry entry = api.nextAccessEntry();

        assertEquals(401, entry.status());
        assertEquals("", entry.caller().actor());
    }

    @Test
    void pathThatLeadsNowhereIsLogged() throws InterruptedException {
        api.call("GET", "/nowhere/at/all?x=1");

        AccessEntry entry = api.nextAccessEntry();

        assertEquals("unmatched", entry.route());
        assertEquals("/nowhere/at/all", entry.path());
    }

    @Test
    void malformedHttpIsLogged() throws InterruptedException {
        try (Connection connection = api.connect()) {
            connection.send("NONSENSE\r\n\r\n").read();
        }

        assertEquals(400, api.nextAccessEntry().status());
    }

    @Test
    void healthCheckThatFindsAllWellIsNotLogged() throws InterruptedException {
        api.call("GET", "/health/ready");
        api.call("GET", "/nowhere");

        assertEquals("/nowhere", api.nextAccessEntry().path());
    }

    @Test
    void healthCheckThatFindsSomethingIsLogged() throws InterruptedException {
        api.server().beginDrain();
        api.call("GET", "/health/ready");

        AccessEntry entry = api.nextAccessEntry();

        assertEquals("/health/ready", entry.path());
        assertEquals(503, entry.status());
    }

    @Test
    void invalidTraceparentIsAsGoodAsNone() throws InterruptedException {
        api.call("GET", "/v1/customers", "traceparent: 00-" + TRACE + "-0000000000000000-01");

        assertEquals("", api.nextAccessEntry().trace().traceId());
    }

    @Test
    void linesWrittenWhileARequestIsServedCanNameIt() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        String id = api.create("Ada", "ada@example.com");
        api.store.beforeFind(() -> seen.add(CurrentRequest.requestId() + " " + CurrentRequest.trace().traceId()));

        api.call(
                "GET",
                "/v1/customers/" + id,
                "X-Request-Id: r-7",
                "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-00",
                "Authorization: Bearer " + api.token(Role.VIEWER));

        assertEquals("r-7 " + TRACE, seen.take());
        assertEquals("", CurrentRequest.requestId());
    }
}
