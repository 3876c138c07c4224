package customerservice.app.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemdTest {

    @TempDir
    private Path folder;

    private static List<String> texts(NotificationReceiver receiver) {
        return receiver.received().stream().map(NotificationReceiver.Notification::text).toList();
    }

    private static Optional<Duration> watchdog(Map<String, String> environment) {
        var all = new HashMap<>(environment);
        all.put("NOTIFY_SOCKET", "@customer-service-nobody-listens");
        return Systemd.of(all).watchdogInterval();
    }

    @Test
    void everyStateIsOneDatagramInTheManualsTerms() {
        String path = folder.resolve("notify").toString();
        try (var receiver = new NotificationReceiver(path)) {
            Systemd systemd = Systemd.of(Map.of("NOTIFY_SOCKET", path));
            systemd.starting("waiting", Duration.ofSeconds(30));
            systemd.ready("serving");
            systemd.status("12 req/s");
            systemd.alive();
            systemd.stopping("draining", Duration.ofMillis(1_500));
            assertEquals(
                    List.of(
                            "STATUS=waiting\nEXTEND_TIMEOUT_USEC=30000000",
                            "READY=1\nSTATUS=serving",
                            "STATUS=12 req/s",
                            "WATCHDOG=1",
                            "STOPPING=1\nSTATUS=draining\nEXTEND_TIMEOUT_USEC=1500000"),
                    texts(receiver));
        }
    }

    @Test
    void abstractAddressIsReached() {
        String address = "@customer-service-test-" + ProcessHandle.current().pid();
        try (var receiver = new NotificationReceiver(address)) {
            Systemd.of(Map.of("NOTIFY_SOCKET", address)).alive();
            assertEquals(List.of("WATCHDOG=1"), texts(receiver));
        }
    }

    @Test
    void longestPathIsReached() {
        String path = folder.toString();
        path += "/" + "x".repeat(107 - path.length() - 1);
        try (var receiver = new NotificationReceiver(path)) {
            Systemd.of(Map.of("NOTIFY_SOCKET", path)).alive();
            assertEquals(List.of("WATCHDOG=1"), texts(receiver));
        }
    }

    @Test
    void withoutASocketThereIsNobody() {
        Systemd systemd = Systemd.of(Map.of("WATCHDOG_USEC", "1000000"));
        assertFalse(systemd.isPresent());
        assertEquals(Optional.empty(), systemd.watchdogInterval());
        systemd.ready("to nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "relative/path", "vsock:2:1234"})
    void addressThatIsNoneIsNobody(String address) {
        assertFalse(Systemd.of(Map.of("NOTIFY_SOCKET", address)).isPresent());
    }

    @Test
    void pathThatIsTooLongIsNobody() {
        assertFalse(Systemd.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(107))).isPresent());
    }

    @Test
    void socketThatIsGoneDoesNoHarm() {
        Systemd systemd = Systemd.of(Map.of("NOTIFY_SOCKET", folder.resolve("gone").toString()));
        assertTrue(systemd.isPresent());
        systemd.alive();
    }

    @Test
    void watchdogIntervalIsInMicroseconds() {
        assertEquals(Optional.of(Duration.ofSeconds(20)), watchdog(Map.of("WATCHDOG_USEC", "20000000")));
    }

    @Test
    void watchdogOfAnotherProcessIsNotOurs() {
        assertEquals(
                Optional.empty(), watchdog(Map.of("WATCHDOG_USEC", "20000000", "WATCHDOG_PID", "1")));
    }

    @Test
    void watchdogOfThisProcessIsOurs() {
        String pid = Long.toString(ProcessHandle.current().pid());
        assertEquals(
                Optional.of(Duration.ofSeconds(20)),
                watchdog(Map.of("WATCHDOG_USEC", "20000000", "WATCHDOG_PID", pid)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "soon", ""})
    void watchdogIntervalThatIsNoneIsNone(String micros) {
        assertEquals(Optional.empty(), watchdog(Map.of("WATCHDOG_USEC", micros)));
    }
}
