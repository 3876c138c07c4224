package customerservice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.systemd.NotificationReceiver;
import customerservice.testsupport.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program tells the service manager in the course of its life. */
class SystemdNotificationTest {

    private static final int SIGTERM = 128 + 15;

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Host host;
    private NotificationReceiver receiver;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.migrated();
        host = new Host(folder, database);
        host.variable("NOTIFY_SOCKET", folder.resolve("notify").toString());
        receiver = new NotificationReceiver(folder.resolve("notify").toString());
    }

    @AfterEach
    void close() {
        receiver.close();
        database.close();
    }

    private Program serve() throws IOException {
        return Program.start(folder, host.environment(), "serve");
    }

    @Test
    void readyIsToldOnceThePortIsOpen() throws IOException {
        int port = FreePort.next();
        host.configure("server.port", Integer.toString(port));
        try (Program program = serve()) {
            NotificationReceiver.Notification ready = receiver.await("ready", told -> told.has("READY=1"));
            try (var client = new Socket()) {
                client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            }
            assertEquals("READY=1\nSTATUS=serving on port " + port, ready.text());
            assertEquals(ready, receiver.received().getFirst(), program.out());
        }
    }

    @Test
    void statusTellsRequestsErrorsAndPool() throws IOException {
        try (Program program = serve()) {
            NotificationReceiver.Notification status = receiver.await(
                    "status", told -> told.text().contains(" req/s, 0.0 % errors, pool 0/"));
            assertTrue(status.text().startsWith("STATUS=serving on port "), program.out());
        }
    }

    @Test
    void watchdogIsFedByAServiceThatAnswers() throws IOException {
        host.variable("WATCHDOG_USEC", "2000000");
        try (Program program = serve()) {
            assertTrue(receiver.await("WATCHDOG=1", 3).size() >= 3, program.out());
        }
    }

    @Test
    void withoutAWatchdogThereIsNoSignOfLife() throws IOException {
        try (Program program = serve()) {
            receiver.await("status", told -> told.text().contains("req/s"));
            assertEquals(List.of(), receiver.with("WATCHDOG=1"), program.out());
        }
    }

    @Test
    void waitingForTheDatabaseIsToldWithMoreTime() throws IOException {
        host.configure("database.url", "jdbc:postgresql://127.0.0.1:" + FreePort.next() + "/none");
        try (Program program = serve()) {
            NotificationReceiver.Notification waiting = receiver.await("waiting", told -> true);
            assertTrue(waiting.text().startsWith("STATUS=starting; waiting for the database: "), program.out());
            assertTrue(waiting.has("EXTEND_TIMEOUT_USEC=30000000"), waiting.text());
        }
    }

    @Test
    void stoppingIsToldWithTheTimeThatItMayTake() throws IOException, InterruptedException {
        host.configure("shutdown.timeout", "7s");
        try (Program program = serve()) {
            receiver.await("ready", told -> told.has("READY=1"));
            program.terminate();
            assertEquals(SIGTERM, program.exitCode());
            // No delay, 7 s for requests in flight, 10 s for the rest.
            assertEquals(
                    "STOPPING=1\nSTATUS=draining\nEXTEND_TIMEOUT_USEC=17000000",
                    receiver.received().getLast().text());
        }
    }

    /** The port is open by then, so that somebody may wait for an answer. */
    @Test
    void signalThatComesBeforeReadyIsTakenStillStopsInOrder() throws IOException, InterruptedException {
        receiver.fill();
        try (Program program = serve()) {
            program.awaitOut("serving at");
            program.terminate();
            assertFalse(program.endsWithin(Duration.ofMillis(500)), program::err);
            receiver.await("stopping", told -> told.has("STOPPING=1"));
            assertEquals(SIGTERM, program.exitCode());
            assertTrue(program.out().contains("\"message\":\"stopped\""), program.out());
        }
    }

    @Test
    void abstractAddressIsTold() throws IOException {
        String address = "@customer-service-test-" + ProcessHandle.current().pid();
        host.variable("NOTIFY_SOCKET", address);
        try (var other = new NotificationReceiver(address); Program program = serve()) {
            assertTrue(other.await("ready", told -> told.has("READY=1")).has("READY=1"), program.out());
        }
    }
}
