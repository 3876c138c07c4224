package customerservice.persistence.connection;

import customerservice.domain.DomainException.StoreUnavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Refuses calls while the database is known to be lost, so that nobody waits for a time-out that others have sat
 * through already.
 *
 * <p>A failed call is a suspicion and no more: one connection may break alone. A probe on a connection of its own
 * decides, and then keeps asking until the database is back. Slow statements are no suspicion.
 */
final class Breaker implements AutoCloseable {

    /** Asks whether the database is there and takes writes. */
    @FunctionalInterface
    interface Probe {
        void run() throws SQLException;
    }

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);

    private final Probe probe;
    private final Runnable onReturn;
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile SQLException lost;
    private volatile boolean closed;

    /** @param onReturn runs after the database is back and before the first call is let through */
    Breaker(Probe probe, Runnable onReturn) {
        this.probe = probe;
        this.onReturn = onReturn;
    }

    /** @throws StoreUnavailable if the database is known to be lost */
    void pass() {
        SQLException cause = lost;
        if (cause != null) {
            throw unavailable(cause);
        }
    }

    boolean isOpen() {
        return lost != null;
    }

    static StoreUnavailable unavailable(SQLException cause) {
        return new StoreUnavailable(RETRY_AFTER, cause);
    }

    /** Has the database looked after, in the background. */
    void suspect() {
        if (!closed && probing.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("database-probe").start(this::probeUntilBack);
        }
    }

    private void probeUntilBack() {
        try {
            while (!closed && !isBack()) {
                LockSupport.parkNanos(PROBE_INTERVAL.toNanos());
            }
        } finally {
            probing.set(false);
        }
    }

    private boolean isBack() {
        try {
            probe.run();
        } catch (SQLException e) {
            if (lost == null) {
                System.getLogger(Breaker.class.getName())
                        .log(System.Logger.Level.ERROR, "database lost: " + e.getMessage());
            }
            lost = e;
            return false;
        }
        if (lost != null) {
            onReturn.run();
            lost = null;
            System.getLogger(Breaker.class.getName()).log(System.Logger.Level.INFO, "database is back");
        }
        return true;
    }

    @Override
    public void close() {
        closed = true;
    }
}
