package customerservice.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Writes the page anew when run with {@code -Dcustomerservice.page=write}. */
class CommandsPageTest {

    private static final Path PAGE = Path.of("../../docs/commands.md");

    private static final String INTRODUCTION = """
            # Commands

            `bin/customer-service` is the only entry point. What a command was asked for goes to standard output, what went wrong
            to standard error, one line each. `serve` and `migrate` log to standard output, as services do. Output that cannot be
            written is a failure; passwords and secrets that are printed once are printed before they are valid, so that none is lost.

            | exit status | means |
            | --- | --- |
            | 0 | done; `check` and `health`: all is well |
            | 1 | failed, or something is not well |
            | 2 | wrong command line |
            | 78 | the configuration or a credential is wrong (`EX_CONFIG`); trying again would not help |
            | 143 | ended by SIGTERM, in order |

            Arguments are taken as they are: `@FILE` does not stand for the words of a file. Where the configuration comes from is
            the same for all commands, see [configuration.md](configuration.md).
            """;

    /** By command, what its usage does not say. */
    private static final Map<String, String> NOTES = Map.ofEntries(
            Map.entry("customer-service serve", """
                    Waits for the database as long as `startup.timeout` says, and refuses a schema that is older than the release. SIGTERM
                    ends it in order: `/health/ready` turns 503, requests are served on for `shutdown.readiness_delay`, those in flight
                    have `shutdown.timeout` to complete. Tells systemd that it is ready, how it does and that it is alive, where
                    `NOTIFY_SOCKET` is set.
                    """),
            Map.entry("customer-service migrate", """
                    A step of a deployment, before the new release is started; the old one runs on beside it. Two at once wait for one
                    another. One that was cut off is repeated: the next one goes on where it ended. A database that takes no writes, or is in
                    another encoding than UTF8, is refused; so is one where, in the end, the service's role lacks a right, or something is gone that
                    migrations have made. An index is built beside those who write, after waiting for transactions that were there before: without a
                    bound, and in nobody's way.
                    """),
            Map.entry("customer-service check", """
                    Prints every key with the value that is in force, secrets masked, then one line for each thing that a start needs:
                    `ok`, `warn` (it would start) or `FAILED`. A port that a running instance has is `ok`. Changes nothing. A database that takes
                    no writes, one in another encoding than UTF8, something that migrations have made and somebody has removed, and a right that serving
                    needs and its role lacks are `FAILED`; a lost index and a collation whose version has changed are a `warn` ([decision 75](decisions/0075-prove-what-serving-needs-of-the-database.md)).
                    """),
            Map.entry("customer-service user add", """
                    The password is asked for on a terminal, and read from the first line of standard input elsewhere; it is never an
                    argument, which every user of the host could see. Written to the audit trail.
                    """),
            Map.entry("customer-service user passwd", """
                    The password comes as for `user add`. Written to the audit trail.
                    """),
            Map.entry("customer-service keys generate", """
                    The file is there with all of its content, or not at all.
                    """),
            Map.entry("customer-service keys rotate", """
                    Prints the keys afterwards. The file is replaced as a whole, with the same owner and mode; every running instance takes
                    it up within two seconds of getting it, and writes that to the audit trail. A file without a next key gets one, and
                    the current key stays. Keys that have leaked are not rotated but replaced, all of them: the next one is in the same file.
                    """),
            Map.entry("customer-service user deactivate", """
                    The last active admin stays one; so it is with `user role` and `user remove`. All are written to the audit trail.
                    """),
            Map.entry("customer-service user sign-out", """
                    Says how many were ended: those whose refresh tokens were good. Whoever was signed in signs in again. One line in the
                    audit trail, `user.sign_out`, about the user or about `all`. Service accounts have no sign-ins.
                    """),
            Map.entry("customer-service service-account add", """
                    Prints `client_id` and `client_secret`, with which the program gets tokens (RFC 6749, section 4.4). Only the
                    secret's hash is kept: for a new secret, remove the account and add it again. Written to the audit trail.
                    """),
            Map.entry("customer-service health", """
                    Asks the public listener for `/health/ready`, as a load balancer does, or with `--deep` for `/health/deep`, and prints
                    the answer on one line. The latter says `database` DOWN where the database takes no writes or is not in UTF8, `schema` DOWN where
                    it is not this release's or has lost something, `database-role` DOWN where the role lacks rights; `check` names what.
                    """),
            Map.entry("customer-service keys replace", """
                    Asks first where there is a terminal, and goes on for `yes`. Prints the new keys, and how many were replaced, with their
                    ids. The file is replaced and taken up as for `keys rotate`; every instance writes `keys.replace` to the audit trail. Until
                    all of them have the file, one refuses the tokens of another. Refresh tokens and secrets of service accounts, which
                    no key signs, get new access tokens. See [leaked keys](runbooks/leaked-keys.md).
                    """));

    @Test
    void thePageIsWhatTheCommandsSay() throws IOException {
        var page = new StringBuilder(INTRODUCTION);
        describe(Commands.commandLine(new Shell(Map.of()).console()), page);
        if ("write".equals(System.getProperty("customerservice.page"))) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page.toString(), Files.readString(PAGE));
    }

    private static void describe(CommandLine command, StringBuilder page) {
        for (CommandLine subcommand : command.getSubcommands().values()) {
            if (subcommand.getSubcommands().isEmpty()) {
                String name = subcommand.getCommandSpec().qualifiedName();
                page.append("\n## ").append(name.substring(name.indexOf(' ') + 1)).append("\n\n```\n");
                page.append(subcommand.getUsageMessage(CommandLine.Help.Ansi.OFF)).append("```\n");
                String note = NOTES.getOrDefault(name, "");
                page.append(note.isEmpty() ? "" : "\n" + note);
            } else {
                describe(subcommand, page);
            }
        }
    }
}
