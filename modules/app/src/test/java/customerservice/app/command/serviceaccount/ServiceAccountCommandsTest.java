package customerservice.app.command.serviceaccount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.Host;
import customerservice.app.TestDatabase;
import customerservice.app.command.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceAccountCommandsTest {

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.migrated();
        shell = new Shell(new Host(folder, database).environment());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Shell.Result add(String name) {
        return shell.run(
                "service-account", "add", name, "--scope", "customers:write", "--scope", "customers:read");
    }

    private static void assertFailed(String message, Shell.Result result) {
        assertEquals(new Shell.Result(1, "", "customer-service: " + message + System.lineSeparator()), result);
    }

    @Test
    void secretIsPrintedOnceAndKeptAsItsHash() {
        Shell.Result result = add("billing");
        assertEquals(0, result.exitCode(), result.err());
        List<String> lines = result.out().lines().toList();
        assertEquals(2, lines.size(), result.out());
        assertEquals("client_id: " + database.query("select id from service_accounts"), lines.get(0));
        assertTrue(lines.get(1).matches("client_secret: [A-Za-z0-9_-]{43}"), result.out());
        String secret = lines.get(1).substring("client_secret: ".length());
        assertEquals(
                "t",
                database.query("select secret_hash = encode(sha256('" + secret + "'), 'hex') from service_accounts"));
        assertFalse(shell.run("service-account", "list").out().contains(secret));
    }

    @Test
    void secretThatCannotBePrintedIsNoAccounts() {
        shell.fullDisk();
        assertFailed("cannot write to standard output", add("billing"));
        assertEquals("0", database.query("select count(*) from service_accounts"));
        assertEquals("0", database.query("select count(*) from audit_log"));
    }

    @Test
    void changesAreInTheAuditTrail() {
        add("billing");
        shell.run("service-account", "remove", "billing");
        assertEquals(
                "service_account.create,service_account.remove",
                database.query("select string_agg(action, ',' order by id) from audit_log"));
    }

    @Test
    void listIsByNameWithScopes() {
        add("shop");
        add("billing");
        List<String> lines = shell.run("service-account", "list").out().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(
                lines.get(0).matches("billing +customers:read,customers:write 20\\S+Z [0-9a-f-]{36}"), lines.get(0));
        assertTrue(lines.get(1).startsWith("shop "), lines.get(1));
    }

    @Test
    void removedAccountIsGone() {
        add("billing");
        assertEquals(
                new Shell.Result(0, "removed billing" + System.lineSeparator(), ""),
                shell.run("service-account", "remove", "billing"));
        assertEquals("0", database.query("select count(*) from service_accounts"));
        assertFailed("there is no service account billing", shell.run("service-account", "remove", "billing"));
    }

    @Test
    void nameThatIsTakenIsRefused() {
        add("billing");
        assertFailed("another service account has this name", add("billing"));
    }

    @Test
    void badNameIsRefused() {
        assertFailed("name must be 1 to 64 characters out of a-z 0-9 . _ -, starting with a letter", add("Billing"));
    }

    @Test
    void unknownScopeAndNoScopeAreWrongUsage() {
        Shell.Result unknown = shell.run("service-account", "add", "billing", "--scope", "everything");
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().contains("customers:read"), unknown.err());
        assertEquals(2, shell.run("service-account", "add", "billing").exitCode());
    }
}
