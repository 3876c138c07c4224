package customerservice.app.command.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.Host;
import customerservice.app.TestDatabase;
import customerservice.app.command.Shell;
import customerservice.auth.password.Passwords;
import customerservice.testsupport.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class UserCommandsTest {

    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Host host;
    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        database = TestDatabase.migrated();
        host = new Host(folder, database);
        shell = new Shell(host.environment());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Shell.Result add(String name) {
        return shell.input(PASSWORD + "\n").run("user", "add", name, "--role", "operator");
    }

    private boolean passwordIs(String password) {
        return new Passwords(1, 0, new SecureRandom())
                .matches(password.toCharArray(), database.query("select password_hash from users"));
    }

    private static void assertFailed(String message, Shell.Result result) {
        assertEquals(new Shell.Result(1, "", "customer-service: " + message + System.lineSeparator()), result);
    }

    @Test
    void addedUserHasNameRoleAndPassword() {
        Shell.Result result = add("ada");
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(result.out().startsWith("added ada (operator, "), result.out());
        assertEquals("ada operator", database.query("select username || ' ' || role from users"));
        assertTrue(passwordIs(PASSWORD));
    }

    @Test
    void addIsInTheAuditTrail() {
        add("ada");
        assertEquals("user.create", database.query("select action from audit_log"));
        assertEquals("local", database.query("select source_address from audit_log"));
    }

    @Test
    void generatedPasswordIsPrintedAndWorks() {
        Shell.Result result = shell.run("user", "add", "ada", "--role", "admin", "--generate");
        assertTrue(passwordIs(password(result)));
    }

    private static String password(Shell.Result result) {
        assertEquals(0, result.exitCode(), result.err());
        String line = result.out().lines().findFirst().orElseThrow();
        assertTrue(line.matches("password: [a-z2-9]{24}"), result.out());
        return line.substring("password: ".length());
    }

    @Test
    void generatedPasswordIsChangedAndPrinted() {
        add("ada");
        assertTrue(passwordIs(password(shell.run("user", "passwd", "ada", "--generate"))));
    }

    @Test
    void generatedPasswordThatCannotBePrintedIsNobodys() {
        assertFailed(
                "cannot write to standard output",
                shell.fullDisk().run("user", "add", "ada", "--role", "admin", "--generate"));
        assertEquals("0", database.query("select count(*) from users"));
        assertEquals("0", database.query("select count(*) from audit_log"));
    }

    @Test
    void generatedPasswordThatCannotBePrintedChangesNothing() {
        add("ada");
        assertFailed(
                "cannot write to standard output", shell.fullDisk().run("user", "passwd", "ada", "--generate"));
        assertTrue(passwordIs(PASSWORD));
    }

    @Test
    void passwordIsNotGeneratedForANameThatIsTaken() {
        add("ada");
        assertFailed(
                "another user has this name", shell.run("user", "add", "ada", "--role", "admin", "--generate"));
    }

    @Test
    void changeThatCannotBeToldIsAFailure() {
        add("ada");
        assertFailed("cannot write to standard output", shell.fullDisk().run("user", "deactivate", "ada"));
        assertFailed("cannot write to standard output", shell.fullDisk().run("user", "list"));
    }

    @Test
    void givenPasswordIsNotPrinted() {
        Shell.Result result = add("ada");
        assertFalse((result.out() + result.err()).contains(PASSWORD));
    }

    @Test
    void passwordIsTakenFromAPersonWhoTypesItTwice() {
        Shell.Result result = shell.person(PASSWORD, PASSWORD).run("user", "add", "ada", "--role", "viewer");
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(passwordIs(PASSWORD));
    }

    @Test
    void twoDifferentPasswordsAreRefused() {
        assertFailed(
                "the two passwords are not the same",
                shell.person(PASSWORD, "another one").run("user", "add", "ada", "--role", "viewer"));
        assertEquals("0", database.query("select count(*) from users"));
    }

    @Test
    void personMayThinkBetterOfIt() {
        assertFailed("no password was given", shell.person().run("user", "add", "ada", "--role", "viewer"));
    }

    @Test
    void emptyInputIsNoPassword() {
        assertFailed("no password on standard input", shell.run("user", "add", "ada", "--role", "viewer"));
    }

    @Test
    void folderOnStandardInputIsOneLine() {
        assertFailed(
                "standard input cannot be read: Is a directory",
                shell.inputFolder().run("user", "add", "ada", "--role", "viewer"));
    }

    @Test
    void shortPasswordIsRefused() {
        assertFailed(
                "password must be at least 8 characters",
                shell.input("short\n").run("user", "add", "ada", "--role", "viewer"));
    }

    @Test
    void badNameIsRefused() {
        assertFailed("username must be 1 to 64 characters out of a-z 0-9 . _ -, starting with a letter", add("Ada"));
    }

    @Test
    void nameThatIsTakenIsRefused() {
        add("ada");
        Shell.Result result = add("ada");
        assertEquals(1, result.exitCode());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void passwdChangesThePassword() {
        add("ada");
        Shell.Result result = shell.input("another password\n").run("user", "passwd", "ada");
        assertEquals(
                new Shell.Result(0, "changed the password of ada" + System.lineSeparator(), ""), result);
        assertTrue(passwordIs("another password"));
    }

    @Test
    void passwdIsInTheAuditTrail() {
        add("ada");
        shell.input("another password\n").run("user", "passwd", "ada");
        assertEquals("user.change_password", database.query("select action from audit_log order by id desc"));
    }

    @Test
    void passwdOfNobodyIsRefused() {
        assertFailed("there is no user bob", shell.input(PASSWORD).run("user", "passwd", "bob"));
    }

    @Test
    void mostUsedPasswordIsRefused() {
        assertFailed(
                "password must not be one of the most used passwords",
                shell.input("password1\n").run("user", "add", "ada", "--role", "viewer"));
    }

    @Test
    void userIsDeactivatedAndActivated() {
        add("ada");
        assertEquals(
                new Shell.Result(0, "ada may no longer sign in" + System.lineSeparator(), ""),
                shell.run("user", "deactivate", "ada"));
        assertEquals("f", database.query("select active from users"));
        assertEquals(
                new Shell.Result(0, "ada may sign in" + System.lineSeparator(), ""),
                shell.run("user", "activate", "ada"));
        assertEquals("t", database.query("select active from users"));
        assertEquals("2", database.query("select count(*) from audit_log where action = 'user.update'"));
    }

    @Test
    void roleIsChanged() {
        add("ada");
        assertEquals(
                new Shell.Result(0, "ada is viewer" + System.lineSeparator(), ""),
                shell.run("user", "role", "ada", "viewer"));
        assertEquals("viewer", database.query("select role from users"));
        assertEquals(2, shell.run("user", "role", "ada", "king").exitCode());
    }

    private void signIn(String name, int times) {
        database.execute("""
                insert into token_families (user_id, user_epoch, expires_at)
                select id, token_epoch, now() + interval '1 hour' from users, generate_series(1, %d)
                where username = '%s'""".formatted(times, name));
    }

    private String signOuts() {
        return database.query("""
                select coalesce(string_agg(subject || ' ' || regexp_replace(actor, ':.+', ':NAME') || ' ' || source_address, ','), '')
                from audit_log where action = 'user.sign_out'""");
    }

    @Test
    void signInsOfOneUserAreEndedAndCounted() {
        add("ada");
        add("grace");
        signIn("ada", 2);
        signIn("grace", 1);
        assertEquals(
                new Shell.Result(0, "ended 2 sign-ins of ada" + System.lineSeparator(), ""),
                shell.run("user", "sign-out", "ada"));
        assertEquals(
                new Shell.Result(0, "ended 1 sign-in of grace" + System.lineSeparator(), ""),
                shell.run("user", "sign-out", "grace"));
        assertEquals(
                new Shell.Result(0, "ended 0 sign-ins of grace" + System.lineSeparator(), ""),
                shell.run("user", "sign-out", "grace"));
    }

    @Test
    void signInsOfAllUsersAreEndedAndCounted() {
        add("ada");
        add("grace");
        signIn("ada", 2);
        signIn("grace", 1);
        assertEquals(
                new Shell.Result(0, "ended 3 sign-ins of all users" + System.lineSeparator(), ""),
                shell.run("user", "sign-out", "--all"));
        assertEquals("all system:NAME local", signOuts());
    }

    @Test
    void endOfSignInsIsInTheAuditTrail() {
        add("ada");
        shell.run("user", "sign-out", "ada");
        assertEquals(database.query("select id from users") + " system:NAME local", signOuts());
    }

    @Test
    void removedUserIsGone() {
        add("ada");
        assertEquals(
                new Shell.Result(0, "removed ada" + System.lineSeparator(), ""), shell.run("user", "remove", "ada"));
        assertEquals("0", database.query("select count(*) from users"));
        assertFailed("there is no user ada", shell.run("user", "remove", "ada"));
    }

    @Test
    void lastAdminStays() {
        shell.input(PASSWORD).run("user", "add", "ada", "--role", "admin");
        assertFailed("this is the last active admin", shell.run("user", "remove", "ada"));
        assertFailed("this is the last active admin", shell.run("user", "deactivate", "ada"));
        assertFailed("this is the last active admin", shell.run("user", "role", "ada", "viewer"));
    }

    @Test
    void nobodyCannotBeChanged() {
        for (String command : new String[]{"activate", "deactivate", "remove", "sign-out"}) {
            assertFailed("there is no user bob", shell.run("user", command, "bob"));
        }
        assertFailed("there is no user Bob!", shell.run("user", "role", "Bob!", "viewer"));
    }

    @Test
    void listIsByNameWithRoleAndState() {
        add("grace");
        add("ada");
        database.execute("update users set active = false where username = 'ada'");
        Shell.Result result = shell.run("user", "list");
        assertEquals(0, result.exitCode(), result.err());
        var lines = result.out().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).matches("ada +operator inactive 20\\S+Z [0-9a-f-]{36}"), result.out());
        assertTrue(lines.get(1).matches("grace +operator active +20\\S+Z [0-9a-f-]{36}"), result.out());
    }

    @Test
    void oldSchemaIsOneLineThatSaysMigrate() {
        database.execute("delete from databasechangelog where id = '0002-users'");
        assertFailed(
                "the database's schema is older than this release; run `customer-service migrate`"
                        + " (missing: 0002-users)",
                shell.run("user", "list"));
    }

    /** Less than a command waits for a database that only takes its time. */
    @Test
    @Timeout(8)
    void unreachableDatabaseIsOneLineAtOnce() throws IOException {
        host.configure("database.url", "jdbc:postgresql://localhost:" + FreePort.next() + "/none");
        Shell.Result result = new Shell(host.environment()).run("user", "list");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().startsWith("customer-service: the database cannot be reached: "), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void missingCredentialIsAConfigurationError() {
        Shell.Result result = shell.run("user", "list", "--credentials", folder.resolve("none").toString());
        assertEquals(78, result.exitCode());
        assertTrue(result.err().contains("db-password: missing"), result.err());
    }
}
