package customerservice.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a peer of HTTP/2 cannot do, however it goes about it. Each test has a server of its own, and most of them wait. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class Http2LimitsTest {

    /** Requests that may be served at once; fewer than a connection may have streams. */
    private static final int PLACES = 100;
    private static final int MAX_STREAMS = 128;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final String JSON = "content-type: application/json";

    private RunningApi api;

    @BeforeEach
    void start() {
        start(REQUEST_TIMEOUT, PLACES);
    }

    private void start(Duration requestTimeout, int places) {
        api = new RunningApi(
                RunningApi.limits().withMaxConcurrentRequests(places).withRequestTimeout(requestTimeout));
    }

    /** For what has to be seen before the time is over, on a busy machine too. */
    private void startPatiently() {
        startPatiently(PLACES);
    }

    private void startPatiently(int places) {
        stop();
        start(Duration.ofMinutes(1), places);
    }

    @AfterEach
    void stop() {
        assertTrue(api.server().stop(Duration.ofSeconds(10)), "something was left behind");
    }

    /** So many requests, of whose content only the first byte comes. */
    private static void beginRequests(Http2Peer peer, int number) {
        for (int i = 0; i < number; i++) {
            peer.begin(2 * i + 1, "POST", "/v1/customers", JSON).data(2 * i + 1, "{", false);
        }
    }

    /** Waits until so many are being served, besides the one that asks. */
    private void awaitRequests(int number) {
        String line = "http_server_active_requests " + (number + 1) + ".0";
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (Connection management = api.connectToManagement()) {
            while (!management.send(api.request("GET", "/metrics", "")).read().text().contains(line)) {
                assertTrue(System.nanoTime() - deadline < 0, "not " + number + " requests are being served");
            }
        }
    }

    private void awaitPlace() {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (status() != 404) {
            assertTrue(System.nanoTime() - deadline < 0, "no place is free");
        }
    }

    private int status() {
        return api.call("GET", "/v1/customers/00000000-0000-7000-8000-000000000000").status();
    }

    @Test
    void aConnectionThatEndsEndsItsRequests() {
        startPatiently();
        try (var peer = new Http2Peer(api)) {
            beginRequests(peer, PLACES);
            awaitRequests(PLACES);
        }
        awaitRequests(0);
    }

    @Test
    void aResetEndsItsRequest() {
        startPatiently();
        try (var peer = new Http2Peer(api)) {
            beginRequests(peer, PLACES);
            awaitRequests(PLACES);
            for (int i = 0; i < PLACES; i++) {
                peer.send(Http2Peer.RST_STREAM, 0, 2 * i + 1, Http2Peer.number(Http2Peer.CANCEL));
            }
            awaitRequests(0);
        }
    }

    @Test
    void requestsWhoseContentDoesNotComeKeepNobodyOut() {
        startPatiently();
        try (var peer = new Http2Peer(api)) {
            beginRequests(peer, PLACES);
            awaitRequests(PLACES);
            assertEquals(404, status());
        }
    }

    @Test
    void contentThatDoesNotComeInTimeEndsItsRequest() {
        try (var peer = new Http2Peer(api)) {
            beginRequests(peer, PLACES);
            assertEquals(Http2Peer.CANCEL, peer.reset(1));
            awaitRequests(0);
            assertEquals(200, peer.call(2 * PLACES + 1, "GET", "/health/live").status());
        }
    }

    @Test
    void unfinishedRequestsWithoutATokenLeaveNothingBehind() {
        try (var peer = new Http2Peer(api)) {
            for (int i = 0; i < 1_000; i++) {
                int stream = 2 * i + 1;
                assertEquals(
                        401,
                        peer.begin(stream, "POST", "/v1/customers", "authorization: none").answer(stream).status());
                assertEquals(Http2Peer.NO_ERROR, peer.reset(stream));
            }
        }
    }

    @Test
    void aStreamAboveTheAnnouncedNumberIsRefused() {
        startPatiently(MAX_STREAMS + 1);
        try (var peer = new Http2Peer(api)) {
            beginRequests(peer, MAX_STREAMS);
            int oneMore = 2 * MAX_STREAMS + 1;
            assertEquals(
                    Http2Peer.REFUSED_STREAM, peer.begin(oneMore, "POST", "/v1/customers", JSON).reset(oneMore));
        }
    }

    @Test
    void streamsThatAreResetAtOnceDoNotPileUp() {
        try (var peer = new Http2Peer(api)) {
            byte[] head = peer.head("POST", "/v1/customers", JSON);
            byte[] code = Http2Peer.number(Http2Peer.CANCEL);
            try {
                for (int i = 0; i < 20_000; i++) {
                    int stream = 2 * i + 1;
                    peer.send(Http2Peer.HEADERS, Http2Peer.END_HEADERS, stream, head);
                    peer.send(Http2Peer.RST_STREAM, 0, stream, code);
                }
                assertEquals(Http2Peer.ENHANCE_YOUR_CALM, peer.goAway());
            } catch (UncheckedIOException e) {
                // Then the server has closed while this side still sent.
            }
        }
        awaitPlace();
    }

    /** Sends a frame until the server has had enough, which it has to say before so many bytes. */
    private static void assertEndsConnection(Http2Peer peer, int code, byte[] frame, int maxBytes) {
        try {
            for (int sent = 0; sent < maxBytes; sent += frame.length) {
                peer.send(frame);
            }
        } catch (UncheckedIOException e) {
            return;
        }
        assertEquals(code, peer.goAway());
        assertTrue(peer.isClosedByServer());
    }

    @Test
    void headBlocksDoNotGoOnForEver() {
        try (var peer = new Http2Peer(api)) {
            peer.send(Http2Peer.HEADERS, 0, 1, peer.head("GET", "/health/live"));
            byte[] more = Http2Peer.frame(Http2Peer.CONTINUATION, 0, 1, new byte[0]);
            assertEndsConnection(peer, Http2Peer.ENHANCE_YOUR_CALM, more, 1_000);
        }
    }

    @Test
    void headBlocksAreLimitedInBytes() {
        try (var peer = new Http2Peer(api)) {
            peer.send(Http2Peer.HEADERS, 0, 1, peer.head("GET", "/health/live"));
            byte[] more = Http2Peer.frame(Http2Peer.CONTINUATION, 0, 1, new byte[16_000]);
            assertEndsConnection(peer, Http2Peer.ENHANCE_YOUR_CALM, more, 60_000);
        }
    }

    @Test
    void pingsDoNotGoOnForEver() {
        try (var peer = new Http2Peer(api)) {
            byte[] ping = Http2Peer.frame(Http2Peer.PING, 0, 0, new byte[8]);
            assertEndsConnection(peer, Http2Peer.ENHANCE_YOUR_CALM, ping, 200_000);
        }
    }

    @Test
    void settingsDoNotGoOnForEver() {
        try (var peer = new Http2Peer(api)) {
            byte[] settings = Http2Peer.frame(Http2Peer.SETTINGS, 0, 0, new byte[0]);
            assertEndsConnection(peer, Http2Peer.ENHANCE_YOUR_CALM, settings, 100_000);
        }
    }

    @Test
    void prioritiesDoNotGoOnForEver() {
        try (var peer = new Http2Peer(api)) {
            byte[] priority = Http2Peer.frame(Http2Peer.PRIORITY, 0, 1, new byte[5]);
            assertEndsConnection(peer, Http2Peer.ENHANCE_YOUR_CALM, priority, 100_000);
        }
    }

    @Test
    void emptyDataDoesNotGoOnForEver() {
        try (var peer = new Http2Peer(api)) {
            peer.begin(1, "POST", "/v1/customers", JSON);
            byte[] data = Http2Peer.frame(Http2Peer.DATA, 0, 1, new byte[0]);
            assertEndsConnection(peer, Http2Peer.ENHANCE_YOUR_CALM, data, 100_000);
        }
    }

    @Test
    void framesOfUnknownTypesDoNotGoOnForEver() {
        try (var peer = new Http2Peer(api)) {
            byte[] unknown = Http2Peer.frame(0xFA, 0, 0, new byte[0]);
            assertEndsConnection(peer, Http2Peer.ENHANCE_YOUR_CALM, unknown, 100_000);
        }
    }

    @Test
    @Tag("slow")
    void anAnswerThatIsNotTakenIsGivenUp() {
        try (var peer = new Http2Peer(api, INITIAL_WINDOW_SIZE, 0)) {
            peer.request(1, "GET", "/openapi.yaml");
            assertEquals(Http2Peer.CANCEL, peer.reset(1));
            assertThrows(Http2Peer.StreamReset.class, () -> peer.call(3, "GET", "/openapi.yaml"));
        }
    }

    @Test
    void anAnswerThatIsTakenByteByByteIsGivenUp() {
        try (var peer = new Http2Peer(api, INITIAL_WINDOW_SIZE, 1)) {
            peer.request(1, "GET", "/openapi.yaml");
            Http2Peer.Frame frame = peer.read();
            while (frame.type() != Http2Peer.RST_STREAM && frame.type() != Http2Peer.GOAWAY) {
                if (frame.type() == Http2Peer.DATA) {
                    peer.send(Http2Peer.WINDOW_UPDATE, 0, 1, Http2Peer.number(1));
                }
                frame = peer.read();
            }
            int code = frame.payload()[frame.payload().length - 1];
            assertTrue(code == Http2Peer.CANCEL || code == Http2Peer.ENHANCE_YOUR_CALM, "it ended with " + code);
        }
    }

    @Test
    void windowsThatAreWidenedLaterAreUsed() {
        try (var peer = new Http2Peer(api, INITIAL_WINDOW_SIZE, 0)) {
            peer.request(1, "GET", "/health/live").next(1);
            peer.send(Http2Peer.WINDOW_UPDATE, 0, 1, Http2Peer.number(1));
            assertEquals(1, peer.next(1).payload().length);
            peer.send(Http2Peer.SETTINGS, 0, 0, new byte[]{0, INITIAL_WINDOW_SIZE, 0, 0, 0, 10});
            assertEquals(10, peer.next(1).payload().length);
            peer.send(Http2Peer.WINDOW_UPDATE, 0, 1, Http2Peer.number(60_000));
            assertEquals(Http2Peer.END_STREAM, peer.next(1).flags());
        }
    }

    @Test
    void windowsThatGetTooWideEndWhatTheyAreOf() {
        try (var peer = new Http2Peer(api, INITIAL_WINDOW_SIZE, 0)) {
            peer.request(1, "GET", "/health/live").next(1);
            peer.send(Http2Peer.WINDOW_UPDATE, 0, 1, Http2Peer.number(Integer.MAX_VALUE));
            peer.send(Http2Peer.WINDOW_UPDATE, 0, 0, Http2Peer.number(Integer.MAX_VALUE));
            assertEquals(Http2Peer.FLOW_CONTROL_ERROR, peer.goAway());
        }
    }

    @Test
    void moreDataThanTheWindowAllowsEndsTheStream() {
        String id = api.create("Ada", "ada@example.com");
        var goOn = new CountDownLatch(1);
        api.store.beforeFind(() -> await(goOn));
        try (var peer = new Http2Peer(api)) {
            peer.begin(1, "GET", "/v1/customers/" + id);
            for (int i = 0; i < 5; i++) {
                peer.send(Http2Peer.DATA, 0, 1, new byte[16_000]);
            }
            assertEquals(Http2Peer.FLOW_CONTROL_ERROR, peer.reset(1));
            goOn.countDown();
            assertEquals(200, peer.call(3, "GET", "/health/live").status());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFrameThatDoesNotComeToItsEndEndsTheConnection() {
        try (var peer = new Http2Peer(api)) {
            peer.send(new byte[]{0, 0, 8, Http2Peer.PING});
            assertTrue(peer.isClosedByServer());
        }
    }

    @Test
    void aHeadBlockThatDoesNotComeToItsEndEndsTheConnection() {
        try (var peer = new Http2Peer(api)) {
            peer.send(Http2Peer.HEADERS, 0, 1, peer.head("GET", "/health/live"));
            assertTrue(peer.isClosedByServer());
        }
    }

    @Test
    void oneUnfinishedRequestDoesNotHoldUpTheEnd() {
        try (var peer = new Http2Peer(api)) {
            peer.begin(1, "POST", "/v1/customers", "authorization: none").answer(1);
            assertTrue(api.server().stop(Duration.ofSeconds(5)));
        }
    }
}
