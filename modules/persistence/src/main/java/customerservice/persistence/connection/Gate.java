package customerservice.persistence.connection;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import customerservice.domain.DomainException;
import customerservice.domain.DomainException.StoreBusy;
import customerservice.domain.DomainException.StoreUnavailable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * The only way to a pooled connection. Bounds how many calls use and await one, refuses at once while the database is
 * lost, and turns what goes wrong into the domain's terms.
 *
 * <p>A call holds its connection from the first statement to the last; it must not call the gate again.
 */
public final class Gate implements AutoCloseable {

    /** What is done with a connection by way of Jdbi. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Handle handle) throws SQLException;
    }

    /** What is done with a bare connection. */
    @FunctionalInterface
    public interface PlainWork<T> {
        T with(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T run() throws SQLException;
    }

    private static final System.Logger LOG = System.getLogger(Gate.class.getName());
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MAX_ATTEMPTS = 3;

    /** Somebody has to make room, and to be told of it. */
    private static final Duration ROOM_WAIT = Duration.ofSeconds(30);

    private final ConnectionSource source;
    private final int poolSize;
    private final HikariDataSource pool;
    private final Semaphore places;
    private final Breaker breaker;
    private volatile Jdbi jdbi;
    private volatile boolean diskFailed;
    private volatile long diskFailedAt;

    /** @param clock says when the database was last found */
    public Gate(
            DatabaseSettings settings,
            ConnectionSource source,
            Clock clock,
            Optional<MetricsTrackerFactory> metrics) {
        this.source = source;
        poolSize = settings.pool().size();
        pool = Pool.open(settings, source, metrics);
        places = new Semaphore(poolSize + settings.pool().maxWaiting());
        breaker = new Breaker(() -> probe(source), this::renewConnections, clock);
        // Those to a host without power would each keep a call waiting before it is told that they are dead.
        source.whenPrimaryChanged(this::renewConnections);
    }

    /**
     * Asks the server without the pool, which would try again and again for as long as a call may wait.
     *
     * @throws StoreUnavailable if it is not there, or does not let this role in; not if it takes its time
     */
    public void requireServer() {
        try {
            source.connectToProbe().close();
        } catch (SQLException e) {
            if (SqlState.isRefusal(e)) {
                throw Breaker.unavailable(e);
            }
        }
    }

    /**
     * Runs {@code work} with a connection in autocommit mode: every statement is a transaction, and again if the server
     * asks for that.
     */
    public <T> T call(Work<T> work) {
        return admitted(() -> {
            try (Handle handle = jdbi().open()) {
                return work.with(handle);
            }
        });
    }

    /** The same without Jdbi, for what is asked before the service is ready: making Jdbi takes a while. */
    public <T> T callPlain(PlainWork<T> work) {
        return admitted(() -> {
            try (Connection connection = pool.getConnection()) {
                return work.with(connection);
            }
        });
    }

    private Jdbi jdbi() {
        Jdbi made = jdbi;
        if (made == null) {
            // Two at once make two that are alike.
            made = Jdbi.create(pool);
            // Otherwise a failed statement's message quotes what was bound to it, which is personal data.
            made.getConfig(StatementExceptions.class)
                    .setMessageRendering(StatementExceptions.MessageRendering.NONE);
            jdbi = made;
        }
        return made;
    }

    private <T> T admitted(Attempt<T> work) {
        breaker.pass();
        if (!places.tryAcquire()) {
            throw new StoreBusy(RETRY_AFTER);
        }
        try {
            return attempted(work);
        } finally {
            places.release();
        }
    }

    private <T> T attempted(Attempt<T> work) {
        for (int attempt = 1;; attempt++) {
            try {
                return work.run();
            } catch (SQLTransientConnectionException e) {
                throw notAcquired(e);
            } catch (SQLException e) {
                throwUnlessTransient(e, new IllegalStateException("SQLSTATE " + SqlState.of(e), e), attempt);
            } catch (JdbiException e) {
                SQLException cause = sqlCause(e).orElseThrow(() -> e);
                if (cause instanceof SQLTransientConnectionException timeout) {
                    throw notAcquired(timeout);
                }
                throwUnlessTransient(cause, e, attempt);
            }
        }
    }

    /** The pool says the same when all its connections are in use and when none can be made. */
    private DomainException notAcquired(SQLTransientConnectionException timeout) {
        if (timeout.getCause() instanceof SQLException failure) {
            if (SqlState.isDiskFailure(failure)) {
                return diskFailure(failure);
            }
            breaker.suspect();
            // Who is let in no more waits for those who were, as for a pool of which all are in use.
            return SqlState.isAnswer(failure) ? new StoreBusy(RETRY_AFTER) : Breaker.unavailable(failure);
        }
        if (pool.getHikariPoolMXBean().getTotalConnections() < poolSize) {
            breaker.suspect();
        }
        return new StoreBusy(RETRY_AFTER);
    }

    private void throwUnlessTransient(SQLException cause, RuntimeException otherwise, int attempt) {
        if (SqlState.isConnectionLost(cause)) {
            breaker.suspect();
            throw Breaker.unavailable(cause);
        }
        if (SqlState.isDiskFailure(cause)) {
            throw diskFailure(cause);
        }
        if (SqlState.isOverloaded(cause) || (SqlState.isTransient(cause) && attempt == MAX_ATTEMPTS)) {
            throw new StoreBusy(RETRY_AFTER);
        }
        if (!SqlState.isTransient(cause)) {
            throw otherwise;
        }
    }

    /** Told once in a while: every write comes here. */
    private StoreUnavailable diskFailure(SQLException cause) {
        if (hasRoom()) {
            LOG.log(System.Logger.Level.ERROR, "the database cannot use its disks: " + cause.getMessage());
        }
        diskFailedAt = System.nanoTime();
        diskFailed = true;
        return StoreUnavailable.withoutDisks(ROOM_WAIT, cause);
    }

    /** Whether the database has not refused a call for want of room on its disks lately; many calls need none. */
    public boolean hasRoom() {
        return !diskFailed || System.nanoTime() - diskFailedAt > ROOM_WAIT.toNanos();
    }

    /** The first SQLException behind this. */
    public static Optional<SQLException> sqlCause(JdbiException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    /** When the database, suspected to be lost, was last found to be there; 1970 if it never was. */
    public Instant lastProbe() {
        return breaker.succeeded();
    }

    boolean isOpen() {
        return !breaker.isOpen();
    }

    /** On a connection of its own. A primary that is read-only for a moment is there: reads go on. */
    private static void probe(ConnectionSource source) throws SQLException {
        try (Connection connection = source.connectToProbe();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_is_in_recovery()")) {
            if (row.next() && row.getBoolean(1)) {
                throw new SQLException("the server is a standby", SqlState.READ_ONLY_TRANSACTION);
            }
        }
    }

    /** What is in the pool dates from before the loss. */
    private void renewConnections() {
        HikariPoolMXBean used = pool.getHikariPoolMXBean();
        // Null as long as nobody has asked the pool for a connection.
        if (used != null) {
            used.softEvictConnections();
        }
    }

    @Override
    public void close() {
        breaker.close();
        pool.close();
    }
}
