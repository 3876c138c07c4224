package customerservice.app;

import customerservice.persistence.connection.DatabaseSettings;
import customerservice.persistence.schema.Migrations;
import customerservice.testsupport.PostgresCluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A fresh database on the one PostgreSQL that all tests of this JVM share; one role owns it, another one serves. */
public final class TestDatabase implements AutoCloseable {

    /** That the service connects as. */
    public static final String USER = "customer_service";
    /** That migrates. */
    public static final String OWNER = "customer_service_owner";

    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final PostgresCluster SERVER = start();

    /** Of both. */
    public static final String PASSWORD = SERVER.password();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    private static PostgresCluster start() {
        PostgresCluster server = PostgresCluster.open(); // which ends with the JVM
        for (String role : List.of(OWNER, USER)) {
            server.execute("create role " + role + " login password '" + server.password() + "'");
        }
        server.execute("create database " + TEMPLATE + " owner " + OWNER);
        Migrations.apply(DatabaseSettings.of(server.url(TEMPLATE), OWNER, server.password()), USER);
        return server;
    }

    /** One with the schema of this release. */
    public static TestDatabase migrated() {
        return create(" template " + TEMPLATE);
    }

    /** One without any. */
    public static TestDatabase empty() {
        return create("");
    }

    /** One without any, which does not know most characters. */
    public static TestDatabase latin1() {
        return create(" encoding 'LATIN1' locale_provider libc locale 'C' template template0");
    }

    private static TestDatabase create(String suffix) {
        String name = "test" + COUNT.incrementAndGet();
        SERVER.execute("create database " + name + suffix + " owner " + OWNER);
        return new TestDatabase(name);
    }

    /** For the JDBC driver. */
    public String url() {
        return SERVER.url(name);
    }

    public int port() {
        return SERVER.port();
    }

    public String name() {
        return name;
    }

    /** Runs one statement. */
    public void execute(String sql) {
        SERVER.execute(name, sql);
    }

    /** The first column of the first row, as text. */
    public String query(String sql) {
        try (Connection connection = SERVER.connect(name);
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
