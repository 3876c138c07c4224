package customerservice.testsupport;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the machine keeps a process of PostgreSQL, or a thread of this JVM, from running: others use the cores too.
 * What has to happen within milliseconds is given that much more, so that the bound is exact on a quiet machine and does
 * not fail on a busy one.
 *
 * <p>Measured on a connection that is idle but for an empty question each millisecond, as a listening one is but for its
 * notifications.
 */
public final class Stalls implements AutoCloseable {

    private static final long INTERVAL_NANOS = 1_000_000;

    private final Connection connection;
    private final Thread thread = Thread.ofPlatform().daemon().name("stalls").unstarted(this::run);
    private volatile long longest;
    private volatile boolean closed;

    /** @param connection which nobody else uses and {@link #close} closes; it is asked from now on */
    public Stalls(Connection connection) {
        this.connection = Objects.requireNonNull(connection, "connection");
        thread.start();
    }

    private void run() {
        try (PreparedStatement question = connection.prepareStatement("select 1")) {
            while (!closed) {
                long began = System.nanoTime();
                LockSupport.parkNanos(INTERVAL_NANOS);
                question.execute();
                longest = Math.max(longest, System.nanoTime() - began - INTERVAL_NANOS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the measurement, with the question that is under way, and gives the longest of all. */
    public Duration longest() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Duration.ofNanos(longest);
    }

    /** Ends the measurement and the connection. */
    @Override
    public void close() {
        longest();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
