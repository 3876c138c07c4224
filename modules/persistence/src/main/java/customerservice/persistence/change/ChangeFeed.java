package customerservice.persistence.change;

import customerservice.persistence.connection.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells what has changed in the database, whoever has changed it: asks the {@link Outbox} again and again, on a
 * connection and a thread of its own.
 *
 * <p>Whoever keeps something in memory has to ask {@link #isTrusted} before he relies on it. That is true until the lease
 * is over that began when the last question with an answer was asked; so nothing that is taken from memory is older than
 * the lease, whatever is lost or late. Leases may differ: the questions follow one another at the pace of the shortest.
 *
 * <p>A new connection first takes a position, then has all forgotten, and is trusted from its first answer on.
 */
public final class ChangeFeed implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ChangeFeed.class.getName());
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** What was announced longer ago may be gone. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private static final Duration LATE = Duration.ofSeconds(1);

    private final ConnectionSource source;
    private final Map<Topic, ChangeListener> listeners;
    private final Duration shortestLease;
    private final Thread thread;
    private volatile long answeredAt = System.nanoTime();
    private volatile boolean told;
    private volatile Connection connection;
    private volatile boolean closed;

    /** @param shortestLease how old what is in memory may be, up to 5 s */
    public ChangeFeed(ConnectionSource source, Duration shortestLease, Map<Topic, ChangeListener> listeners) {
        this.source = source;
        this.listeners = Map.copyOf(listeners);
        this.shortestLease = shortestLease;
        // Not a virtual thread: those take their turn behind all requests, and this one must not.
        this.thread = Thread.ofPlatform().daemon().name("change-feed").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether every change has been told that was committed longer ago than the shortest lease. */
    public boolean isTrusted() {
        return isTrusted(shortestLease);
    }

    /** Whether every change has been told that was committed longer ago than this. */
    public boolean isTrusted(Duration lease) {
        return told && System.nanoTime() - answeredAt < lease.toNanos() && !closed;
    }

    /** Whether there is nothing wrong: a question that is answered late is no reason to wake anybody. */
    public boolean isUp() {
        return isTrusted(shortestLease.plus(LATE));
    }

    private void run() {
        Duration pause = SHORTEST_PAUSE;
        while (!closed) {
            try (Connection opened = source.connectToHearOfChanges(); Outbox outbox = new Outbox(opened)) {
                connection = opened;
                ask(outbox);
            } catch (SQLException | RuntimeException | Error e) {
                // An Error, too: the memory would be bypassed for good.
                if (closed) {
                    return;
                }
                // Once for each loss: one that has told nothing yet is tried again and again.
                pause = told ? SHORTEST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
                LOG.log(
                        told ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                        "nothing is taken from memory, changes cannot be heard of: " + e.getMessage());
            } finally {
                connection = null;
                told = false;
            }
            LockSupport.parkNanos(jittered(pause));
        }
    }

    private void ask(Outbox outbox) throws SQLException {
        Position position = outbox.now();
        listeners.values().forEach(ChangeListener::anythingMayHaveChanged);
        var positions = new Positions(position, System.nanoTime());
        while (!closed) {
            long askedAt = System.nanoTime();
            Position last = position;
            position = outbox.tell(last, listeners);
            long missed = position.serverMillis() - last.serverMillis();
            if (missed > LONGEST_SILENCE.toMillis()) {
                throw new SQLException("not asked for " + missed + " ms");
            }
            answeredAt = askedAt;
            told = true;
            positions.add(position, askedAt);
            if (positions.isTimeToDelete(askedAt)) {
                positions.deleted(outbox.delete(positions.old(askedAt)), askedAt);
            }
            LockSupport.parkNanos(askedAt + shortestLease.toNanos() * 2 / 5 - System.nanoTime());
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static long jittered(Duration pause) {
        return ThreadLocalRandom.current().nextLong(pause.toNanos() / 2, pause.toNanos() + 1);
    }

    @Override
    public void close() {
        closed = true;
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "closing the connection that hears of changes", e);
            }
        }
        LockSupport.unpark(thread);
    }
}
