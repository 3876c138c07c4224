package customerservice.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.transport.ListenAddress;
import customerservice.domain.DomainException.StoreBusy;
import customerservice.domain.DomainException.StoreUnavailable;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens at the limits of requests, connections and time, and when something fails behind the server. */
@Timeout(60)
class LimitsTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    /** Without those of time. */
    private static ApiLimits limits() {
        return RunningApi.limits().withIdleTimeout(LONG).withRequestTimeout(LONG);
    }

    @Test
    void requestAboveTheLimitIsShedAtOnceWhileHealthIsAnswered() throws InterruptedException {
        try (var api = new RunningApi(limits().withMaxConcurrentRequests(1))) {
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

                Reply shed = api.call("GET", "/v1/customers/" + id);
                Reply health = api.call("GET", "/health/ready");
                goOn.countDown();

                assertEquals(503, shed.status());
                assertEquals("/problems/overloaded", shed.problem());
                assertEquals(Optional.of("1"), shed.field("Retry-After"));
                assertEquals(200, health.status());
                assertEquals(200, slow.read().status());
                assertEquals(200, api.call("GET", "/v1/customers/" + id).status());
            }
        }
    }

    /** Whoever announces bodies and does not send them would keep everybody out. */
    @Test
    void requestWhoseBodyIsOnItsWayHasNoSlot() {
        try (var api = new RunningApi(limits().withMaxConcurrentRequests(1));
                Connection slow = api.connect();
                Connection other = api.connect()) {
            String request = api.request(
                    "POST", "/v1/customers", "{\"name\":1}", "Content-Type: application/json", "Expect: 100-continue");
            int head = request.indexOf("{");
            assertEquals(100, slow.send(request.substring(0, head)).read().status());

            assertEquals(422, other.send(request).read().status());
            assertEquals(422, slow.send(request.substring(head)).read().status());
        }
    }

    @Test
    void instanceWhoseSlotsDoNotComeBackIsNotReady() throws InterruptedException {
        try (var api = new RunningApi(
                limits().withMaxConcurrentRequests(1).withRequestTimeout(Duration.ofSeconds(10)))) {
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
                api.pass(Duration.ofSeconds(21));

                Reply ready = api.call("GET", "/health/ready");
                Reply deep = api.call("GET", "/health/deep");
                Reply live = api.call("GET", "/health/live");
                goOn.countDown();

                assertEquals(503, ready.status());
                assertEquals(503, deep.status());
                assertTrue(deep.text().contains("{\"name\":\"request-slots\",\"status\":\"DOWN\","), deep.text());
                assertEquals(200, live.status());
                assertEquals(200, slow.read().status());
            }
        }
    }

    @Test
    void connectionAboveTheLimitWaitsForAnotherToEnd() {
        try (var api = new RunningApi(limits().withMaxConnections(2))) {
            Connection first = api.connect();
            Connection second = api.connect();
            first.send(api.request("GET", "/health/live", "")).read();
            second.send(api.request("GET", "/health/live", "")).read();
            try (Connection third = api.connect()) {
                third.send(api.request("GET", "/health/live", ""));
                first.close();

                assertEquals(200, third.read().status());
            }
            second.close();
        }
    }

    @Test
    void managementIsNotHeldUpByConnectionsToTheApi() {
        try (var api = new RunningApi(limits().withMaxConnections(1)); Connection only = api.connect()) {
            only.send(api.request("GET", "/health/live", "")).read();
            try (Connection management = api.connectToManagement()) {
                assertEquals(
                        200, management.send(api.request("GET", "/health/live", "")).read().status());
            }
        }
    }

    @Test
    void silentConnectionIsClosed() {
        try (var api = new RunningApi(limits().withIdleTimeout(Duration.ofMillis(200)));
                Connection connection = api.connect()) {
            assertTrue(connection.isClosedByServer());
        }
    }

    @Test
    void keptAliveConnectionIsClosedWhenItFallsSilent() {
        try (var api = new RunningApi(limits().withIdleTimeout(Duration.ofSeconds(1)))) {
            String request = api.request("GET", "/health/live", "");
            try (Connection connection = api.connect()) {
                connection.send(request).read();

                assertTrue(connection.isClosedByServer());
            }
        }
    }

    @Test
    void headThatDripsIsCutOff() {
        try (var api = new RunningApi(limits().withIdleTimeout(Duration.ofMillis(500)));
                Connection connection = api.connect()) {
            connection.send("GET /health/live HTTP/1.1\r\nHost: a\r\n");

            // Slowly enough that the limit of its size is far away.
            assertThrows(UncheckedIOException.class, () -> {
                for (int i = 0; i < 200; i++) {
                    connection.send("X-A: b\r\n");
                    pause(Duration.ofMillis(100));
                }
            });
        }
    }

    @Test
    void prefaceOfHttp2ThatDripsIsCutOff() {
        try (var api = new RunningApi(limits().withRequestTimeout(Duration.ofMillis(500)));
                Connection connection = api.connect()) {
            assertTrue(connection.send("PRI * HTTP/2.0\r\n").isClosedByServer());
        }
    }

    @Test
    void bodyThatDoesNotComeIsNotWaitedFor() {
        try (var api = new RunningApi(
                limits().withMaxConcurrentRequests(1).withRequestTimeout(Duration.ofSeconds(1)))) {
            String request = api.request(
                    "POST",
                    "/v1/customers",
                    "",
                    "Content-Type: application/json",
                    "Content-Length: 100") + "{";
            try (Connection connection = api.connect()) {
                assertTrue(connection.send(request).isClosedByServer());
            }
            // Its slot is free again, once the thread that was cut off has noticed.
            while (api.call("GET", "/v1/customers").status() == 503) {
                pause(Duration.ofMillis(10));
            }
            assertEquals(200, api.call("GET", "/v1/customers").status());
        }
    }

    @Test
    void slowAnswerIsNotCutOff() {
        try (var api = new RunningApi(
                limits().withIdleTimeout(Duration.ofSeconds(1)).withRequestTimeout(Duration.ofSeconds(1)))) {
            String id = api.create("Ada", "ada@example.com");
            // Longer than both limits and the second that passes between two looks at the clock.
            api.store.beforeFind(() -> pause(Duration.ofMillis(2_500)));

            assertEquals(200, api.call("GET", "/v1/customers/" + id).status());
        }
    }

    @Test
    void busyStoreIsSaidSo() {
        try (var api = new RunningApi()) {
            String id = api.create("Ada", "ada@example.com");
            api.store.beforeFind(() -> {
                throw new StoreBusy(Duration.ofSeconds(3));
            });

            Reply reply = api.call("GET", "/v1/customers/" + id);

            assertEquals(503, reply.status());
            assertEquals("/problems/overloaded", reply.problem());
            assertEquals(Optional.of("3"), reply.field("Retry-After"));
        }
    }

    @Test
    void unavailableStoreIsSaidSo() {
        try (var api = new RunningApi()) {
            String id = api.create("Ada", "ada@example.com");
            api.store.beforeFind(() -> {
                throw new StoreUnavailable(
                        Duration.ofMillis(100), new IllegalStateException("10.0.0.1 refused"));
            });

            Reply reply = api.call("GET", "/v1/customers/" + id);

            assertEquals(503, reply.status());
            assertEquals("/problems/unavailable", reply.problem());
            assertEquals(Optional.of("1"), reply.field("Retry-After"));
            assertEquals(List.of(), reply.fields("ETag"));
            assertTrue(!reply.text().contains("10.0.0.1"));
            assertTrue(reply.text().contains("\"detail\":\"The database cannot be reached.\""), reply.text());
        }
    }

    @Test
    void storeWithoutRoomIsNotSaidToBeOutOfReach() {
        try (var api = new RunningApi()) {
            String id = api.create("Ada", "ada@example.com");
            api.store.beforeFind(() -> {
                throw StoreUnavailable.withoutDisks(Duration.ofSeconds(30), new IllegalStateException("full"));
            });

            Reply reply = api.call("GET", "/v1/customers/" + id);

            assertEquals(503, reply.status());
            assertEquals("/problems/unavailable", reply.problem());
            assertEquals(Optional.of("30"), reply.field("Retry-After"));
            assertTrue(!reply.text().contains("reached"), reply.text());
            assertTrue(
                    reply.text().contains("\"detail\":\"The database cannot use its disks: they are full, or fail.\""));
        }
    }

    @Test
    void faultShowsNothingOfItsInside() {
        try (var api = new RunningApi()) {
            String id = api.create("Ada", "ada@example.com");
            api.store.beforeFind(() -> {
                throw new IllegalStateException("secret");
            });
            try (Connection connection = api.connect()) {
                Reply reply = connection.send(api.request("GET", "/v1/customers/" + id, "")).read();

                assertEquals(500, reply.status());
                assertEquals("/problems/internal", reply.problem());
                assertTrue(!reply.text().contains("secret") && !reply.text().contains("Exception"));
                // And the connection goes on.
                assertEquals(
                        200, connection.send(api.request("GET", "/health/live", "")).read().status());
            }
        }
    }

    @Test
    void errorOfTheMachineIsAnsweredToo() {
        try (var api = new RunningApi()) {
            String id = api.create("Ada", "ada@example.com");
            api.store.beforeFind(() -> {
                throw new StackOverflowError();
            });

            assertEquals(500, api.call("GET", "/v1/customers/" + id).status());
        }
    }

    @Test
    void addressInUseStopsTheStart() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ApiSettings settings = RunningApi.settings()
                    .withAddress(new ListenAddress("127.0.0.1", taken.getLocalPort()));

            IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> new RunningApi(settings));

            assertEquals("Cannot listen on 127.0.0.1:" + taken.getLocalPort(), thrown.getMessage());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
