package customerservice.app.systemd;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The service manager, if there is one that wants to know; otherwise all of this does nothing. */
public final class Systemd {

    private static final Logger LOGGER = Logger.getLogger(Systemd.class.getName());
    private static final long MICROS_PER_MILLI = 1_000;

    private final UnixDatagrams socket;
    private final Duration watchdog;
    private boolean deaf;

    private Systemd(UnixDatagrams socket, Duration watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /**
     * As the environment says: {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC}, {@code WATCHDOG_PID}. A socket that cannot be
     * opened is logged; whether that is the end of the service is for systemd to say.
     */
    public static Systemd of(Map<String, String> environment) {
        String path = Objects.requireNonNull(environment, "environment").get("NOTIFY_SOCKET");
        if (path == null || path.isEmpty()) {
            return new Systemd(null, null);
        }
        try {
            return new Systemd(UnixDatagrams.to(path), watchdog(environment));
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOGGER.log(Level.WARNING, "systemd cannot be notified: " + e.getMessage());
            return new Systemd(null, null);
        }
    }

    /** How often it wants a sign of life at least; see sd_watchdog_enabled(3). */
    private static Duration watchdog(Map<String, String> environment) {
        String micros = environment.get("WATCHDOG_USEC");
        String pid = environment.get("WATCHDOG_PID");
        if (micros == null
                || (pid != null && !pid.equals(Long.toString(ProcessHandle.current().pid())))) {
            return null;
        }
        try {
            Duration interval = Duration.ofMillis(Long.parseLong(micros) / MICROS_PER_MILLI);
            return interval.isPositive() ? interval : null;
        } catch (NumberFormatException e) {
            LOGGER.log(Level.WARNING, "WATCHDOG_USEC is not a number");
            return null;
        }
    }

    /** Whether anybody listens. */
    public boolean isPresent() {
        return socket != null;
    }

    /** After how long without a sign of life the process is killed; empty if it is not watched. */
    public Optional<Duration> watchdogInterval() {
        return Optional.ofNullable(watchdog);
    }

    /** Started: what depends on this unit may start. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + status);
    }

    /** One line that {@code systemctl status} shows. */
    void status(String status) {
        send("STATUS=" + status);
    }

    /** Still starting, and in need of this much time from now on. */
    public void starting(String status, Duration more) {
        send("STATUS=" + status + "\nEXTEND_TIMEOUT_USEC=" + more.toMillis() * MICROS_PER_MILLI);
    }

    /** On the way out, which may take so long. */
    public void stopping(String status, Duration atMost) {
        send("STOPPING=1\nSTATUS=" + status + "\nEXTEND_TIMEOUT_USEC=" + atMost.toMillis() * MICROS_PER_MILLI);
    }

    /** The sign of life. */
    void alive() {
        send("WATCHDOG=1");
    }

    private synchronized void send(String state) {
        if (socket == null) {
            return;
        }
        byte[] bytes = state.getBytes(StandardCharsets.UTF_8);
        boolean sent = socket.send(bytes, bytes.length);
        if (!sent && !deaf) {
            LOGGER.log(Level.WARNING, "systemd does not take notifications");
        }
        deaf = !sent;
    }
}
