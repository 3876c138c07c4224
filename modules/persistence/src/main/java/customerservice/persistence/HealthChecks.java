package customerservice.persistence;

import customerservice.persistence.connection.ConnectionSource;
import customerservice.persistence.connection.SqlState;
import customerservice.persistence.schema.SchemaCheck;
import customerservice.persistence.schema.SchemaStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Looks at the database by a connection of its own, so that an exhausted pool does not read as a lost database. Many
 * who ask at once, and those who ask again soon, get one and the same answer: nobody can wear the database out by asking.
 */
final class HealthChecks {

    private static final Duration REMEMBERED = Duration.ofMillis(250);

    private final ConnectionSource source;
    private final BooleanSupplier cacheTrusted;
    private final boolean cacheEnabled;
    private final ReentrantLock lock = new ReentrantLock();
    private List<DatabaseCheck> last = List.of();
    private long checkedAt;

    HealthChecks(ConnectionSource source, boolean cacheEnabled, BooleanSupplier cacheTrusted) {
        this.source = source;
        this.cacheEnabled = cacheEnabled;
        this.cacheTrusted = cacheTrusted;
    }

    List<DatabaseCheck> run() {
        lock.lock();
        try {
            if (last.isEmpty() || System.nanoTime() - checkedAt > REMEMBERED.toNanos()) {
                last = check();
                checkedAt = System.nanoTime();
            }
            return last;
        } finally {
            lock.unlock();
        }
    }

    private List<DatabaseCheck> check() {
        DatabaseCheck database;
        DatabaseCheck schema;
        try (Connection connection = source.connectToProbe()) {
            database = primary(connection);
            schema = schema(connection);
        } catch (SQLException e) {
            database = new DatabaseCheck("database", false, "does not answer (SQLSTATE " + SqlState.of(e) + ")");
            schema = new DatabaseCheck("schema", false, "not known");
        }
        return List.of(database, schema, listener());
    }

    private static DatabaseCheck primary(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_is_in_recovery()")) {
            boolean standby = row.next() && row.getBoolean(1);
            return new DatabaseCheck("database", !standby, standby ? "is a standby" : "primary answers");
        }
    }

    private static DatabaseCheck schema(Connection connection) throws SQLException {
        return switch (SchemaCheck.check(connection)) {
            case SchemaStatus.Current() -> new DatabaseCheck("schema", true, "current");
            case SchemaStatus.Behind(List<String> missing) ->
                new DatabaseCheck("schema", false, "behind by " + missing.size() + " migrations");
            case SchemaStatus.NotReadable() -> new DatabaseCheck("schema", false, "may not be read by this role");
            case SchemaStatus.Different(List<String> ids) ->
                new DatabaseCheck("schema", false, ids.size() + " migrations differ");
        };
    }

    private DatabaseCheck listener() {
        if (!cacheEnabled) {
            return new DatabaseCheck("cache-listener", true, "cache is off");
        }
        boolean up = cacheTrusted.getAsBoolean();
        return new DatabaseCheck("cache-listener", up, up ? "listening" : "not listening; reads bypass the cache");
    }
}
