package customerservice.persistence.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.persistence.Database;
import customerservice.persistence.DatabaseCheck;
import customerservice.persistence.TestDatabase;
import customerservice.persistence.connection.ConnectionSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody has removed by hand; the record of migrations says that all is well. */
final class SchemaObjectsTest {

    private static final SchemaObjects NONE = new SchemaObjects(List.of(), List.of());

    private final TestDatabase database = TestDatabase.migrated();

    @AfterEach
    void drop() {
        database.close();
    }

    private SchemaObjects missing() {
        try (Connection connection = database.connect()) {
            return SchemaObjects.missing(connection);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private DatabaseCheck schemaHealth() {
        try (Database opened = Database.open(database.settings().withoutCache(), Clock.systemUTC())) {
            return opened.health().stream().filter(check -> check.name().equals("schema")).findFirst().orElseThrow();
        }
    }

    @Test
    void expectedObjectsAreThoseThatMigrationsMake() {
        List<String> kinds = List.of(
                "table", "rows", "column", "default", "unique", "index", "foreign", "trigger", "function");
        List<String> made = new ArrayList<>(
                List.of(database.query("select string_agg(object, ';') from (%s) made"
                        .formatted(SchemaObjects.PRESENT)).split(";")));
        made.sort((one, other) -> {
            int byKind = kinds.indexOf(kind(one)) - kinds.indexOf(kind(other));
            return byKind == 0 ? one.compareTo(other) : byKind;
        });
        String lines = String.join("\n", made);
        assertEquals(
                lines, String.join("\n", SchemaObjects.expected()),
                SchemaObjects.EXPECTED + " must read:\n" + lines + "\n");
    }

    private static String kind(String object) {
        return object.substring(0, object.indexOf(' '));
    }

    @Test
    void nothingIsMissingAfterMigrations() {
        assertEquals(NONE, missing());
    }

    @Test
    void whatALaterReleaseHasMadeIsNotMissed() {
        database.execute("create table later (id int); alter table customers add column later int");
        assertEquals(NONE, missing());
    }

    /** One named as the role comes before all others. */
    @Test
    void tableOfTheSameNameThatComesBeforeIsNotTakenForOurs() throws SQLException {
        database.execute("create schema customer_service;"
                + " create table customer_service.users (like public.users including all);"
                + " grant usage on schema customer_service to customer_service");
        assertEquals(NONE, missing());
        try (Connection connection = new ConnectionSource(database.settings()).connectToProbe()) {
            assertEquals(
                    List.of(
                            "trigger users_deleted of users", "trigger users_inserted of users",
                            "trigger users_token_epoch of users", "trigger users_truncated of users",
                            "trigger users_updated of users"),
                    SchemaObjects.missing(connection).needed().stream()
                            .filter(object -> object.startsWith("trigger")).toList());
        }
    }

    /** It changes how PostgreSQL writes names. */
    @Test
    void settingsOfTheDatabaseDoNotMatter() {
        database.execute("do $$ begin execute format("
                + "'alter database %I set quote_all_identifiers = on', current_database()); end $$");
        assertEquals(NONE, missing());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    alter table users drop column token_epoch                  | column token_epoch of users
                    alter table customers rename column phone to telephone     | column phone of customers
                    drop trigger customers_updated on customers                | trigger customers_updated of customers
                    alter table customers disable trigger customers_deleted    | trigger customers_deleted of customers
                    alter table users enable replica trigger users_token_epoch | trigger users_token_epoch of users
                    drop function forget_failed_attempts(integer)              | function forget_failed_attempts(integer)
                    drop index customers_email_key                             | unique index customers_email_key (expression) of customers
                    alter table users drop constraint users_pkey cascade       | unique index users_pkey (id) of users
                    drop table sign_in_failures                                | table sign_in_failures
                    alter table users enable row level security                | rows without row level security of users
                    alter table audit_log alter column id drop identity        | default of id of audit_log
                    alter table change_outbox alter column xid drop default    | default of xid of change_outbox
                    """)
    void whatServingNeedsIsMissed(String statement, String object) {
        database.execute(statement);
        assertEquals(object, missing().needed().getFirst());
        assertEquals(List.of(), missing().indexes());
        assertEquals(new DatabaseCheck("schema", false, "has lost objects: " + missing().needed().size()),
                schemaHealth());
        MigrationException refused = assertThrows(
                MigrationException.class, () -> Migrations.apply(database.ownerSettings()));
        assertEquals(
                "the schema has lost what migrations have made: " + String.join(", ", missing().needed())
                        + "; docs/decisions/0075 says how to put it back",
                refused.getMessage());
    }

    /** Lists by it are slow. */
    @ParameterizedTest
    @ValueSource(
            strings = {"drop index audit_log_at_idx",
                "update pg_index set indisvalid = false where indexrelid = 'audit_log_at_idx'::regclass",
                "drop index audit_log_at_idx; create index audit_log_at_idx on audit_log (id)"})
    void indexIsMissedButServedWithout(String statement) {
        database.execute(statement);
        assertEquals(new SchemaObjects(List.of(), List.of("index audit_log_at_idx (at, id) of audit_log")), missing());
        assertEquals(new DatabaseCheck("schema", true, "current; has lost indexes: 1"), schemaHealth());
        Migrations.apply(database.ownerSettings());
    }
}
