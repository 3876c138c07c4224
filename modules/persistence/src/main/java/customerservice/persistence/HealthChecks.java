package customerservice.persistence;

import customerservice.persistence.connection.ConnectionSource;
import customerservice.persistence.connection.SqlState;
import customerservice.persistence.schema.DatabaseState;
import customerservice.persistence.schema.SchemaCheck;
import customerservice.persistence.schema.SchemaObjects;
import customerservice.persistence.schema.SchemaStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Looks at the database by a connection of its own, so that an exhausted pool does not read as a lost database. Many
 * who ask at once, and those who ask again soon, get one and the same answer: nobody can wear the database out by asking.
 */
final class HealthChecks {

    private static final Duration REMEMBERED = Duration.ofMillis(250);
    private static final String NOT_KNOWN = "not known";

    private final ConnectionSource source;
    private final BooleanSupplier feedIsUp;
    private final BooleanSupplier hasRoom;
    private final ReentrantLock lock = new ReentrantLock();
    private List<DatabaseCheck> last = List.of();
    private long checkedAt;

    /** @param hasRoom whether no call was refused lately for want of room on a disk */
    HealthChecks(ConnectionSource source, BooleanSupplier feedIsUp, BooleanSupplier hasRoom) {
        this.source = source;
        this.feedIsUp = feedIsUp;
        this.hasRoom = hasRoom;
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
        try (Connection connection = source.connectToProbe()) {
            DatabaseState state = DatabaseState.of(connection);
            SchemaStatus status = SchemaCheck.check(connection);
            return List.of(database(state), schema(connection, status), role(state, status), changeFeed());
        } catch (SQLException e) {
            return List.of(
                    new DatabaseCheck("database", false, "does not answer (SQLSTATE " + SqlState.of(e) + ")"),
                    new DatabaseCheck("schema", false, NOT_KNOWN),
                    new DatabaseCheck("database-role", false, NOT_KNOWN),
                    changeFeed());
        }
    }

    private DatabaseCheck database(DatabaseState state) {
        List<String> problems = new ArrayList<>(state.problems());
        if (!hasRoom.getAsBoolean()) {
            problems.add("has refused a call for want of room on its disks");
        }
        return problems.isEmpty()
                ? new DatabaseCheck("database", true, state.detail())
                : new DatabaseCheck("database", false, String.join("; ", problems));
    }

    /** Which rights is for `check` to say: anybody may ask for this. */
    private static DatabaseCheck role(DatabaseState state, SchemaStatus status) {
        if (!(status instanceof SchemaStatus.Current)) {
            return new DatabaseCheck("database-role", false, NOT_KNOWN);
        }
        int objects = state.lacking().size();
        return objects == 0
                ? new DatabaseCheck("database-role", true, "may do what serving needs")
                : new DatabaseCheck("database-role", false, "lacks rights, number of objects: " + objects);
    }

    private static DatabaseCheck schema(Connection connection, SchemaStatus status) throws SQLException {
        return switch (status) {
            case SchemaStatus.Current() -> objects(SchemaObjects.missing(connection));
            case SchemaStatus.Behind(List<String> missing) ->
                new DatabaseCheck("schema", false, "behind by " + missing.size() + " migrations");
            case SchemaStatus.NotReadable() -> new DatabaseCheck("schema", false, "may not be read by this role");
            case SchemaStatus.Different(List<String> ids) ->
                new DatabaseCheck("schema", false, ids.size() + " migrations differ");
        };
    }

    private static DatabaseCheck objects(SchemaObjects missing) {
        int needed = missing.needed().size();
        if (needed > 0) {
            return new DatabaseCheck("schema", false, "has lost objects: " + needed);
        }
        int indexes = missing.indexes().size();
        return new DatabaseCheck("schema", true, indexes == 0 ? "current" : "current; has lost indexes: " + indexes);
    }

    private DatabaseCheck changeFeed() {
        boolean up = feedIsUp.getAsBoolean();
        return new DatabaseCheck(
                "change-feed", up,
                up ? "changes are heard of" : "changes are not heard of; nothing is taken from memory");
    }
}
