package customerservice.persistence.connection;

import customerservice.domain.DomainException.StoreUnavailable;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Refuses calls while the database is known to be lost, so that nobody waits for a time-out that others have sat
 * through already.
 *
 * <p>A failed call is a suspicion and no more: one connection may break alone. A probe on a connection of its own
 * decides, and then keeps asking until the database is back, whatever happens to a single one: nobody else would let calls
 * through again. Slow statements are no suspicion. A server that answers, and lets nobody in, is there: whoever has a connection
 * goes on.
 */
final class Breaker implements AutoCloseable {

    /** Asks whether the database is there, and is the primary. */
    @FunctionalInterface
    interface Probe {
        void run() throws SQLException;
    }

    private static final System.Logger LOG = System.getLogger(Breaker.class.getName());
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);

    /** Every call that finds no free connection has the server asked. */
    private static final Duration TELL_INTERVAL = Duration.ofSeconds(30);

    private final Probe probe;
    private final Runnable onReturn;
    private final Clock clock;
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile SQLException lost;
    private volatile boolean closed;
    private volatile Instant succeeded = Instant.EPOCH;
    private volatile boolean toldOfRefusal;
    private volatile long toldOfRefusalAt;

    /** @param onReturn runs after the database is back and before the first call is let through */
    Breaker(Probe probe, Runnable onReturn, Clock clock) {
        this.probe = probe;
        this.onReturn = onReturn;
        this.clock = clock;
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

    /** When the database was last asked and found; 1970 if it was never suspected, or never found. */
    Instant succeeded() {
        return succeeded;
    }

    static StoreUnavailable unavailable(SQLException cause) {
        return new StoreUnavailable(RETRY_AFTER, cause);
    }

    /** Has the database looked after, in the background. */
    void suspect() {
        if (!closed && probing.compareAndSet(false, true)) {
            try {
                Thread.ofPlatform().daemon().name("database-probe").start(this::probeUntilBack);
            } catch (RuntimeException | Error e) {
                // There is no thread to be had; the next call that fails tries again.
                probing.set(false);
                failed("database is not looked after", e);
            }
        }
    }

    private void probeUntilBack() {
        boolean told = false;
        try {
            while (!closed) {
                try {
                    if (isBack()) {
                        return;
                    }
                } catch (RuntimeException | Error e) {
                    if (!told) {
                        failed("database probe failed, and is repeated", e);
                        told = true;
                    }
                }
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
            if (!SqlState.isAnswer(e)) {
                if (lost == null) {
                    LOG.log(System.Logger.Level.ERROR, "database lost: " + e.getMessage());
                }
                lost = e;
                return false;
            }
            refused(e);
        }
        succeeded = clock.instant();
        if (lost != null) {
            prepareReturn();
            lost = null;
            LOG.log(System.Logger.Level.INFO, "database is back");
        }
        return true;
    }

    private void refused(SQLException cause) {
        if (!toldOfRefusal || System.nanoTime() - toldOfRefusalAt > TELL_INTERVAL.toNanos()) {
            LOG.log(System.Logger.Level.ERROR, "the database allows no new connection: " + cause.getMessage());
            toldOfRefusalAt = System.nanoTime();
            toldOfRefusal = true;
        }
        // Else those who find no free connection would have the server asked without a pause.
        LockSupport.parkNanos(PROBE_INTERVAL.toNanos());
    }

    /** Calls are let through in any case: what was not prepared costs one of them a failure, not all of them. */
    private void prepareReturn() {
        try {
            onReturn.run();
        } catch (RuntimeException | Error e) {
            failed("connections from before the loss were not renewed", e);
        }
    }

    private static void failed(String what, Throwable cause) {
        LOG.log(System.Logger.Level.WARNING, what, cause);
    }

    @Override
    public void close() {
        closed = true;
    }
}
