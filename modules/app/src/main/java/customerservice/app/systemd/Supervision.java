package customerservice.app.systemd;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The thread that feeds systemd's watchdog as long as the self-check passes, and keeps the status line up to date. Feeds
 * at half the interval, as sd_watchdog_enabled(3) recommends; a check takes half of that at most.
 */
public final class Supervision implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(Supervision.class.getName());
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(10);

    private final Systemd systemd;
    private final SelfCheck check;
    private final Supplier<String> status;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stopping;
    private String told = "";

    private Supervision(Systemd systemd, SelfCheck check, Supplier<String> status) {
        this.systemd = systemd;
        this.check = check;
        this.status = status;
    }

    /** @param status asked every ten seconds or more often; told if it has changed */
    public static Supervision start(Systemd systemd, SelfCheck check, Supplier<String> status) {
        var supervision = new Supervision(
                Objects.requireNonNull(systemd, "systemd"),
                Objects.requireNonNull(check, "check"),
                Objects.requireNonNull(status, "status"));
        Thread.ofPlatform().daemon().name("systemd").start(supervision::run);
        return supervision;
    }

    /** How long one listener may take to answer the self-check. */
    public static Duration checkLimit(Duration watchdogInterval) {
        return watchdogInterval.dividedBy(8);
    }

    /**
     * From now on signs of life are given unasked, as a service that drains refuses requests in the end; and no status is
     * told any more that could hide that it stops.
     */
    public synchronized void stopping() {
        stopping = true;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        Duration period = systemd.watchdogInterval()
                .map(interval -> interval.dividedBy(2))
                .filter(half -> half.compareTo(LONGEST_PERIOD) < 0)
                .orElse(LONGEST_PERIOD);
        try {
            do {
                look();
            } while (!closed.await(period.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            feed();
            tell();
        } catch (RuntimeException | Error e) {
            // Next time, perhaps; if there is no sign of life until then, systemd knows what to do.
            LOGGER.log(Level.SEVERE, "systemd is not told how the service does", e);
        }
    }

    private void feed() {
        if (systemd.watchdogInterval().isEmpty()) {
            return;
        }
        if (stopping || check.passes()) {
            systemd.alive();
        } else {
            LOGGER.log(Level.SEVERE, "the service does not answer itself; systemd gets no sign of life");
        }
    }

    private synchronized void tell() {
        if (stopping) {
            return;
        }
        String line = status.get();
        if (!line.equals(told)) {
            systemd.status(line);
            told = line;
        }
    }
}
