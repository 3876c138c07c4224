package customerservice.testbed;

import customerservice.auth.account.PasswordCheck;
import customerservice.auth.account.Users;
import customerservice.auth.password.Passwords;
import customerservice.domain.Caller;
import customerservice.domain.identity.Role;
import customerservice.persistence.Database;
import customerservice.persistence.connection.DatabaseSettings;
import customerservice.persistence.schema.Migrations;
import customerservice.testsupport.PostgresCluster;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One database of a cluster. As in production, one role owns it and another one serves: what needs more rights than that
 * one has fails here too.
 */
public final class TestDatabase {

    /** The role that owns every database made here, and migrates. */
    public static final String OWNER = "customer_service_owner";

    /** The role that the service connects as. */
    public static final String SERVICE = "customer_service";

    private static final Caller CALLER = new Caller("system", "testbed", "local");

    private final PostgresCluster cluster;
    private final String databaseName;

    private TestDatabase(PostgresCluster cluster, String name) {
        this.cluster = cluster;
        this.databaseName = name;
    }

    /** A new, empty one. */
    public static TestDatabase create(PostgresCluster cluster, String name) {
        var database = new TestDatabase(
                Objects.requireNonNull(cluster, "cluster"), Objects.requireNonNull(name, "name"));
        for (String role : List.of(OWNER, SERVICE)) {
            cluster.execute("""
                    do $$ begin
                      create role %1$s login password '%2$s';
                    exception when duplicate_object then null;
                    end $$""".formatted(role, cluster.password()));
        }
        cluster.execute("create database " + name + " owner " + OWNER);
        return database;
    }

    /** A new one that starts as a copy of this one, to which nobody may be connected. */
    public TestDatabase copy(String nameOfCopy) {
        cluster.execute("create database " + nameOfCopy + " template " + databaseName + " owner " + OWNER);
        return new TestDatabase(cluster, nameOfCopy);
    }

    public PostgresCluster cluster() {
        return cluster;
    }

    /** For the JDBC driver, without user and password. */
    public String url() {
        return cluster.url(databaseName);
    }

    /** Of both roles. */
    public String password() {
        return cluster.password();
    }

    /** As {@link #SERVICE}, with the service's defaults. */
    @SuppressWarnings("exports") // the modules that use this may use that
    public DatabaseSettings settings() {
        return DatabaseSettings.of(url(), SERVICE, cluster.password());
    }

    /** Brings the schema up to date. */
    public void migrate() {
        Migrations.apply(DatabaseSettings.of(url(), OWNER, cluster.password()), SERVICE);
    }

    /**
     * Adds users, as {@code customer-service user add} does.
     *
     * @param roles by user name
     */
    public void addUsers(Map<String, Role> roles, String password) {
        var random = new SecureRandom();
        try (Database database = Database.openForOneTask(settings(), Clock.systemUTC())) {
            var passwords = new Passwords(1, 1, random);
            var check = new PasswordCheck(
                    database.signInHistory(), database.users(), passwords, entry -> {}, Clock.systemUTC());
            var users = new Users(database.users(), passwords, check, entry -> {}, Clock.systemUTC(), random);
            roles.forEach((name, role) -> users.add(name, role, password.toCharArray(), CALLER));
        }
    }

    /** A connection as the superuser, who also sees what other roles do; the caller closes it. */
    public Connection connect() {
        return cluster.connect(databaseName);
    }

    /** Runs one statement. */
    public void execute(String sql) {
        cluster.execute(databaseName, sql);
    }

    /** The first column of the first row; empty if there is no row or it is null. */
    public Optional<String> value(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** As {@link #value}, of a query that gives a whole number. */
    public long number(String sql) {
        return Long.parseLong(value(sql).orElseThrow());
    }

    /** Ends every connection to this database but the caller's own; see {@code pg_terminate_backend}. */
    public long terminateConnections(String condition) {
        return number("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = '%s' and pid <> pg_backend_pid() and (%s)""".formatted(databaseName, condition));
    }
}
