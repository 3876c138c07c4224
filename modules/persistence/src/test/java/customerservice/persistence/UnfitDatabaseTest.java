package customerservice.persistence;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.customer.CustomerId;
import customerservice.persistence.connection.DatabaseSettings;
import customerservice.persistence.schema.MigrationException;
import customerservice.persistence.schema.Migrations;
import customerservice.testsupport.Await;
import customerservice.testsupport.PostgresCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** A database that answers, and yet cannot be served from. */
final class UnfitDatabaseTest {

    private static final AuditEntry AUDIT = new AuditEntry(
            Instant.EPOCH, "test", "x", 0, List.of(), new Caller("system", "test", "local"));

    private final TestDatabase database = TestDatabase.migrated();

    @AfterEach
    void drop() {
        database.close();
    }

    private void makeReadOnly() {
        database.execute("alter database " + database.name() + " set default_transaction_read_only = on");
    }

    private static List<DatabaseCheck> health(DatabaseSettings settings) {
        try (Database opened = Database.open(settings.withoutCache(), Clock.systemUTC())) {
            return opened.health();
        }
    }

    private static DatabaseCheck healthOf(String name, DatabaseSettings settings) {
        return health(settings).stream().filter(check -> check.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void healthOfAFitDatabaseIsUp() {
        try (Database opened = Database.open(database.settings(), Clock.systemUTC())) {
            Await.until("all is well", () -> opened.health().stream().allMatch(DatabaseCheck::up));
        }
    }

    @Test
    void healthOfAReadOnlyDatabaseIsDown() {
        makeReadOnly();
        assertEquals(
                new DatabaseCheck("database", false, "is read-only"), healthOf("database", database.settings()));
    }

    @Test
    void healthOfARoleThatMayOnlyReadIsDown() {
        database.execute("alter role customer_service in database " + database.name()
                + " set default_transaction_read_only = on");
        assertEquals(
                new DatabaseCheck("database", false, "is read-only"), healthOf("database", database.settings()));
    }

    @Test
    void healthOfADatabaseInAnotherEncodingIsDown() {
        try (TestDatabase latin1 = TestDatabase.latin1()) {
            assertEquals(
                    new DatabaseCheck("database", false, "has the encoding LATIN1, not UTF8"),
                    healthOf("database", latin1.settings()));
        }
    }

    @Test
    void healthOfARoleThatLacksARightIsDownAndNamesNoTable() {
        database.execute("revoke insert on customers from customer_service");
        assertEquals(
                new DatabaseCheck("database-role", false, "lacks rights, number of objects: 1"),
                healthOf("database-role", database.settings()));
    }

    @Test
    void healthOfARoleThatMayNotCallTheFunctionIsDown() {
        database.execute("revoke execute on function forget_failed_attempts(integer) from customer_service");
        assertEquals(
                new DatabaseCheck("database-role", false, "lacks rights, number of objects: 1"),
                healthOf("database-role", database.settings()));
    }

    /** To such a role PostgreSQL says that there is no table at all. */
    @Test
    void schemaThatTheRoleMayNotUseIsNotTakenForAnOldOne() {
        database.execute("revoke usage on schema public from public, customer_service");
        assertEquals(
                new DatabaseCheck("schema", false, "may not be read by this role"),
                healthOf("schema", database.settings()));
    }

    @Test
    void migrationForARoleThatMayNotConnectIsAFailure() {
        database.execute("revoke connect on database " + database.name() + " from public");
        database.execute("grant connect on database " + database.name() + " to customer_service_owner");
        assertEquals(
                "the role customer_service, which the service is to connect as, lacks connect on database "
                        + database.name() + ": its owner has to grant that",
                assertThrows(
                        MigrationException.class,
                        () -> Migrations.apply(database.ownerSettings(), TestDatabase.SERVICE)).getMessage());
    }

    /** Raised by hand: the server says the same when a table cannot be extended. */
    @ParameterizedTest
    @ValueSource(strings = {"53100", "58030"})
    void fullDiskIsToldAsSuchAndReadsGoOn(String state) {
        database.execute("create function refuse() returns trigger language plpgsql as 'begin raise sqlstate ''" + state
                + "''; end'");
        database.execute("create trigger refuse before insert on audit_log for each row execute function refuse()");
        try (Database opened = Database.open(database.settings().withoutCache(), Clock.systemUTC())) {
            DomainException.StoreUnavailable refused = assertThrows(
                    DomainException.StoreUnavailable.class,
                    () -> opened.auditWriter().append(AUDIT));
            assertEquals(Duration.ofSeconds(30), refused.retryAfter());
            assertTrue(refused.isReached());
            assertTrue(opened.health().contains(
                    new DatabaseCheck("database", false, "has refused a call for want of room on its disks")));
            assertEquals(Optional.empty(), opened.customers().find(new CustomerId(new UUID(0, 1))));
        }
    }

    @Test
    void rightsToTablesThatAreYetToBeMadeAreNotKnown() {
        try (TestDatabase empty = TestDatabase.empty()) {
            assertEquals(
                    new DatabaseCheck("database-role", false, "not known"),
                    healthOf("database-role", empty.settings()));
        }
    }

    @Test
    void migrationOfAReadOnlyDatabaseIsRefused() {
        makeReadOnly();
        assertEquals(
                "the database is read-only; docs/decisions/0075 says what serving needs",
                refusal(database.ownerSettings()));
    }

    @Test
    void migrationForARoleThatMayNotWriteByItsOwnSettingIsRefused() {
        forService("set default_transaction_read_only = on");
        assertEquals(
                "the role customer_service, which the service is to connect as, may not write by its own setting:"
                        + " default_transaction_read_only = on",
                refusalForService());
    }

    /** It would end well, and no instance would start. */
    @ParameterizedTest
    @ValueSource(strings = {"elsewhere", "\"$user\", elsewhere", "elsewhere, missing"})
    void migrationForARoleThatLooksElsewhereIsRefused(String path) {
        database.execute("create schema elsewhere");
        forService("set search_path = " + path);
        assertEquals(
                "the role customer_service, which the service is to connect as, would not find tables in the schema"
                        + " public, where migrations are applied: its search_path = " + path,
                refusalForService());
    }

    /** As somebody has it who began with the role's own schema. */
    @Test
    void migrationForARoleThatFindsOtherTablesFirstIsRefused() {
        database.execute("create schema customer_service authorization customer_service");
        database.execute("create table customer_service.customers ()");
        assertTrue(refusalForService().endsWith("its search_path = \"$user\", public"), this::refusalForService);
    }

    @Test
    void migrationForARoleThatLooksElsewhereAsWellSucceeds() {
        database.execute("create schema customer_service authorization customer_service");
        database.execute("create schema elsewhere");
        forService("set search_path = elsewhere, \"$user\", public");
        assertDoesNotThrow(() -> Migrations.apply(database.ownerSettings(), TestDatabase.SERVICE));
    }

    /** The URL is that of the service as well. */
    @Test
    void whereMigrationsAreAppliedByTheUrlIsWhereTheServiceLooks() {
        database.execute("create schema elsewhere authorization customer_service_owner");
        forService("set search_path = public");
        DatabaseSettings owner = database.ownerSettings();
        assertDoesNotThrow(
                () -> Migrations.apply(
                        owner.withUrl(owner.url() + "?currentSchema=elsewhere"), TestDatabase.SERVICE));
    }

    /** In this database, as roles are the server's. */
    private void forService(String setting) {
        database.execute("alter role customer_service in database " + database.name() + " " + setting);
    }

    private String refusalForService() {
        return assertThrows(
                MigrationException.class,
                () -> Migrations.apply(database.ownerSettings(), TestDatabase.SERVICE)).getMessage();
    }

    @Test
    void migrationOfADatabaseInAnotherEncodingIsRefusedBeforeAnythingIsChanged() {
        try (TestDatabase latin1 = TestDatabase.latin1()) {
            assertEquals(
                    "the database has the encoding LATIN1, not UTF8; docs/decisions/0075 says what serving needs",
                    refusal(latin1.ownerSettings()));
            assertEquals("0", latin1.query("select count(*) from pg_class where relname like 'databasechangelog%'"));
        }
    }

    @Tag("slow")
    @Test
    void standbyIsDownAndNotMigrated() {
        PostgresCluster server = PostgresCluster.open();
        try {
            DatabaseSettings settings = TestDatabase.settings(server, "postgres");
            Migrations.apply(settings);
            server.stop();
            server.restartAsStandby();
            assertEquals(new DatabaseCheck("database", false, "is a standby"), healthOf("database", settings));
            assertEquals(
                    "the database is a standby; docs/decisions/0075 says what serving needs", refusal(settings));
        } finally {
            server.close();
        }
    }

    private static String refusal(DatabaseSettings settings) {
        return assertThrows(MigrationException.class, () -> Migrations.apply(settings)).getMessage();
    }

    @Tag("slow")
    @Test
    void lagOfAStandbyIsToldToARoleThatMaySeeItAndToNobodyElse() throws SQLException {
        PostgresCluster server = PostgresCluster.open();
        try (Connection standby = replication(server)) {
            server.execute("create role watcher login password '" + server.password() + "'");
            DatabaseSettings settings = DatabaseSettings.of(server.url("postgres"), "watcher", server.password());
            replicate(standby, server);
            assertEquals(
                    new DatabaseCheck("database", true, "primary answers"), healthOf("database", settings));
            server.execute("grant pg_monitor to watcher");
            Await.until("the lag is seen", () -> healthOf("database", settings).detail().contains("standby"));
            DatabaseCheck check = healthOf("database", settings);
            assertTrue(check.up(), check.toString());
            assertTrue(
                    check.detail().matches("primary answers; 1 standby, [1-9][0-9]* (bytes|kB|MB) behind"),
                    check.toString());
        } finally {
            server.close();
        }
    }

    /** From now on, so that it is in step, though it says that it has applied next to nothing. */
    private static void replicate(Connection standby, PostgresCluster server) throws SQLException {
        LogSequenceNumber now;
        try (Connection primary = server.connect("postgres");
                Statement query = primary.createStatement();
                ResultSet row = query.executeQuery("select pg_current_wal_lsn()")) {
            row.next();
            now = LogSequenceNumber.valueOf(row.getString(1));
        }
        PGReplicationStream stream = standby.unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .physical()
                .withStartPosition(now)
                .start();
        stream.setFlushedLSN(LogSequenceNumber.valueOf(1));
        stream.setAppliedLSN(LogSequenceNumber.valueOf(1));
        stream.forceUpdateStatus();
    }

    private static Connection replication(PostgresCluster server) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", PostgresCluster.SUPERUSER);
        properties.setProperty("password", server.password());
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("replication", "true");
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection(server.url("postgres"), properties);
    }
}
