package customerservice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.testsupport.Await;
import customerservice.testsupport.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: how it starts, refuses to, and ends. */
class ServeTest {

    private static final int SIGTERM = 128 + 15;

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Host host;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.migrated();
        host = new Host(folder, database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Program serve() throws IOException {
        return Program.start(folder, host.environment(), "serve");
    }

    private void assertRefused(int exitCode, String message) throws IOException, InterruptedException {
        try (Program program = serve()) {
            assertEquals(exitCode, program.exitCode(), program.err());
            assertEquals("customer-service: " + message + "\n", program.err());
        }
    }

    @Test
    void sigtermStopsInOrderWithTheSignalsExitCode() throws IOException, InterruptedException {
        try (Program program = serve()) {
            program.awaitOut("serving at http://127.0.0.1:");
            program.terminate();
            assertEquals(SIGTERM, program.exitCode());
            assertTrue(program.out().lines().toList().getLast().contains("\"message\":\"stopped\""), program.out());
        }
    }

    @Test
    void configurationInForceIsLoggedWithoutSecrets() throws IOException, InterruptedException {
        host.configure("log.level", "trace");
        try (Program program = serve()) {
            program.awaitOut("serving at");
            program.terminate();
            program.exitCode();
            assertTrue(program.out().contains("database.pool_size=10"), program.out());
            assertTrue(program.out().contains("db-password=***"), program.out());
            assertFalse((program.out() + program.err()).contains(TestDatabase.PASSWORD), "the password is logged");
        }
    }

    @Test
    void oldSchemaIsRefusedWithAHint() throws IOException, InterruptedException {
        database.execute("delete from databasechangelog where id = '0002-users'");
        assertRefused(
                1,
                "the database's schema is older than this release; run `customer-service migrate`"
                        + " (missing: 0002-users)");
    }

    @Test
    void editedMigrationIsRefused() throws IOException, InterruptedException {
        database.execute("update databasechangelog set md5sum = '9:0' where id = '0002-users'");
        assertRefused(
                1,
                "the database's schema was made by migrations that this release knows in another form (0002-users);"
                        + " see `customer-service migrate --status`");
    }

    @Test
    void portInUseIsOneLine() throws IOException, InterruptedException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            host.configure("server.port", Integer.toString(other.getLocalPort()));
            assertRefused(
                    1,
                    "Cannot listen on 127.0.0.1:" + other.getLocalPort());
        }
    }

    @Test
    void wrongConfigurationIsExitCode78WithFileAndLine() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("service.yaml"), "server:\n  prot: 80\n");
        host.variable("CUSTOMER_SERVICE_CONFIG", file.toString());
        assertRefused(78, file + ":2: server.prot: unknown key (did you mean port?)");
    }

    @Test
    void signingKeysThatAreNoneAreExitCode78() throws IOException, InterruptedException {
        host.credential("jwt-keys.json", "{\"keys\":[]}", "rw-------");
        assertRefused(78, folder.resolve("jwt-keys.json") + ": must have 1 to 16 keys");
    }

    @Tag("slow")
    @Test
    void databaseThatIsAwayIsWaitedForUntilTheTimeout() throws IOException, InterruptedException {
        host.configure("database.url", "jdbc:postgresql://127.0.0.1:" + FreePort.next() + "/none");
        host.configure("startup.timeout", "1ms");
        try (Program program = serve()) {
            assertEquals(1, program.exitCode());
            assertTrue(
                    program.err().startsWith("customer-service: the database cannot be reached: "), program.err());
            assertEquals(1, program.err().lines().count(), program.err());
        }
    }

    @Test
    void databaseThatComesLateIsServedFrom() throws IOException {
        String late = database.url().replaceFirst("/[^/]*$", "/late_" + ProcessHandle.current().pid());
        host.configure("database.url", late);
        try (Program program = serve()) {
            program.awaitOut("waiting for the database");
            database.execute("create database " + late.substring(late.lastIndexOf('/') + 1) + " template migrated");
            program.awaitOut("serving at");
        } finally {
            database.execute("drop database " + late.substring(late.lastIndexOf('/') + 1) + " with (force)");
        }
    }

    @Test
    void sigtermEndsTheWaitForTheDatabase() throws IOException, InterruptedException {
        host.configure("database.url", "jdbc:postgresql://127.0.0.1:" + FreePort.next() + "/none");
        host.configure("startup.timeout", "24h");
        try (Program program = serve()) {
            program.awaitOut("waiting for the database");
            program.terminate();
            assertEquals(SIGTERM, program.exitCode());
        }
    }

    @Test
    void migrateMakesAnEmptyDatabaseFitToBeServed() throws IOException, InterruptedException {
        try (TestDatabase empty = TestDatabase.empty()) {
            host.configure("database.url", empty.url());
            try (Program migrate = Program.start(folder, host.environment(), "migrate")) {
                assertEquals(0, migrate.exitCode(), migrate.err());
                assertEquals("", migrate.err());
                assertTrue(migrate.out().contains("applied 0001"), migrate.out());
            }
            try (Program program = serve()) {
                program.awaitOut("serving at");
            }
        }
    }

    /** A deployment that was interrupted is repeated. */
    @Tag("slow")
    @Test
    void migrateAfterOneThatWasKilledSucceedsAtOnce() throws IOException, InterruptedException, SQLException {
        database.execute("delete from databasechangelog where id = '0006-audit-log-at'");
        for (Consumer<Program> end : List.<Consumer<Program>>of(Program::terminate, Program::close)) {
            try (Connection reader = DriverManager.getConnection(
                    database.url(), TestDatabase.USER, TestDatabase.PASSWORD);
                    Statement statement = reader.createStatement()) {
                reader.setAutoCommit(false);
                statement.execute("select from audit_log");
                try (Program migrate = Program.start(folder, host.environment(), "migrate")) {
                    Await.until("in the midst of a migration", () -> "1".equals(database.query(
                            "select count(*) from pg_stat_activity where query like 'drop index concurrently%'"
                                    + " and wait_event_type = 'Lock' and datname = current_database()")));
                    end.accept(migrate);
                    migrate.exitCode();
                }
                assertEquals("t", database.query("select locked from databasechangeloglock"));
            }
            try (Program migrate = Program.start(folder, host.environment(), "migrate")) {
                assertEquals(0, migrate.exitCode(), migrate.out() + migrate.err());
                assertTrue(migrate.out().contains("left over"), migrate.out());
            }
            database.execute("delete from databasechangelog where id = '0006-audit-log-at'");
        }
    }

    @Test
    void migrateOfADatabaseThatCannotBeServedFromIsOneLineThatSaysWhy() throws IOException, InterruptedException {
        try (TestDatabase latin1 = TestDatabase.latin1()) {
            host.configure("database.url", latin1.url());
            try (Program migrate = Program.start(folder, host.environment(), "migrate")) {
                assertEquals(1, migrate.exitCode());
                assertEquals(1, migrate.err().lines().count(), migrate.err());
                assertTrue(migrate.err().contains("the database has the encoding LATIN1, not UTF8"), migrate.err());
            }
        }
    }

    @Test
    void everyLineOfMigrateIsJson() throws IOException, InterruptedException {
        try (TestDatabase empty = TestDatabase.empty()) {
            host.configure("database.url", empty.url());
            try (Program migrate = Program.start(folder, host.environment(), "migrate")) {
                assertEquals(0, migrate.exitCode(), migrate.err());
                assertTrue(
                        migrate.out().lines().allMatch(line -> line.startsWith("{\"time\":")), migrate.out());
            }
        }
    }

    @Test
    void migrateByTheServicesOwnRoleMakesItTheOwner() throws IOException, InterruptedException {
        try (TestDatabase empty = TestDatabase.empty()) {
            empty.execute("alter database " + empty.name() + " owner to " + TestDatabase.USER);
            Files.delete(folder.resolve("db-migration-password"));
            host.configure("database.url", empty.url()).configure("database.migration_user", "");
            try (Program migrate = Program.start(folder, host.environment(), "migrate")) {
                assertEquals(0, migrate.exitCode(), migrate.err());
            }
            try (Program program = serve()) {
                program.awaitOut("serving at");
            }
        }
    }

    @Test
    void roleWithoutRightsIsRefusedWithWhatToDo() throws IOException, InterruptedException {
        database.execute("revoke all on all tables in schema public from " + TestDatabase.USER);
        assertRefused(
                1,
                "the role of database.user has no rights to the tables; `customer-service migrate` gives them to it");
    }

    @Test
    void migrateWithoutItsPasswordIsExitCode78() throws IOException, InterruptedException {
        Files.delete(folder.resolve("db-migration-password"));
        try (Program migrate = Program.start(folder, host.environment(), "migrate")) {
            assertEquals(78, migrate.exitCode(), migrate.err());
            assertTrue(migrate.err().contains("db-migration-password: missing"), migrate.err());
        }
    }
}
