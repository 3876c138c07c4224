package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.Role;
import customerservice.testsupport.Await;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * A process is asked to stop, twice, by SIGTERM, while clients keep their connections busy and one request is held up.
 * The clients do what those behind a balancer do: open no new connection some time after the instance has turned unready.
 */
final class DrainTest {

    private static final Duration READINESS_DELAY = Duration.ofMillis(1_500);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Map<String, String> SETTINGS = Map.of(
            "shutdown.readiness_delay", READINESS_DELAY.toMillis() + "ms",
            "shutdown.timeout", TIMEOUT.toSeconds() + "s",
            "database.statement_timeout", "25s",
            "database.socket_timeout", "30s");

    /** 128 + SIGTERM, which the systemd unit takes for success. */
    private static final int TERMINATED = 143;

    private static final int CLIENTS = 6;

    private static final Queue<Load.Exchange> ANSWERS = new ConcurrentLinkedQueue<>();
    private static final Queue<String> FAILURES = new ConcurrentLinkedQueue<>();
    private static final List<Load.Exchange> READINESS = new ArrayList<>();
    private static Answer heldUp;
    private static boolean waitedForHeldUp;
    private static volatile long terminated;
    /** When the instance was first seen unready. */
    private static volatile long unready;
    private static long answered;
    private static long ended;
    private static int exitCode;

    @BeforeAll
    static void stopUnderLoad(TestReporter report) throws IOException, InterruptedException {
        TestDatabase database = Testbed.shared().newDatabase();
        var barrier = new Barrier(database);
        try (ServiceProcess service = Testbed.shared().serveApart(database, SETTINGS);
                var slow = new RawConnection(service.address())) {
            ApiClient admin = Testbed.shared().client(service.address(), Role.ADMIN);
            String path = admin.post("/v1/customers", "{\"name\":\"Ada\",\"email\":\"ada@example.com\"}")
                    .header("Location");
            slow.send(heldUpRequest(admin));
            barrier.awaitHeldUp(1);
            var noNewConnections = new AtomicBoolean();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofVirtual().start(() -> keepBusy(service, get(path, admin), noNewConnections)));
            }
            Await.until("load", () -> ANSWERS.size() > 300);

            terminated = System.nanoTime();
            service.terminate();
            watchReadiness(service, noNewConnections);
            service.terminate();
            for (Thread client : clients) {
                client.join();
            }
            waitedForHeldUp = service.isAlive();
            barrier.open();
            heldUp = slow.answer();
            answered = System.nanoTime();
            exitCode = service.exitCode(TIMEOUT);
            ended = System.nanoTime();
        }
        report.publishEntry(
                "drain",
                ANSWERS.size() + " answers, " + sinceUnready().size()
                        + " of them to requests that began after readiness"
                        + " had turned, " + millis(terminated, unready) + " ms after the signal; ended "
                        + millis(answered, ended) + " ms after the held up request");
    }

    /** One request after the other on a connection that is kept as long as it can be. */
    private static void keepBusy(ServiceProcess service, String request, AtomicBoolean noNewConnections) {
        while (!noNewConnections.get()) {
            try (var connection = new RawConnection(service.address())) {
                boolean kept = true;
                while (kept) {
                    long began = System.nanoTime();
                    connection.send(request);
                    Answer answer = connection.answer();
                    ANSWERS.add(new Load.Exchange("get", began, System.nanoTime(), answer));
                    kept = !answer.header("Connection").equals("close");
                    LockSupport.parkNanos(2_000_000);
                }
            } catch (IOException e) {
                FAILURES.add(Duration.ofNanos(System.nanoTime() - terminated) + " after the signal: " + e);
                return;
            }
        }
    }

    /**
     * As a balancer does, with a new connection each time, until the instance takes none.
     *
     * @param noNewConnections set half of the delay after readiness has turned
     */
    private static void watchReadiness(ServiceProcess service, AtomicBoolean noNewConnections) {
        while (true) {
            long began = System.nanoTime();
            try (var connection = new RawConnection(service.address())) {
                connection.send("GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                Answer answer = connection.answer();
                READINESS.add(new Load.Exchange("/health/ready", began, System.nanoTime(), answer));
                if (answer.status() == 503 && unready == 0) {
                    unready = System.nanoTime();
                }
            } catch (IOException closed) {
                return;
            }
            if (unready != 0 && System.nanoTime() - unready > READINESS_DELAY.dividedBy(2).toNanos()) {
                noNewConnections.set(true);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static String get(String path, ApiClient client) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + client.token().orElseThrow() + "\r\n\r\n";
    }

    private static String heldUpRequest(ApiClient client) {
        String body = "{\"name\":\"" + Barrier.NAME + "\",\"email\":\"held-up@example.com\"}";
        return "POST /v1/customers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + client.token().orElseThrow() + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static List<Load.Exchange> sinceUnready() {
        return ANSWERS.stream().filter(exchange -> unready != 0 && exchange.began() - unready > 0).toList();
    }

    private static long millis(long from, long to) {
        return Duration.ofNanos(to - from).toMillis();
    }

    @Test
    void readinessTurnsFirst() {
        assertFalse(READINESS.isEmpty());
        assertTrue(unready != 0, () -> "it did not turn: " + READINESS);
        assertTrue(millis(terminated, unready) < READINESS_DELAY.toMillis());
        READINESS.stream()
                .filter(exchange -> exchange.began() - unready > 0)
                .forEach(exchange -> assertEquals(503, exchange.status(), exchange::toString));
    }

    @Test
    void requestsAreStillServedAfterReadinessHasTurned() {
        assertTrue(sinceUnready().size() > 20, () -> "no more than " + sinceUnready().size());
    }

    @Test
    void noRequestFails() {
        assertEquals(List.of(), List.copyOf(FAILURES));
        ANSWERS.forEach(exchange -> assertEquals(200, exchange.status(), exchange::toString));
    }

    @Test
    void theRequestInFlightIsWaitedForAndAnswered() {
        assertTrue(waitedForHeldUp, "it ended although a request was in flight");
        assertEquals(201, heldUp.status(), heldUp::toString);
    }

    @Test
    void answersCloseTheirConnectionsOnceReadinessHasTurned() {
        sinceUnready().forEach(
                exchange -> assertEquals("close", exchange.answer().header("Connection"), exchange::toString));
    }

    @Test
    void theProcessEndsWithTheExitCodeOfItsSignal() {
        assertEquals(TERMINATED, exitCode);
    }

    /** And not only when the time to stop is over. */
    @Test
    void theProcessEndsSoonAfterItsLastAnswer() {
        assertTrue(
                millis(answered, ended) < TIMEOUT.dividedBy(2).toMillis(),
                () -> millis(answered, ended) + " ms after the last answer");
    }

    @Test
    void anIdleConnectionDoesNotHoldUpTheEnd() throws IOException {
        var settings = Map.of("shutdown.readiness_delay", "200ms", "shutdown.timeout", "1m");
        TestDatabase database = Testbed.shared().newDatabase();
        try (ServiceProcess service = Testbed.shared().serveApart(database, settings);
                var idle = new RawConnection(service.address());
                var unused = new RawConnection(service.address())) {
            idle.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals(200, idle.answer().status());
            service.terminate();
            assertEquals(TERMINATED, service.exitCode(Duration.ofSeconds(20)));
            assertThrows(EOFException.class, idle::answer);
            assertThrows(IOException.class, unused::answer);
        }
    }
}
