package customerservice.app.command.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.Host;
import customerservice.app.TestDatabase;
import customerservice.app.command.Shell;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Sources;
import customerservice.app.service.CustomerService;
import customerservice.testsupport.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {

    /** In seconds, of somebody at the shell: less than a command waits for a database that only takes its time. */
    private static final int PATIENCE = 8;

    private static final String NO_URL = " is no https URL, and clients refuse it that find the endpoints by the issuer"
            + " (RFC 8414); set server.public_url";

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

    private Shell.Result check() {
        return new Shell(host.environment()).run("check");
    }

    private static void assertFound(String line, Shell.Result result) {
        assertTrue(result.out().lines().anyMatch(line::equals), result.out());
    }

    @Test
    void allIsWellOnAGoodHost() {
        assertEquals("""
                ok     db-password: private
                ok     jwt-keys.json: private
                ok     signing keys: usable
                ok     database: primary answers
                ok     schema: current
                ok     database role: may do what serving needs, and no more
                ok     issuer: https://customers.example
                ok     public listener: 127.0.0.1 port any is free
                ok     management listener: 127.0.0.1 port any is free
                """, check().out().replaceFirst("(?s).*?\n\n", ""));
    }

    @Test
    void goodHostIsExitCodeZero() {
        Shell.Result result = check();
        assertEquals(0, result.exitCode(), result.out());
        assertEquals("", result.err());
    }

    @Test
    void configurationInForceIsShown() {
        host.configure("database.pool_size", "7");
        Shell.Result result = check();
        assertFound("database.pool_size: 7", result);
        assertFound("cache.lease: 50ms", result);
        assertFound("db-password: ***", result);
    }

    @Test
    void secretsAreNotShown() throws IOException {
        String keys = Files.readString(folder.resolve("jwt-keys.json"));
        String secret = keys.replaceFirst("(?s).*\"d\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        assertTrue(secret.length() > 20 && secret.length() < 100, "the private key's parameter d");
        Shell.Result result = check();
        assertFalse(result.out().contains(secret));
        assertFalse((result.out() + result.err()).contains(TestDatabase.PASSWORD));
    }

    @Test
    void wrongConfigurationIsNamedWithAllItsPlaces() {
        host.configure("server.port", "eighty").configure("database.pool", "3");
        Shell.Result result = check();
        assertEquals(78, result.exitCode());
        assertEquals(2, result.err().lines().count(), result.err());
        assertTrue(result.err().contains("CUSTOMER_SERVICE_SERVER_PORT: server.port: "), result.err());
    }

    @Test
    void signingKeysThatAreNoneAreAConfigurationError() throws IOException {
        host.credential("jwt-keys.json", "{\"keys\":[]}", "rw-------");
        Shell.Result result = check();
        assertEquals(78, result.exitCode());
        assertFound("FAILED signing keys: " + folder.resolve("jwt-keys.json") + ": must have 1 to 16 keys", result);
        assertFound("ok     database: primary answers", result);
    }

    @Test
    void credentialThatEverybodyCanReadIsQuestionable() throws IOException {
        host.credential("db-password", TestDatabase.PASSWORD, "rw-r--r--");
        Shell.Result result = check();
        assertFound("warn   db-password: every user of this host can read it (rw-r--r--)", result);
        assertEquals(0, result.exitCode());
    }

    @Test
    @Timeout(PATIENCE)
    void unreachableDatabaseIsFound() throws IOException {
        host.configure("database.url", "jdbc:postgresql://localhost:" + FreePort.next() + "/none");
        Shell.Result result = check();
        assertEquals(1, result.exitCode());
        assertTrue(result.out().contains("FAILED database: cannot be reached: Connection "), result.out());
    }

    @Test
    @Timeout(PATIENCE)
    void databaseThatIsNotThereIsFound() {
        host.configure("database.url", database.url() + "_not_there");
        Shell.Result result = check();
        assertEquals(1, result.exitCode());
        assertFound(
                "FAILED database: cannot be reached: FATAL: database \"" + database.name()
                        + "_not_there\" does not exist",
                result);
    }

    @Test
    void oldSchemaIsFound() {
        database.execute("delete from databasechangelog where id = '0002-users'");
        Shell.Result result = check();
        assertEquals(1, result.exitCode());
        assertFound(
                "FAILED schema: the database's schema is older than this release; run `customer-service migrate`"
                        + " (missing: 0002-users)",
                result);
    }

    @Test
    void readOnlyDatabaseIsFound() {
        database.execute("alter database " + database.name() + " set default_transaction_read_only = on");
        Shell.Result result = check();
        assertEquals(1, result.exitCode());
        assertFound("FAILED database: is read-only", result);
    }

    @Test
    void databaseInAnotherEncodingIsFound() {
        try (TestDatabase latin1 = TestDatabase.latin1()) {
            host.configure("database.url", latin1.url());
            Shell.Result result = check();
            assertEquals(1, result.exitCode());
            assertFound("FAILED database: has the encoding LATIN1, not UTF8", result);
        }
    }

    @Test
    void eachProblemOfTheDatabaseHasItsLine() {
        try (TestDatabase latin1 = TestDatabase.latin1()) {
            latin1.execute("alter database " + latin1.name() + " set default_transaction_read_only = on");
            host.configure("database.url", latin1.url());
            Shell.Result result = check();
            assertFound("FAILED database: is read-only", result);
            assertFound("FAILED database: has the encoding LATIN1, not UTF8", result);
        }
    }

    @Test
    void rightsThatServingLacksAreFound() {
        database.execute("revoke update, delete on users from customer_service");
        database.execute("revoke insert on audit_log from customer_service");
        Shell.Result result = check();
        assertEquals(1, result.exitCode());
        assertFound("FAILED database role: lacks update, delete on users", result);
        assertFound("FAILED database role: lacks insert on audit_log", result);
    }

    @Test
    void objectsThatSomebodyHasRemovedAreFound() {
        database.execute("alter table users drop column token_epoch");
        database.execute("alter table customers disable trigger customers_updated");
        database.execute("drop index audit_log_at_idx");
        Shell.Result result = check();
        assertEquals(1, result.exitCode());
        String putBack = "; docs/decisions/0075 says how to put it back";
        assertFound("FAILED schema: has lost the column token_epoch of users" + putBack, result);
        assertFound("FAILED schema: has lost the trigger customers_updated of customers" + putBack, result);
        assertFound("warn   schema: has lost the index audit_log_at_idx (at, id) of audit_log" + putBack, result);
    }

    @Test
    void rightsAreNotLookedForInAnOldSchema() {
        try (TestDatabase empty = TestDatabase.empty()) {
            host.configure("database.url", empty.url());
            Shell.Result result = check();
            assertFalse(result.out().contains("database role"), result.out());
        }
    }

    @Test
    void changedCollationIsQuestionable() {
        database.execute("update pg_database set datcollversion = '0' where datname = current_database()");
        Shell.Result result = check();
        assertEquals(0, result.exitCode(), result.out());
        assertFound(
                "warn   database: was made with version 0 of its collation, and the server has version 1;"
                        + " docs/decisions/0075 says what to rebuild",
                result);
    }

    @Test
    void roleThatMayDoMoreThanServingNeedsIsQuestionable() {
        host.configure("database.user", TestDatabase.OWNER);
        Shell.Result result = check();
        assertEquals(0, result.exitCode(), result.out());
        assertFound(
                "warn   database role: customer_service_owner owns tables, or belongs to the role that does", result);
        assertFound(
                "warn   database role: customer_service_owner may change or remove lines of the audit trail", result);
    }

    @Test
    void issuerThatIsNoUrlIsQuestionable() {
        host.configure("server.public_url", "");
        Shell.Result result = check();
        assertEquals(0, result.exitCode(), result.out());
        assertFound("warn   issuer: customer-service" + NO_URL, result);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://customers.example", "https://", "https://customers.example?a",
                "https://customers.example#a",
                "https://user@customers.example", "https://customers example"})
    void issuerThatIsNotAsRfc8414WantsItIsQuestionable(String issuer) {
        host.configure("auth.issuer", issuer);
        assertFound("warn   issuer: " + issuer + NO_URL, check());
    }

    @Test
    void issuerMayHaveAPathBehindThePublicUrl() {
        host.configure("auth.issuer", "https://customers.example/records");
        assertFound("ok     issuer: https://customers.example/records", check());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://id.example", "https://customers.example.org", "https://customers.example:8443"})
    void issuerWhoseMetadataIsElsewhereIsQuestionable(String issuer) {
        host.configure("auth.issuer", issuer);
        assertFound(
                "warn   issuer: " + issuer
                        + " is elsewhere than https://customers.example: clients look for the endpoints there, not here",
                check());
    }

    @Test
    void passwordForMigrationsIsNotAskedFor() throws IOException {
        Files.delete(folder.resolve("db-migration-password"));
        assertEquals(0, check().exitCode());
    }

    @Test
    void portThatAnotherProgramHasIsFound() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Closed at once, it answers nothing that is HTTP.
            Thread.ofVirtual().start(() -> {
                try {
                    other.accept().close();
                } catch (IOException e) {
                    // closed
                }
            });
            host.configure("server.port", Integer.toString(other.getLocalPort()));
            Shell.Result result = check();
            assertEquals(1, result.exitCode());
            assertFound(
                    "FAILED public listener: 127.0.0.1 port " + other.getLocalPort()
                            + " cannot be listened on: Address already in use",
                    result);
        }
    }

    @Test
    void portOfARunningInstanceIsFine() {
        Configuration configuration = Configuration.load(
                Sources.of(host.environment()), Credential.toServe());
        try (CustomerService service = CustomerService.start(configuration)) {
            int port = service.address().getPort();
            host.configure("server.port", Integer.toString(port));
            Shell.Result result = check();
            assertEquals(0, result.exitCode(), result.out());
            assertFound("ok     public listener: 127.0.0.1 port " + port + " is in use by a running instance", result);
        }
    }

    @Test
    void addressOfAnotherHostIsFound() {
        host.configure("management.host", "192.0.2.1"); // TEST-NET-1, RFC 5737
        Shell.Result result = check();
        assertEquals(1, result.exitCode());
        assertTrue(result.out().contains("FAILED management listener: 192.0.2.1 port any"), result.out());
    }
}
