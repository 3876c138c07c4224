package customerservice.testsupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PostgresClusterTest {

    private static PostgresCluster cluster;

    @BeforeAll
    static void open() {
        cluster = PostgresCluster.open();
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Test
    void isTheMajorVersionThatProductionRuns() throws SQLException {
        assertEquals("18", only("select current_setting('server_version_num')::int / 10000"));
    }

    @Test
    void takesNobodyWithoutThePassword() {
        assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(cluster.url("postgres"), PostgresCluster.SUPERUSER, "wrong").close());
    }

    @Test
    void whatWasCommittedOutlivesACrash() throws SQLException {
        only("create table kept as select 1; select 1");
        cluster.crash();
        cluster.restart();
        assertEquals("1", only("select count(*) from kept"));
    }

    @Test
    void aStopTellsEveryConnection() throws SQLException {
        try (Connection connection = cluster.connect("postgres"); Statement statement = connection.createStatement()) {
            cluster.stop();
            var told = assertThrows(SQLException.class, () -> statement.execute("select 1"));
            assertEquals("57P01", told.getSQLState());
        } finally {
            cluster.restart();
        }
        assertEquals("1", only("select 1"));
    }

    @Test
    void closeLeavesNoProcess() {
        PostgresCluster another = PostgresCluster.open();
        ProcessHandle postmaster = another.process();
        var children = postmaster.children().toList();
        assertFalse(children.isEmpty());
        another.close();
        assertFalse(postmaster.isAlive());
        assertTrue(children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private String only(String sql) throws SQLException {
        try (Connection connection = cluster.connect("postgres"); Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}
