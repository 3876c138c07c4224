package customerservice.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a connection of HTTP/2 ends, and that no request is lost by it (RFC 9113, section 6.8). */
@Timeout(60)
class Http2DrainTest {

    private static int lastStream(Http2Peer.Frame goAway) {
        return ByteBuffer.wrap(goAway.payload()).getInt();
    }

    private static Http2Peer.Frame awaitGoAway(Http2Peer peer) {
        Http2Peer.Frame frame = peer.next(0);
        while (frame.type() != Http2Peer.GOAWAY) {
            frame = peer.next(0);
        }
        assertEquals(Http2Peer.NO_ERROR, ByteBuffer.wrap(frame.payload()).getInt(4));
        return frame;
    }

    /** The last stream that is answered, of which the client is told after the announcement. */
    private static int lastNamed(Http2Peer peer) {
        int last = lastStream(awaitGoAway(peer));
        return last == Integer.MAX_VALUE ? lastStream(awaitGoAway(peer)) : last;
    }

    @Test
    void aConnectionThatWaitsIsToldThatItEnds() {
        var api = new RunningApi();
        try (var peer = new Http2Peer(api)) {
            assertEquals(200, peer.call(1, "GET", "/health/live").status());
            assertTrue(api.server().stop(Duration.ofSeconds(30)));
            assertEquals(1, lastNamed(peer));
            assertTrue(peer.isClosedByServer());
        }
    }

    @Test
    void aConnectionThatWaitsTooLongIsToldThatItEnds() {
        ApiLimits limits = RunningApi.limits()
                .withIdleTimeout(Duration.ofSeconds(1))
                .withRequestTimeout(Duration.ofSeconds(1));
        try (var api = new RunningApi(limits); var peer = new Http2Peer(api)) {
            assertEquals(200, peer.call(1, "GET", "/health/live").status());
            assertEquals(1, lastStream(awaitGoAway(peer)));
            assertTrue(peer.isClosedByServer());
        }
    }

    @Test
    void answersOfADrainingServerSendClientsElsewhere() {
        try (var api = new RunningApi(); var peer = new Http2Peer(api)) {
            api.server().beginDrain();
            assertEquals(200, peer.call(1, "GET", "/health/live").status());
            assertEquals(Integer.MAX_VALUE, lastStream(awaitGoAway(peer)));
            assertEquals(200, peer.call(3, "GET", "/health/live").status());
        }
    }

    @Test
    void requestThatHasBegunIsAnsweredAndLaterOnesAreRefusedAsNeverBegun() throws InterruptedException {
        var api = new RunningApi();
        String id = api.create("Ada", "ada@example.com");
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        api.store.beforeFind(() -> {
            begun.countDown();
            await(goOn);
        });
        try (var peer = new Http2Peer(api)) {
            peer.request(1, "GET", "/v1/customers/" + id);
            begun.await();
            var finished = new AtomicBoolean();
            Thread stop = Thread.ofPlatform().start(() -> finished.set(api.server().stop(Duration.ofSeconds(30))));
            assertEquals(1, lastNamed(peer));
            assertEquals(Http2Peer.REFUSED_STREAM, peer.request(3, "GET", "/health/live").reset(3));
            goOn.countDown();
            assertEquals(200, peer.answer(1).status());
            assertTrue(peer.isClosedByServer());
            stop.join();
            assertTrue(finished.get());
        }
    }

    /**
     * Clients that send one request after the other on a connection, and take a new one when they are told that it ends.
     * Every request is answered, but for those that are refused as never begun.
     */
    @Test
    void noRequestUnderLoadFailsWhenTheServerStops() throws InterruptedException {
        var api = new RunningApi();
        String id = api.create("Ada", "ada@example.com");
        var answered = new AtomicInteger();
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        var warm = new CountDownLatch(500);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(Thread.ofPlatform().start(() -> {
                try (var peer = new Http2Peer(api)) {
                    for (int stream = 1; answersUntilRefused(peer, stream, id, failures); stream += 2) {
                        answered.incrementAndGet();
                        warm.countDown();
                    }
                } catch (RuntimeException e) {
                    failures.add(e.toString());
                }
            }));
        }
        warm.await();

        boolean finished = api.server().stop(Duration.ofSeconds(30));
        for (Thread client : clients) {
            client.join();
        }

        assertEquals(List.of(), failures);
        assertTrue(finished);
        assertTrue(answered.get() >= 500);
    }

    private static boolean answersUntilRefused(Http2Peer peer, int stream, String id, List<String> failures) {
        try {
            Reply reply = peer.call(stream, "GET", "/v1/customers/" + id);
            if (reply.status() != 200) {
                failures.add(reply.head());
            }
            return true;
        } catch (Http2Peer.StreamReset e) {
            if (e.code() != Http2Peer.REFUSED_STREAM) {
                failures.add(e.toString());
            }
            return false;
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
