package customerservice.persistence.connection;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** How the connection pool is set up. */
final class Pool {

    private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);
    private static final Duration KEEPALIVE = Duration.ofMinutes(2);
    private static final Duration VALIDATION_TIMEOUT = Duration.ofMillis(500);

    private Pool() {}

    static HikariDataSource open(
            DatabaseSettings settings, ConnectionSource source, Optional<MetricsTrackerFactory> metrics) {
        // Given a HikariConfig instead, it would copy every field by reflection: a tenth of all that a start costs.
        var pool = new HikariDataSource();
        pool.setPoolName("customer-service");
        pool.setDataSource(source);
        pool.setMaximumPoolSize(settings.pool().size());
        // Connections are opened when calls need them and then kept. A minimum would have the pool retry on its own,
        // with growing pauses, while the database is away, and be asleep when it comes back.
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(0);
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(settings.pool().acquireTimeout().toMillis());
        pool.setValidationTimeout(
                Math.min(VALIDATION_TIMEOUT.toMillis(), settings.pool().acquireTimeout().toMillis()));
        pool.setMaxLifetime(MAX_LIFETIME.toMillis());
        pool.setKeepaliveTime(KEEPALIVE.toMillis());
        pool.setExceptionOverride(new EvictReadOnly());
        metrics.ifPresent(pool::setMetricsTrackerFactory);
        return pool;
    }

    /** A connection to what is no longer the primary is of no use, though nothing is wrong with it. */
    private static final class EvictReadOnly implements SQLExceptionOverride {
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException e) {
            return SqlState.of(e).equals(SqlState.READ_ONLY_TRANSACTION)
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }
}
