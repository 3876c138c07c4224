package customerservice.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the server ends. */
@Timeout(60)
class DrainTest {

    private static final int CLIENTS = 8;

    @Test
    void drainingServerStillAnswersButKeepsNoConnection() {
        try (var api = new RunningApi(); Connection connection = api.connect()) {
            String id = api.create("Ada", "ada@example.com");
            connection.send(api.request("GET", "/v1/customers/" + id, "")).read();

            api.server().beginDrain();
            Reply reply = connection.send(api.request("GET", "/v1/customers/" + id, "")).read();

            assertEquals(200, reply.status());
            assertEquals(Optional.of("close"), reply.field("Connection"));
            assertTrue(connection.isClosedByServer());
            assertEquals(200, api.call("GET", "/v1/customers/" + id).status());
        }
    }

    @Test
    void answerOfARequestFromBeforeKeepsNoConnectionEither() throws InterruptedException {
        try (var api = new RunningApi(); Connection slow = api.connect()) {
            String id = api.create("Ada", "ada@example.com");
            var begun = new CountDownLatch(1);
            var goOn = new CountDownLatch(1);
            api.store.beforeFind(() -> {
                begun.countDown();
                await(goOn);
            });
            slow.send(api.request("GET", "/v1/customers/" + id, ""));
            begun.await();
            api.server().beginDrain();
            goOn.countDown();

            assertEquals(Optional.of("close"), slow.read().field("Connection"));
            assertTrue(slow.isClosedByServer());
        }
    }

    @Test
    void errorsOfADrainingServerCloseTheConnectionToo() {
        try (var api = new RunningApi(); Connection connection = api.connect()) {
            api.server().beginDrain();

            Reply reply = connection.send(api.request("GET", "/nowhere", "")).read();

            assertEquals(Optional.of("close"), reply.field("Connection"));
            assertTrue(connection.isClosedByServer());
        }
    }

    @Test
    void requestThatHasBegunIsAnsweredBeforeTheEnd() throws InterruptedException {
        var api = new RunningApi();
        String id = api.create("Ada", "ada@example.com");
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        api.store.beforeFind(() -> {
            begun.countDown();
            await(goOn);
        });
        try (Connection slow = api.connect()) {
            slow.send(api.request("GET", "/v1/customers/" + id, ""));
            begun.await();
            var finished = new AtomicBoolean();
            Thread stop = Thread.ofPlatform().start(() -> finished.set(api.server().stop(Duration.ofSeconds(30))));
            awaitRefusal(api);
            assertTrue(stop.isAlive());
            goOn.countDown();

            assertEquals(200, slow.read().status());
            stop.join();
            assertTrue(finished.get());
        }
    }

    @Test
    void requestThatDoesNotEndIsCutWhenTimeIsUp() throws InterruptedException {
        var api = new RunningApi();
        String id = api.create("Ada", "ada@example.com");
        var begun = new CountDownLatch(1);
        api.store.beforeFind(() -> {
            begun.countDown();
            await(new CountDownLatch(1));
        });
        try (Connection slow = api.connect()) {
            slow.send(api.request("GET", "/v1/customers/" + id, ""));
            begun.await();

            assertFalse(api.server().stop(Duration.ofMillis(100)));
            assertEquals(500, slow.read().status());
            assertTrue(slow.isClosedByServer());
        }
    }

    @Test
    void silentConnectionsDoNotHoldUpTheEnd() {
        var api = new RunningApi();
        try (Connection unused = api.connect(); Connection used = api.connect()) {
            used.send(api.request("GET", "/health/live", "")).read();

            assertTrue(api.server().stop(Duration.ofSeconds(30)));
            assertTrue(unused.isClosedByServer());
            assertTrue(used.isClosedByServer());
        }
    }

    /**
     * Clients that send one request after the other, keep their connections as long as they are let, and open new ones
     * as long as they can. Every request that they got onto a connection has to be answered.
     */
    @Test
    void noRequestUnderLoadFailsWhenTheServerStops() throws InterruptedException {
        var api = new RunningApi();
        String id = api.create("Ada", "ada@example.com");
        String request = api.request("GET", "/v1/customers/" + id, "");
        var answered = new AtomicInteger();
        List<String> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        var served = new CountDownLatch(CLIENTS);
        var warm = new CountDownLatch(500);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        try (Connection connection = api.connect()) {
                            boolean more = true;
                            while (more) {
                                Reply reply = connection.send(request).read();
                                served.countDown();
                                if (reply.status() != 200) {
                                    failures.add(reply.head());
                                }
                                answered.incrementAndGet();
                                warm.countDown();
                                more = reply.field("Connection").isEmpty();
                            }
                        }
                        if (api.server().isDraining()) {
                            // What the kernel has taken but the server has not is out of anybody's hands.
                            return;
                        }
                    }
                } catch (UncheckedIOException e) {
                    failures.add(e.toString());
                }
            }));
        }
        served.await();
        warm.await();

        boolean finished = api.server().stop(Duration.ofSeconds(30));
        for (Thread client : clients) {
            client.join();
        }

        assertEquals(List.of(), failures);
        assertTrue(finished);
        assertTrue(answered.get() >= 500);
    }

    @Test
    void stoppedServerIsGone() {
        var api = new RunningApi();
        api.close();

        assertThrows(RuntimeException.class, api::connect);
        assertThrows(RuntimeException.class, api::connectToManagement);
    }

    /** Until the public listener takes no more connections, which it does first. */
    private static void awaitRefusal(RunningApi api) {
        while (true) {
            try (Connection connection = api.connect()) {
                connection.send(api.request("GET", "/health/live", "")).read();
            } catch (UncheckedIOException e) {
                return;
            }
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
