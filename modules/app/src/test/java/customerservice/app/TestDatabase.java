package customerservice.app;

import customerservice.persistence.DatabaseSettings;
import customerservice.persistence.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A fresh database on the one PostgreSQL that all tests of this JVM share. */
public final class TestDatabase implements AutoCloseable {

    public static final String USER = "postgres";
    public static final String PASSWORD = "a secret that is never shown";

    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = start();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    private static EmbeddedPostgres start() {
        try {
            // Stopped by its own shutdown hook.
            EmbeddedPostgres server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            execute(server, "postgres", "create database " + TEMPLATE);
            Migrations.apply(DatabaseSettings.of(url(server, TEMPLATE), USER, PASSWORD));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One with the schema of this release. */
    public static TestDatabase migrated() {
        return create(" template " + TEMPLATE);
    }

    /** One without any. */
    public static TestDatabase empty() {
        return create("");
    }

    private static TestDatabase create(String suffix) {
        String name = "test" + COUNT.incrementAndGet();
        execute(SERVER, "postgres", "create database " + name + suffix);
        return new TestDatabase(name);
    }

    /** For the JDBC driver. */
    public String url() {
        return url(SERVER, name);
    }

    public int port() {
        return SERVER.getPort();
    }

    public String name() {
        return name;
    }

    /** Runs one statement. */
    public void execute(String sql) {
        execute(SERVER, name, sql);
    }

    /** The first column of the first row, as text. */
    public String query(String sql) {
        try (Connection connection = DriverManager.getConnection(url(), USER, PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(EmbeddedPostgres server, String database, String sql) {
        try (Connection connection = DriverManager.getConnection(url(server, database), USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(EmbeddedPostgres server, String database) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
    }

    @Override
    public void close() {
        execute(SERVER, "postgres", "drop database if exists " + name + " with (force)");
    }
}
