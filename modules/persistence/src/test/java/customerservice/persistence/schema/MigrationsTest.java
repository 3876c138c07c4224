package customerservice.persistence.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import customerservice.persistence.connection.ConnectionSource;
import customerservice.persistence.connection.DatabaseSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MigrationsTest {

    private final TestDatabase database = TestDatabase.empty();

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void expectedChecksumsAreThoseThatLiquibaseComputes() {
        String computed = Migrations.checksums().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n"));
        String checkedIn = SchemaCheck.expected().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n"));
        assertEquals(computed, checkedIn, SchemaCheck.EXPECTED + " must read:\n" + computed + "\n");
    }

    @Test
    void emptyDatabaseIsBehindByEveryMigration() {
        assertEquals(new SchemaStatus.Behind(List.copyOf(SchemaCheck.expected().keySet())), status());
        assertEquals(List.copyOf(SchemaCheck.expected().keySet()), Migrations.pending(database.ownerSettings()));
    }

    @Test
    void emptyDatabaseIsBroughtUpToDate() {
        Migrations.apply(database.ownerSettings());
        assertInstanceOf(SchemaStatus.Current.class, status());
        assertEquals(List.of(), Migrations.pending(database.ownerSettings()));
    }

    @Test
    void secondRunChangesNothing() {
        Migrations.apply(database.ownerSettings());
        String before = database
                .query("select string_agg(t::text, '' order by orderexecuted) from databasechangelog t");
        Migrations.apply(database.ownerSettings());
        assertEquals(
                before,
                database.query("select string_agg(t::text, '' order by orderexecuted) from databasechangelog t"));
    }

    @Test
    void databaseOneMigrationBehindIsBehind() {
        Migrations.apply(database.ownerSettings());
        database.execute("delete from databasechangelog where id = '0002-users'");
        assertEquals(new SchemaStatus.Behind(List.of("0002-users")), status());
    }

    @Test
    void editedMigrationIsNoticed() {
        Migrations.apply(database.ownerSettings());
        database.execute("update databasechangelog set md5sum = '9:0' where id = '0002-users'");
        assertEquals(new SchemaStatus.Different(List.of("0002-users")), status());
        assertThrows(MigrationException.class, () -> Migrations.pending(database.ownerSettings()));
    }

    @Test
    void editedMigrationIsNotAppliedAgain() {
        Migrations.apply(database.ownerSettings());
        database.execute("update databasechangelog set md5sum = '9:0' where id = '0002-users'");
        var refused = assertThrows(MigrationException.class, () -> Migrations.apply(database.ownerSettings()));
        assertTrue(refused.getMessage().contains("0002-users"), refused.getMessage());
    }

    @Test
    void newerMigrationsDoNotMatter() {
        Migrations.apply(database.ownerSettings());
        database.execute("insert into databasechangelog (id, author, filename, dateexecuted, orderexecuted, exectype)"
                + " values ('9999-later', 'x', 'x', now(), 9999, 'EXECUTED')");
        assertInstanceOf(SchemaStatus.Current.class, status());
    }

    @Test
    void twoFirstRunsAtOnceBothSucceed() {
        var one = CompletableFuture.runAsync(() -> Migrations.apply(database.ownerSettings()));
        var other = CompletableFuture.runAsync(() -> Migrations.apply(database.ownerSettings()));
        CompletableFuture.allOf(one, other).join();
        assertInstanceOf(SchemaStatus.Current.class, status());
    }

    /** From a run that was cut off: whoever holds the advisory lock is the only one there is. */
    @Test
    void leftOverLockIsReleasedAndToldOf() {
        Migrations.apply(database.ownerSettings());
        database.execute("delete from databasechangelog where id = '0006-audit-log-at'");
        database.execute("update databasechangeloglock set locked = true, lockgranted = now(), lockedby = 'host-7'");
        List<String> told = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(Migrations.class.getName());
        Handler handler = recorder(told);
        logger.addHandler(handler);
        try {
            Migrations.apply(database.ownerSettings(), TestDatabase.SERVICE, Duration.ofMillis(1));
        } finally {
            logger.removeHandler(handler);
        }
        assertInstanceOf(SchemaStatus.Current.class, status());
        assertEquals("f", database.query("select locked from databasechangeloglock"));
        assertEquals(1, told.size(), told::toString);
        assertTrue(told.getFirst().contains("host-7"), told::toString);
    }

    @Test
    void leftOverLockOfNobodyIsReleasedToo() {
        Migrations.apply(database.ownerSettings());
        database.execute("update databasechangeloglock set locked = true");
        Migrations.apply(database.ownerSettings(), TestDatabase.SERVICE, Duration.ofMillis(1));
        assertEquals("f", database.query("select locked from databasechangeloglock"));
    }

    @Test
    void lockThatTheDatabaseNeverGotIsMade() {
        Migrations.apply(database.ownerSettings());
        database.execute("delete from databasechangeloglock");
        Migrations.apply(database.ownerSettings(), TestDatabase.SERVICE, Duration.ofMillis(1));
        assertEquals("f", database.query("select locked from databasechangeloglock"));
    }

    /** Also where Liquibase's own lock is left over: that is not what the two are told apart by. */
    @Test
    void anotherRunIsWaitedForWhateverLiquibasesLockSays() throws SQLException {
        Migrations.apply(database.ownerSettings());
        database.execute("update databasechangeloglock set locked = true, lockgranted = now(), lockedby = 'host-7'");
        try (Connection other = new ConnectionSource(database.ownerSettings()).connectToMigrate();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtextextended('customer-service migrate', 0))");
            var refused = assertThrows(
                    MigrationException.class,
                    () -> Migrations.apply(database.ownerSettings(), TestDatabase.SERVICE, Duration.ofMillis(1)));
            String pid = database.query("select pid from pg_locks where locktype = 'advisory' and granted"
                    + " and database = (select oid from pg_database where datname = current_database())");
            String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
            assertTrue(
                    refused.getMessage().matches("another migration is running: process " + pid
                            + " of the database server \\(customer-service migrate\\), connected since " + time
                            + ", idle, last statement begun at " + time),
                    refused.getMessage());
        }
        assertEquals("t", database.query("select locked from databasechangeloglock"));
    }

    private static Handler recorder(List<String> messages) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                messages.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void failedRunReleasesTheLock() {
        database.execute("create table customers (id int)");
        assertThrows(MigrationException.class, () -> Migrations.apply(database.ownerSettings()));
        assertEquals("f", database.query("select locked from databasechangeloglock"));
    }

    /** As if a run had been killed between the two. */
    @Test
    void migrationThatCannotBeRecordedHasNotBeenApplied() {
        Migrations.apply(database.ownerSettings());
        database.execute("drop function forget_failed_attempts(integer)");
        database.execute("delete from databasechangelog where id like '0009%'");
        database.execute("create function refuse() returns trigger language plpgsql"
                + " as 'begin raise ''not recorded''; end'");
        database.execute("create trigger refuse before insert on databasechangelog for each row"
                + " when (new.id = '0009-forget-failed-attempts') execute function refuse()");
        assertThrows(MigrationException.class, () -> Migrations.apply(database.ownerSettings()));
        assertEquals("t", database.query("select to_regproc('forget_failed_attempts') is null"));
        assertEquals("f", database.query("select locked from databasechangeloglock"));

        database.execute("drop trigger refuse on databasechangelog");
        Migrations.apply(database.ownerSettings());
        assertInstanceOf(SchemaStatus.Current.class, status());
    }

    @Test
    void indexesThatWereNotFinishedAreBuiltAnew() {
        Migrations.apply(database.ownerSettings());
        database.execute("update pg_index set indisvalid = false where indrelid in ('audit_log'::regclass,"
                + " 'customers'::regclass) and not indisprimary and not indisunique");
        String invalid = "select string_agg(indexrelid::regclass::text, ' ' order by indexrelid::regclass::text) from pg_index"
                + " where not indisvalid";
        database.execute("delete from databasechangelog where id like '0006%' or id like '0010%'");
        Migrations.apply(database.ownerSettings());
        // Those of a changeset that cannot be cut off in between.
        assertEquals(
                "customers_created_at_idx customers_name_idx",
                database.query(invalid));
    }

    /** Else they would be locked for as long as that takes. */
    @Test
    void idempotencyKeysAreNotRewrittenForTheirOrder() {
        Migrations.apply(database.ownerSettings());
        database.execute("alter table idempotency_keys drop constraint idempotency_keys_pkey,"
                + " alter column subject type text collate \"default\", alter column key type text collate \"default\","
                + " add constraint idempotency_keys_pkey primary key (subject, key)");
        database.execute("delete from databasechangelog where id like '0011%'");
        String file = "select pg_relation_filenode('idempotency_keys')";
        String before = database.query(file);
        Migrations.apply(database.ownerSettings());
        assertEquals(before, database.query(file));
        assertEquals(
                "subject C, key C",
                database.query("select string_agg(attname || ' ' || collname, ', ' order by attnum) from pg_attribute"
                        + " join pg_collation c on c.oid = attcollation where attrelid = 'idempotency_keys'::regclass"
                        + " and attname in ('subject', 'key')"));
    }

    @Test
    void nothingIsPrinted() {
        var printed = new ByteArrayOutputStream();
        PrintStream original = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Migrations.apply(database.ownerSettings());
        } finally {
            System.setOut(original);
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void unreachableDatabaseIsSaid() {
        var away = DatabaseSettings.of("jdbc:postgresql://localhost:1/none", "postgres", "none");
        var failed = assertThrows(MigrationException.class, () -> Migrations.apply(away));
        assertTrue(failed.getMessage().startsWith("the database cannot be reached"), failed.getMessage());
    }

    @Test
    void customersCanBeInsertedByHand() {
        Migrations.apply(database.ownerSettings());
        database.execute("insert into customers (id, name, email, phone, metadata)"
                + " select gen_random_uuid(), 'Customer ' || n, 'c' || n || '@example.com', '+4420' || n, '{}'"
                + " from generate_series(1, 1000) n");
        assertEquals(
                Map.of("active", "1000"),
                Map.of(database.query("select min(status) from customers"), database.query(
                        "select count(*) from customers where version = 1 and created_at = updated_at")));
    }

    private SchemaStatus status() {
        try (Database opened = Database.open(database.ownerSettings(), Clock.systemUTC())) {
            return opened.checkSchema();
        }
    }
}
