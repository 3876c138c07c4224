package customerservice.persistence;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import customerservice.domain.DomainException;
import customerservice.domain.DomainException.StoreBusy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.ConnectionException;
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
final class Gate implements AutoCloseable {

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Handle handle) throws SQLException;
    }

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MAX_ATTEMPTS = 3;

    private final int poolSize;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Semaphore places;
    private final Breaker breaker;

    Gate(DatabaseSettings settings, ConnectionSource source, Optional<MetricsTrackerFactory> metrics) {
        poolSize = settings.poolSize();
        pool = Pool.open(settings, source, metrics);
        jdbi = Jdbi.create(pool);
        // Otherwise a failed statement's message quotes what was bound to it, which is personal data.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        places = new Semaphore(poolSize + settings.maxWaiting());
        breaker = new Breaker(() -> probe(source), this::renewConnections);
    }

    /**
     * Runs {@code work} with a connection in autocommit mode: every statement is a transaction, and again if the server
     * asks for that.
     */
    <T> T call(Work<T> work) {
        breaker.pass();
        if (!places.tryAcquire()) {
            throw new StoreBusy(RETRY_AFTER);
        }
        try {
            return attempt(work);
        } finally {
            places.release();
        }
    }

    private <T> T attempt(Work<T> work) {
        for (int attempt = 1;; attempt++) {
            try (Handle handle = jdbi.open()) {
                return work.with(handle);
            } catch (ConnectionException e) {
                throw notAcquired(e);
            } catch (JdbiException e) {
                throwUnlessTransient(sqlCause(e).orElseThrow(() -> e), e, attempt);
            } catch (SQLException e) {
                throwUnlessTransient(e, new IllegalStateException("SQLSTATE " + SqlState.of(e), e), attempt);
            }
        }
    }

    /** The pool says "timed out" both when all connections are in use and when none can be made. */
    private DomainException notAcquired(ConnectionException e) {
        boolean timedOut = e.getCause() instanceof SQLTransientConnectionException;
        boolean failed = e.getCause().getCause() instanceof SQLException;
        if (timedOut && (failed || pool.getHikariPoolMXBean().getTotalConnections() < poolSize)) {
            breaker.suspect();
        }
        return timedOut && !failed
                ? new StoreBusy(RETRY_AFTER)
                : Breaker.unavailable((SQLException) (failed ? e.getCause().getCause() : e.getCause()));
    }

    private void throwUnlessTransient(SQLException cause, RuntimeException otherwise, int attempt) {
        if (SqlState.isConnectionLost(cause)) {
            breaker.suspect();
            throw Breaker.unavailable(cause);
        }
        if (SqlState.isOverloaded(cause) || (SqlState.isTransient(cause) && attempt == MAX_ATTEMPTS)) {
            throw new StoreBusy(RETRY_AFTER);
        }
        if (!SqlState.isTransient(cause)) {
            throw otherwise;
        }
    }

    /** The first SQLException behind this. */
    static Optional<SQLException> sqlCause(JdbiException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    boolean isOpen() {
        return !breaker.isOpen();
    }

    /** Asks on a connection of its own whether the database takes writes. */
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
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public void close() {
        breaker.close();
        pool.close();
    }
}
