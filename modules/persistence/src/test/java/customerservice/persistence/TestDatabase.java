package customerservice.persistence;

import customerservice.testsupport.PostgresCluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A fresh database on the one PostgreSQL that all tests of this JVM share; a copy of a migrated one, or empty. */
final class TestDatabase implements AutoCloseable {

    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final PostgresCluster SERVER = start();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    private static PostgresCluster start() {
        PostgresCluster server = PostgresCluster.open(); // which ends with the JVM
        server.execute("create database " + TEMPLATE);
        Migrations.apply(settings(server, TEMPLATE));
        return server;
    }

    static TestDatabase migrated() {
        return create(" template " + TEMPLATE);
    }

    static TestDatabase empty() {
        return create("");
    }

    private static TestDatabase create(String suffix) {
        String name = "test" + COUNT.incrementAndGet();
        SERVER.execute("create database " + name + suffix);
        return new TestDatabase(name);
    }

    DatabaseSettings settings() {
        return settings(SERVER, name);
    }

    /** As the superuser. */
    static DatabaseSettings settings(PostgresCluster server, String name) {
        return DatabaseSettings.of(server.url(name), PostgresCluster.SUPERUSER, server.password());
    }

    Connection connect() {
        return SERVER.connect(name);
    }

    void execute(String sql) {
        SERVER.execute(name, sql);
    }

    /** The first column of the first row, as text. */
    String query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        SERVER.execute("drop database if exists " + name + " with (force)");
    }
}
