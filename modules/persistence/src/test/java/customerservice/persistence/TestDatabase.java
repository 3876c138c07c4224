package customerservice.persistence;

import customerservice.persistence.connection.ConnectionTimeouts;
import customerservice.persistence.connection.DatabaseSettings;
import customerservice.persistence.connection.PoolSettings;
import customerservice.persistence.schema.Migrations;
import customerservice.testsupport.PostgresCluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fresh database on the one PostgreSQL that all tests of this JVM share; a copy of a migrated one, or empty. As in
 * production, one role owns it and another one serves.
 */
public final class TestDatabase implements AutoCloseable {

    /** Owns the databases and what is in them. */
    static final String OWNER = "customer_service_owner";
    /** Has the rights that {@code migrate} gives. */
    public static final String SERVICE = "customer_service";

    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final PostgresCluster SERVER = start();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    private static PostgresCluster start() {
        PostgresCluster server = PostgresCluster.open(); // which ends with the JVM
        for (String role : List.of(OWNER, SERVICE)) {
            server.execute("create role " + role + " login password '" + server.password() + "'");
        }
        server.execute("create database " + TEMPLATE + " owner " + OWNER);
        Migrations.apply(patient(DatabaseSettings.of(server.url(TEMPLATE), OWNER, server.password())), SERVICE);
        return server;
    }

    public static TestDatabase migrated() {
        return create(" template " + TEMPLATE);
    }

    public static TestDatabase empty() {
        return create("");
    }

    /** One without any, which does not know most characters. */
    public static TestDatabase latin1() {
        return create(" encoding 'LATIN1' locale_provider libc locale 'C' template template0");
    }

    /** One whose language has another lower case of I. */
    public static TestDatabase turkish() {
        TestDatabase database = create(
                " encoding 'UTF8' locale_provider icu icu_locale 'tr-TR' locale 'C' template template0");
        Migrations.apply(database.ownerSettings(), SERVICE);
        return database;
    }

    private static TestDatabase create(String suffix) {
        String name = "test" + COUNT.incrementAndGet();
        SERVER.execute("create database " + name + suffix + " owner " + OWNER);
        return new TestDatabase(name);
    }

    /** As the role that serves, with more patience than it has: on a busy machine nothing is given up. */
    public DatabaseSettings settings() {
        return patient(servingSettings());
    }

    /** The same with the timeouts that it has. */
    public DatabaseSettings servingSettings() {
        return DatabaseSettings.of(SERVER.url(name), SERVICE, SERVER.password());
    }

    /** As the role that owns everything. */
    public DatabaseSettings ownerSettings() {
        return patient(DatabaseSettings.of(SERVER.url(name), OWNER, SERVER.password()));
    }

    private static DatabaseSettings patient(DatabaseSettings settings) {
        return new DatabaseSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                new PoolSettings(settings.pool().size(), settings.pool().maxWaiting(), Duration.ofSeconds(20)),
                new ConnectionTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(25)),
                settings.cache());
    }

    /** As the superuser. */
    public static DatabaseSettings settings(PostgresCluster server, String name) {
        return DatabaseSettings.of(server.url(name), PostgresCluster.SUPERUSER, server.password());
    }

    /** As the superuser. */
    public Connection connect() {
        return SERVER.connect(name);
    }

    String name() {
        return name;
    }

    public void execute(String sql) {
        SERVER.execute(name, sql);
    }

    /** The first column of the first row, as text. */
    public String query(String sql) {
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
