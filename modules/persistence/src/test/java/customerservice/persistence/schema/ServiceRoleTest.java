package customerservice.persistence.schema;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import customerservice.persistence.connection.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the role that serves may do, and what not. */
final class ServiceRoleTest {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final TestDatabase database = TestDatabase.migrated();

    @AfterEach
    void drop() {
        database.close();
    }

    private void executeAsService(String sql) throws SQLException {
        execute(database.settings(), sql);
    }

    private static void execute(DatabaseSettings as, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(as.url(), as.user(), as.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void assertRefused(String sql) {
        var refused = assertThrows(SQLException.class, () -> executeAsService(sql), sql);
        assertEquals(INSUFFICIENT_PRIVILEGE, refused.getSQLState(), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "update audit_log set actor = 'nobody'",
        "update audit_log set id = default where false",
        "delete from audit_log",
        "delete from audit_log where false",
        "truncate audit_log",
        "merge into audit_log a using users u on a.subject = u.id::text when matched then delete",
        "insert into audit_log overriding system value select * from audit_log on conflict (id) do update set actor = 'x'",
        "select * from audit_log for update",
        "begin; lock table audit_log in access exclusive mode",
        "alter table audit_log add column more text",
        "alter table audit_log owner to customer_service",
        "alter sequence audit_log_id_seq restart",
        "select setval('audit_log_id_seq', 1)",
        "create index on audit_log (request_id)",
        "create trigger t before insert on audit_log for each row execute function customers_changed()",
        "create rule r as on insert to audit_log do instead nothing",
        "drop table audit_log"})
    void auditTrailIsOnlyAddedTo(String sql) {
        assertRefused(sql);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "create table more (id int)",
        "create schema more",
        "create function more() returns int language sql as 'select 1'",
        "create role more",
        "alter table customers disable trigger all",
        "alter table customers disable trigger customers_changed",
        "set session_replication_role = replica",
        "alter table customers drop constraint customers_status_check",
        "drop trigger customers_updated on customers",
        "create or replace function customers_changed() returns trigger language plpgsql as 'begin return null; end'",
        "drop function announce_changes() cascade",
        "truncate customers",
        "drop table customers",
        "grant customer_service_owner to customer_service",
        "set role customer_service_owner",
        "set session authorization customer_service_owner",
        "update databasechangelog set md5sum = null",
        "select * from databasechangeloglock",
        "copy audit_log to program 'true'"})
    void schemaAndRightsAreOutOfReach(String sql) {
        assertRefused(sql);
    }

    @Test
    void whatStrangersAddedToTheTrailLongAgoIsAllThatItCanHaveDeleted() throws SQLException {
        database.execute("insert into audit_log (at, action, subject, version, fields, actor, request_id,"
                + " source_address) select now() - ago, action, action || ago, 0, '{}', 'a', 'r', 'x'"
                + " from unnest(array['auth.sign_in_failed', 'user.create']) action,"
                + " unnest(array[interval '89 days', '91 days']) ago");

        executeAsService("select forget_failed_attempts(100)");

        assertEquals(
                "auth.sign_in_failed89 days,user.create89 days,user.create91 days",
                database.query("select string_agg(subject, ',' order by subject) from audit_log"));
    }

    /** A table of its own under that name would have its triggers run with the owner's rights. */
    @Test
    void temporaryTableIsNotTakenForTheTrail() throws SQLException {
        executeAsService("create temporary table audit_log (id bigint, action text collate \"C\", at timestamptz);"
                + " grant all on audit_log to public;"
                + " insert into audit_log values (1, 'auth.sign_in_failed', now() - interval '91 days');"
                + " create function pg_temp.caught() returns trigger language plpgsql"
                + "   as 'begin execute ''create table public.owned ()''; return old; end';"
                + " create trigger caught before delete on audit_log for each row execute function pg_temp.caught();"
                + " select forget_failed_attempts(100)");

        assertEquals("t", database.query("select to_regclass('public.owned') is null"));
    }

    @Test
    void nobodyElseCanHaveThemDeleted() {
        assertEquals(
                "f", database.query("select has_function_privilege('pg_monitor', 'forget_failed_attempts(integer)',"
                        + " 'execute')"));
    }

    @Test
    void everyOtherTableIsReadAndWritten() {
        String tables = database.query("select string_agg(relname, ',' order by relname) from pg_class"
                + " where relnamespace = 'public'::regnamespace and relkind = 'r' and not ("
                + " has_table_privilege('customer_service', oid, 'select')"
                + " and has_table_privilege('customer_service', oid, 'insert')"
                + " and has_table_privilege('customer_service', oid, 'update')"
                + " and has_table_privilege('customer_service', oid, 'delete'))");
        assertEquals("audit_log,databasechangelog,databasechangeloglock", tables);
    }

    /** By triggers, the release from before writes to new tables while the rest is migrated. */
    @Test
    void newTableIsWritableBeforeAllMigrationsHaveRun() {
        try (TestDatabase fresh = TestDatabase.empty()) {
            DatabaseSettings owner = fresh.ownerSettings();
            fresh.execute("create function forget_failed_attempts(integer) returns integer language sql as 'select 1'");
            assertThrows(MigrationException.class, () -> Migrations.apply(owner, TestDatabase.SERVICE));

            assertEquals(
                    "t", fresh.query("select has_table_privilege('" + TestDatabase.SERVICE
                            + "', 'change_outbox', 'insert')"));
        }
    }

    @Test
    void everyTableOfTheSchemaIsInTheListOfRights() {
        assertEquals(
                database.query("select string_agg(relname, ',' order by relname) from pg_class"
                        + " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"),
                String.join(",", new TreeSet<>(ServiceRole.knownTables())));
    }

    @Test
    void roleOwnsNothing() {
        assertEquals("0", database.query("select count(*) from pg_shdepend"
                + " where refobjid = 'customer_service'::regrole and deptype = 'o'"));
        assertEquals("0", database.query("select count(*) from pg_class where relowner = 'customer_service'::regrole"));
    }

    @Test
    void givingItselfARightHasNoEffect() throws SQLException {
        executeAsService("grant delete on audit_log to customer_service");
        assertRefused("delete from audit_log");
    }

    @Test
    void rightsAreNotItsToPassOn() {
        assertEquals("0", database.query("select count(*) from information_schema.role_table_grants"
                + " where grantee = 'customer_service' and is_grantable = 'YES'"));
    }

    @Test
    void laterTableIsUsableBeforeTheNextMigration() throws SQLException {
        execute(
                database.ownerSettings(),
                "create table later (id bigint generated always as identity, t text)");
        executeAsService("insert into later (t) values ('x'); update later set t = 'y'; delete from later");
    }

    /** As after a rollback: a later release's audit trail is not to be opened. */
    @Test
    void rightsToTablesOfOthersStayAsTheyAre() throws SQLException {
        execute(
                database.ownerSettings(),
                "create table later (id bigint); revoke update, delete on later from customer_service");
        Migrations.apply(database.ownerSettings(), TestDatabase.SERVICE);
        executeAsService("insert into later values (1)");
        assertRefused("delete from later");
        assertRefused("update later set id = 2");
    }

    @Test
    void migrationTakesAwayWhatTheRoleIsNotToHave() throws SQLException {
        database.execute("grant all on audit_log, databasechangelog to customer_service;"
                + " grant update (actor) on audit_log to customer_service");
        executeAsService("update audit_log set actor = 'nobody'");
        Migrations.apply(database.ownerSettings(), TestDatabase.SERVICE);
        assertRefused("update audit_log set actor = 'nobody'");
        assertRefused("delete from databasechangelog");
    }

    @Test
    void nothingExcessiveIsFoundOfIt() {
        assertEquals(List.of(), excess(database.settings()));
    }

    @Test
    void ownerThatServesIsFoundExcessive() {
        assertEquals(
                List.of(
                        "customer_service_owner owns tables, or belongs to the role that does",
                        "customer_service_owner may change or remove lines of the audit trail",
                        "customer_service_owner may create objects or roles"),
                excess(database.ownerSettings()));
    }

    @Test
    void rightToChangeTheTrailIsFoundExcessive() {
        database.execute("grant update (actor) on audit_log to customer_service");
        assertEquals(
                List.of("customer_service may change or remove lines of the audit trail"),
                excess(database.settings()));
    }

    private static List<String> excess(DatabaseSettings settings) {
        try (Database opened = Database.open(settings, Clock.systemUTC())) {
            return opened.excessRights();
        }
    }

    @Test
    void roleWithoutRightsIsToldApartFromAnOldSchema() {
        database.execute("revoke all on databasechangelog from customer_service");
        try (Database opened = Database.open(database.settings(), Clock.systemUTC())) {
            assertInstanceOf(SchemaStatus.NotReadable.class, opened.checkSchema());
        }
    }

    @Test
    void unknownRoleIsNamedBeforeAnythingIsChanged() {
        try (TestDatabase empty = TestDatabase.empty()) {
            var refused = assertThrows(
                    MigrationException.class, () -> Migrations.apply(empty.ownerSettings(), "nobody"));
            assertTrue(refused.getMessage().startsWith("there is no role nobody"), refused.getMessage());
            assertEquals("0", empty.query("select count(*) from pg_class where relname = 'databasechangelog'"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"customers", "known_networks", "audit_log"})
    void tablesOfAnotherRoleAreNamed(String table) {
        database.execute("alter table " + table + " owner to customer_service");
        var refused = assertThrows(
                MigrationException.class, () -> Migrations.apply(database.ownerSettings(), TestDatabase.SERVICE));
        assertTrue(
                refused.getMessage().contains(table + " belongs to the role customer_service"), refused.getMessage());
    }

    @Test
    void rightsThatTheRoleLacksAreFoundByTable() {
        database.execute("revoke insert, delete on users from customer_service; revoke all on audit_log from"
                + " customer_service; drop table known_networks");
        assertEquals(
                List.of(
                        "insert, delete on users", "select, insert, update, delete on known_networks",
                        "select, insert on audit_log"),
                state(database.settings()).lacking());
    }

    @Test
    void migratedDatabaseLacksNothing() {
        assertEquals(List.of(), state(database.settings()).lacking());
    }

    /** As where one role does both, and an administrator made a table by hand. */
    @Test
    void migrationThatLeavesTheRoleWithoutARightFails() {
        database.execute("revoke all on users from customer_service_owner; alter table users owner to postgres");
        var refused = assertThrows(MigrationException.class, () -> Migrations.apply(database.ownerSettings()));
        assertTrue(refused.getMessage().contains("lacks select, insert, update, delete on users"),
                refused.getMessage());
    }

    private static DatabaseState state(DatabaseSettings settings) {
        try (Database opened = Database.open(settings, Clock.systemUTC())) {
            return opened.state();
        }
    }

    @Test
    void roleThatOwnsEverythingMigratesAndServesAsBefore() {
        try (TestDatabase one = TestDatabase.empty()) {
            DatabaseSettings both = one.ownerSettings();
            assertDoesNotThrow(() -> Migrations.apply(both));
            try (Database opened = Database.open(both, Clock.systemUTC())) {
                assertInstanceOf(SchemaStatus.Current.class, opened.checkSchema());
            }
        }
    }

    /** In one transaction: the service has its rights before, afterwards and in between. */
    @Test
    void tablesAreHandedOverWithoutTheServiceLosingThem() throws SQLException {
        database.execute("reassign owned by customer_service_owner to customer_service");
        database.execute("begin; set local lock_timeout = '3s';"
                + " reassign owned by customer_service to customer_service_owner;"
                + " grant select, insert, update, delete on all tables in schema public to customer_service;"
                + " grant execute on all functions in schema public to customer_service; commit");
        executeAsService("update users set active = true");
        try (Connection connection = database.connect()) {
            assertEquals(List.of(), DatabaseState.of(connection, TestDatabase.SERVICE).lacking());
        }
        Migrations.apply(database.ownerSettings(), TestDatabase.SERVICE);
        executeAsService("update users set active = true");
        assertRefused("delete from audit_log");
    }
}
