package customerservice.persistence.cache;

import customerservice.persistence.connection.ConnectionSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens, on a connection of its own, to what the database's trigger says about changed customers.
 *
 * <p>Hearing nothing means two things: nothing has changed, or nobody can be heard. So the connection is asked for an
 * answer twice in each lease, and whoever relies on this has to ask {@link #isTrusted} first, which is true only until
 * the lease since the last answer is over. The server delivers in order, so an answer also means that everything said
 * before the question has been heard.
 *
 * <p>After a loss everything may have changed: the new connection first listens, then has all forgotten, and only then
 * is trusted.
 */
public final class ChangeListener implements AutoCloseable {

    /** What is heard; called on the listener's own thread. */
    public interface Listener {
        /** @param payload of the notification: a customer's id, or empty for all customers */
        void changed(String payload);

        /** Notifications may have been lost. */
        void anythingMayHaveChanged();
    }

    private static final System.Logger LOG = System.getLogger(ChangeListener.class.getName());
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final ConnectionSource source;
    private final Listener listener;
    private final long leaseNanos;
    private final Thread thread;
    private volatile long trustedUntil = System.nanoTime();
    private volatile Connection connection;
    private volatile boolean closed;

    public ChangeListener(ConnectionSource source, Duration lease, Listener listener) {
        this.source = source;
        this.listener = listener;
        this.leaseNanos = lease.toNanos();
        // Not a virtual thread: those take their turn behind all requests, and this one must not.
        this.thread = Thread.ofPlatform().daemon().name("cache-listener").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether every change that was committed until now has been heard, or will be at once. */
    public boolean isTrusted() {
        return System.nanoTime() - trustedUntil < 0;
    }

    private void run() {
        Duration pause = SHORTEST_PAUSE;
        while (!closed) {
            try {
                listen();
            } catch (SQLException | RuntimeException | Error e) {
                // An Error, too: the cache would be bypassed for good.
                boolean hadBeenTrusted = distrust();
                if (closed) {
                    return;
                }
                pause = hadBeenTrusted ? SHORTEST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
                LOG.log(
                        hadBeenTrusted ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                        "cache bypassed, listening connection lost: " + e.getMessage());
            }
            LockSupport.parkNanos(jittered(pause));
        }
    }

    private void listen() throws SQLException {
        try (Connection opened = source.connectToListen();
                Statement statement = opened.createStatement();
                PreparedStatement question = opened.prepareStatement("select 1")) {
            connection = opened;
            opened.setNetworkTimeout(Runnable::run, (int) Duration.ofNanos(leaseNanos).toMillis());
            var notifications = opened.unwrap(PGConnection.class);
            long askedAt = System.nanoTime();
            statement.execute("listen customers_changed");
            listener.anythingMayHaveChanged();
            trust(askedAt);
            while (!closed) {
                long untilNextQuestion = askedAt + leaseNanos / 2 - System.nanoTime();
                if (untilNextQuestion > 0) {
                    // In whole milliseconds, of which 0 would mean for ever.
                    hear(notifications.getNotifications((int) (untilNextQuestion / 1_000_000) + 1));
                } else {
                    askedAt = System.nanoTime();
                    question.execute();
                    hear(notifications.getNotifications());
                    trust(askedAt);
                }
            }
        } finally {
            connection = null;
        }
    }

    private void hear(PGNotification[] notifications) {
        if (notifications != null) {
            for (PGNotification notification : notifications) {
                listener.changed(notification.getParameter());
            }
        }
    }

    /** From the question on, not from the answer: the answer may have been long under way. */
    private void trust(long askedAt) {
        trustedUntil = askedAt + leaseNanos;
    }

    private boolean distrust() {
        boolean trusted = isTrusted();
        trustedUntil = System.nanoTime();
        return trusted;
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
        trustedUntil = System.nanoTime();
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "closing the listening connection", e);
            }
        }
        LockSupport.unpark(thread);
    }
}
