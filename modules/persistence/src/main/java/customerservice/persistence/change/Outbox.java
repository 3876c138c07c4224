package customerservice.persistence.change;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

/**
 * The rows that say what has changed, as one connection sees them. A position is a snapshot of PostgreSQL ({@code
 * pg_snapshot}): it knows exactly which transactions had been committed, in whatever order they got their numbers and
 * however long they took, so that between two positions none is missed and none is counted twice.
 */
final class Outbox implements AutoCloseable {

    /** More than these are taken for anything. */
    private static final int MOST = 1_000;
    private static final int BATCH = 1_000;

    private static final String SERVER_MILLIS = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

    private static final String NOW = "select pg_current_snapshot()::text, " + SERVER_MILLIS;

    private static final String SINCE = """
            select pg_current_snapshot()::text, %s, changed.topic, changed.id from (select 1) one left join (
              select topic, id from change_outbox
              where xid >= pg_snapshot_xmin(?::pg_snapshot) and not pg_visible_in_snapshot(xid, ?::pg_snapshot)
              limit %d
            ) changed on true
            """.formatted(SERVER_MILLIS, MOST + 1);

    /** Instances delete side by side; each takes what no other has locked. */
    private static final String DELETE = """
            delete from change_outbox where ctid = any (array(
              select ctid from change_outbox
              where xid < pg_snapshot_xmax(?::pg_snapshot) and pg_visible_in_snapshot(xid, ?::pg_snapshot)
              order by xid limit %d for update skip locked
            ))
            """.formatted(BATCH);

    private final PreparedStatement now;
    private final PreparedStatement since;
    private final PreparedStatement delete;

    Outbox(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // The table is empty or full within a second; what the planner knows of it is always wrong.
            statement.execute("set enable_seqscan = off");
            statement.execute("set plan_cache_mode = force_generic_plan");
            statement.execute("set synchronous_commit = off");
        }
        now = connection.prepareStatement(NOW);
        since = connection.prepareStatement(SINCE);
        delete = connection.prepareStatement(DELETE);
    }

    Position now() throws SQLException {
        try (ResultSet row = now.executeQuery()) {
            row.next();
            return position(row);
        }
    }

    /** Tells of what has been committed since a position, and gives the position up to which it has told. */
    Position tell(Position position, Map<Topic, ChangeListener> listeners) throws SQLException {
        since.setString(1, position.snapshot());
        since.setString(2, position.snapshot());
        try (ResultSet rows = since.executeQuery()) {
            rows.next();
            Position reached = position(rows);
            int count = 0;
            for (String label = rows.getString(3); label != null; label = rows.next() ? rows.getString(3) : null) {
                count++;
                tell(Topic.ofLabel(label).map(listeners::get).orElse(null), rows.getObject(4, UUID.class));
            }
            if (count > MOST) {
                listeners.values().forEach(ChangeListener::anythingMayHaveChanged);
            }
            return reached;
        }
    }

    private static Position position(ResultSet row) throws SQLException {
        return new Position(row.getString(1), row.getLong(2));
    }

    private static void tell(ChangeListener listener, UUID id) {
        if (listener == null) {
            return;
        }
        if (id == null) {
            listener.anythingMayHaveChanged();
        } else {
            listener.changed(id);
        }
    }

    /**
     * Deletes what was there at a position.
     *
     * @return whether nothing of it is left
     */
    boolean delete(Position position) throws SQLException {
        delete.setString(1, position.snapshot());
        delete.setString(2, position.snapshot());
        return delete.executeUpdate() < BATCH;
    }

    @Override
    public void close() throws SQLException {
        try (now; since; delete) {
            // all three, also if one fails
        }
    }
}
