package customerservice.testsupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DatabaseProxyTest {

    private static PostgresCluster cluster;

    private final DatabaseProxy proxy = new DatabaseProxy(cluster.url("postgres"));

    @BeforeAll
    static void openCluster() {
        cluster = PostgresCluster.open();
    }

    @AfterAll
    static void closeCluster() {
        cluster.close();
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void everythingPasses() throws SQLException {
        try (Connection connection = connect()) {
            assertEquals("x".repeat(100_000), only(connection, "select repeat('x', 100000)"));
        }
    }

    @Test
    void aCutBreaksConnections() throws SQLException {
        try (Connection connection = connect()) {
            proxy.cut();
            assertThrows(SQLException.class, () -> only(connection, "select 1"));
        }
    }

    @Test
    void aCutBreaksNewConnections() {
        proxy.cut();
        assertThrows(SQLException.class, this::connect);
    }

    @Test
    void silenceSwallowsWhatIsSaid() throws SQLException {
        cluster.execute("create table said (word text)");
        try (Connection connection = connect()) {
            proxy.silence();
            waitNoLonger(connection);
            assertThrows(SQLException.class, () -> only(connection, "insert into said values ('a') returning word"));
        }
        assertEquals("0", direct("select count(*) from said"));
    }

    @Test
    void aStatementWhoseReplyIsWithheldIsExecuted() throws SQLException {
        cluster.execute("create table withheld (word text)");
        try (Connection connection = connect()) {
            proxy.withholdReplyTo("last words");
            assertEquals("1", only(connection, "select 1"));
            waitNoLonger(connection);
            assertThrows(
                    SQLException.class,
                    () -> only(connection, "insert into withheld values ('last words') returning word"));
        }
        Await.until("it is executed", () -> direct("select count(*) from withheld").equals("1"));
    }

    @Test
    void newConnectionsWorkAfterARepair() throws SQLException {
        proxy.cut();
        proxy.silence();
        proxy.withholdReplyTo("select");
        proxy.repair();
        try (Connection connection = connect()) {
            assertEquals("1", only(connection, "select 1"));
        }
    }

    @Test
    void whatWasSilentIsBrokenByARepair() throws SQLException {
        try (Connection connection = connect()) {
            proxy.silence();
            proxy.repair();
            assertThrows(SQLException.class, () -> only(connection, "select 1"));
        }
    }

    /** Gives up on a reply that does not come. */
    private static void waitNoLonger(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 500);
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", PostgresCluster.SUPERUSER);
        properties.setProperty("password", cluster.password());
        properties.setProperty("socketTimeout", "30"); // rather than for ever
        return DriverManager.getConnection(proxy.url(), properties);
    }

    private static String direct(String sql) {
        try (Connection connection = cluster.connect("postgres")) {
            return only(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String only(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
