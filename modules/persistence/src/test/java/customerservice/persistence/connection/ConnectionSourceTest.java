package customerservice.persistence.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import customerservice.persistence.TestDatabase;
import customerservice.testsupport.Await;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database's own time limits, which an administrator has set for others. */
final class ConnectionSourceTest {

    private final TestDatabase database = TestDatabase.empty();
    private final ConnectionSource source = new ConnectionSource(database.ownerSettings());

    @BeforeEach
    void limit() {
        for (String timeout : new String[]{
            "statement_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout"}) {
            limit(timeout);
        }
        if (Integer.parseInt(database.query("show server_version_num")) >= 170_000) {
            limit("transaction_timeout");
        }
    }

    private void limit(String timeout) {
        database.execute("do $$ begin execute format('alter database %I set " + timeout
                + " = ''77s''', current_database()); end $$");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void migrationIsNotLimited() throws SQLException {
        try (Connection connection = source.connectToMigrate()) {
            assertEquals(
                    "0", query(connection, "select string_agg(distinct setting, ', ') from pg_settings"
                            + " where name in ('statement_timeout', 'transaction_timeout', 'idle_session_timeout',"
                            + " 'idle_in_transaction_session_timeout')"));
        }
    }

    @Test
    void changesAreHeardOfWhateverTheLimits() throws SQLException {
        try (Connection connection = source.connectToHearOfChanges()) {
            assertEquals(
                    "idle_session_timeout 0, statement_timeout 2000",
                    query(connection, "select string_agg(name || ' ' || setting, ', ' order by name) from pg_settings"
                            + " where name in ('statement_timeout', 'idle_session_timeout')"));
        }
    }

    /** Or its lock would keep the next one waiting, for as long as the statement waits. */
    @Test
    @Tag("slow")
    void statementOfAMigrationThatIsGoneIsGivenUp() throws SQLException {
        try (Connection holder = database.connect(); Connection connection = source.connectToMigrate()) {
            query(holder, "select pg_advisory_lock(1)::text");
            query(connection, "select set_config('lock_timeout', '0', false)");
            String pid = query(connection, "select pg_backend_pid()");
            var waiting = CompletableFuture.runAsync(() -> {
                try {
                    query(connection, "select pg_advisory_lock(1)::text");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Await.until("it waits", () -> database.query(
                    "select count(*) from pg_locks where not granted and pid = " + pid).equals("1"));
            connection.abort(Runnable::run);
            Await.until("it is gone", () -> database.query(
                    "select count(*) from pg_stat_activity where pid = " + pid).equals("0"));
            Await.until("told", waiting::isCompletedExceptionally);
        }
    }

    @Test
    void migrationLooksForItsClient() throws SQLException {
        try (Connection connection = source.connectToMigrate()) {
            assertEquals("5s", query(connection, "show client_connection_check_interval"));
        }
    }
}
