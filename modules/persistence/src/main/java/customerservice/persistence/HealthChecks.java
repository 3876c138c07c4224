package customerservice.persistence;

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

    /** Opens a connection that is for this alone. */
    @FunctionalInterface
    interface Probe {
        Connection connect() throws SQLException;
    }

    private static final System.Logger LOG = System.getLogger(HealthChecks.class.getName());
    private static final Duration REMEMBERED = Duration.ofMillis(250);
    private static final String NOT_KNOWN = "not known";

    private final Probe probe;
    private final BooleanSupplier feedIsUp;
    private final BooleanSupplier hasRoom;
    private final ReentrantLock lock = new ReentrantLock();
    private List<DatabaseCheck> last = List.of();
    private boolean failed;
    private long checkedAt;

    /** @param hasRoom whether no call was refused lately for want of room on a disk */
    HealthChecks(Probe probe, BooleanSupplier feedIsUp, BooleanSupplier hasRoom) {
        this.probe = probe;
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
        try (Connection connection = probe.connect()) {
            DatabaseState state = DatabaseState.of(connection);
            SchemaStatus status = SchemaCheck.check(connection);
            failed = false;
            return List.of(database(state), schema(connection, status), role(state, status), changeFeed());
        } catch (SQLException e) {
            failed = false;
            return down("does not answer (SQLSTATE " + SqlState.of(e) + ")");
        } catch (RuntimeException | Error e) {
            // Whatever it is, as where the driver gets no thread to connect on: who asks is to hear that something is wrong.
            if (!failed) {
                LOG.log(System.Logger.Level.ERROR, "the database cannot be asked how it is", e);
            }
            failed = true;
            return down("cannot be asked (" + e.getClass().getSimpleName() + ")");
        }
    }

    private List<DatabaseCheck> down(String detail) {
        return List.of(
                new DatabaseCheck("database", false, detail),
                new DatabaseCheck("schema", false, NOT_KNOWN),
                new DatabaseCheck("database-role", false, NOT_KNOWN),
                changeFeed());
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
