package customerservice.app.command;

import customerservice.app.command.check.CheckCommand;
import customerservice.app.command.console.CommandFailedException;
import customerservice.app.command.console.Console;
import customerservice.app.command.keys.KeysGenerateCommand;
import customerservice.app.command.keys.KeysListCommand;
import customerservice.app.command.keys.KeysReplaceCommand;
import customerservice.app.command.keys.KeysRotateCommand;
import customerservice.app.command.serviceaccount.ServiceAccountAddCommand;
import customerservice.app.command.serviceaccount.ServiceAccountCommand;
import customerservice.app.command.serviceaccount.ServiceAccountListCommand;
import customerservice.app.command.serviceaccount.ServiceAccountRemoveCommand;
import customerservice.app.command.user.UserActivateCommand;
import customerservice.app.command.user.UserAddCommand;
import customerservice.app.command.user.UserCommand;
import customerservice.app.command.user.UserDeactivateCommand;
import customerservice.app.command.user.UserListCommand;
import customerservice.app.command.user.UserPasswdCommand;
import customerservice.app.command.user.UserRemoveCommand;
import customerservice.app.command.user.UserRoleCommand;
import customerservice.app.command.user.UserSignOutCommand;
import customerservice.app.configuration.ConfigurationException;
import customerservice.app.service.Causes;
import customerservice.app.service.ExitCode;
import customerservice.app.service.StartException;
import customerservice.auth.key.SigningKeysException;
import customerservice.domain.DomainException;
import customerservice.persistence.schema.MigrationException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** All commands, and how their failures are told: one line each, on standard error. */
public final class Commands {

    private Commands() {}

    /**
     * Runs what the command line asks for, in this process.
     *
     * @return an {@link ExitCode}
     */
    public static int run(String[] args) {
        var console = new Console(
                System.getenv(),
                System.in,
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                SystemTerminal.find());
        return run(args, console);
    }

    static int run(String[] args, Console console) {
        try {
            int exitCode = commandLine(console).execute(args);
            // Whoever asked was not answered, as on a full disk.
            if (exitCode == ExitCode.OK && console.out().checkError()) {
                console.err().println("customer-service: " + Console.CANNOT_WRITE);
                return ExitCode.FAILED;
            }
            return exitCode;
        } catch (Error e) {
            // System.err may be the log's by now.
            console.err().println("customer-service: unexpected: " + e);
            e.printStackTrace(console.err());
            return ExitCode.FAILED;
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    static CommandLine commandLine(Console console) {
        var user = new CommandLine(new UserCommand())
                .addSubcommand(new UserAddCommand(console))
                .addSubcommand(new UserPasswdCommand(console))
                .addSubcommand(new UserListCommand(console))
                .addSubcommand(new UserRoleCommand(console))
                .addSubcommand(new UserActivateCommand(console))
                .addSubcommand(new UserDeactivateCommand(console))
                .addSubcommand(new UserRemoveCommand(console))
                .addSubcommand(new UserSignOutCommand(console));
        var serviceAccount = new CommandLine(new ServiceAccountCommand())
                .addSubcommand(new ServiceAccountAddCommand(console))
                .addSubcommand(new ServiceAccountListCommand(console))
                .addSubcommand(new ServiceAccountRemoveCommand(console));
        var keys = new CommandLine(new KeysGroup())
                .addSubcommand(new KeysGenerateCommand(console))
                .addSubcommand(new KeysRotateCommand(console))
                .addSubcommand(new KeysReplaceCommand(console))
                .addSubcommand(new KeysListCommand(console));
        return new CommandLine(new Root())
                .addSubcommand(new ServeCommand(console))
                .addSubcommand(new MigrateCommand(console))
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(user)
                .addSubcommand(serviceAccount)
                .addSubcommand(keys)
                .addSubcommand(new HealthCommand(console))
                .addSubcommand(new VersionCommand(console))
                // Not the words of a file in place of its name: sudo(8) may allow somebody to name only some arguments.
                .setExpandAtFiles(false)
                .registerConverter(Path.class, new ToPath())
                .setOut(console.out())
                .setErr(console.err())
                .setParameterExceptionHandler(Commands::wrongUsage)
                .setExecutionExceptionHandler(Commands::failed);
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        complain(command, e.getMessage() + "; see `" + command.getCommandSpec().qualifiedName() + " --help`");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, ParseResult result) {
        List<String> reasons = reasons(e);
        for (String reason : reasons) {
            complain(command, reason);
        }
        if (reasons.isEmpty()) {
            complain(command, "unexpected: " + e);
            e.printStackTrace(command.getErr());
        }
        return e instanceof ConfigurationException ? ExitCode.CONFIGURATION : ExitCode.FAILED;
    }

    /** For the person who asked, one a line; none if this should not have happened. */
    private static List<String> reasons(Exception e) {
        return switch (e) {
            case ConfigurationException configuration -> configuration.problems();
            case DomainException.InvalidInput input -> reasons(input);
            case DomainException.StoreUnavailable unavailable ->
                List.of((unavailable.isReached()
                        ? "the database cannot use its disks: "
                        : "the database cannot be reached: ")
                        + Causes.innermost(unavailable));
            case DomainException other -> List.of(other.getMessage());
            case CommandFailedException failed -> List.of(failed.getMessage());
            case MigrationException migration -> List.of(Causes.oneLine(migration.getMessage()));
            case SigningKeysException keys -> List.of(keys.getMessage());
            case StartException start -> List.of(start.getMessage());
            case UncheckedIOException io -> List.of(Causes.oneLine(io.getCause().toString()));
            default -> List.of();
        };
    }

    private static List<String> reasons(DomainException.InvalidInput input) {
        // A pointer to a member of one object; here it is an argument's name.
        return input.violations().stream()
                .map(violation -> violation.pointer().substring(1) + " " + violation.detail())
                .toList();
    }

    private static void complain(CommandLine command, String message) {
        command.getErr().println("customer-service: " + message);
    }

    @Command(name = "customer-service",
            description = "Keeps customer records. Configuration: docs/configuration.md.",
            exitCodeListHeading = "%nExit status:%n",
            exitCodeList = {
                "0:done",
                "1:failed, standard error says why",
                "2:wrong command line",
                "78:wrong configuration",
                "143:ended by SIGTERM"
            })
    private static final class Root {

        @SuppressWarnings("UnusedVariable") // picocli acts on it
        @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT,
                description = "say how it is used")
        private boolean help;
    }

    @Command(name = "keys", description = "look after the keys that access tokens are signed with")
    private static final class KeysGroup {}

    /** The terminal that the process was started from, if both ends of it are one. */
    private record SystemTerminal(java.io.Console console) implements Console.Terminal {

        @SuppressWarnings("SystemConsoleNull") // it may be, without jdk.internal.le in the image
        static Optional<Console.Terminal> find() {
            java.io.Console console = System.console();
            if (console == null || !console.isTerminal()) {
                return Optional.empty();
            }
            return Optional.of(new SystemTerminal(console));
        }

        @Override
        public Optional<char[]> readPassword(String prompt) {
            return Optional.ofNullable(console.readPassword("%s", prompt));
        }

        @Override
        public Optional<String> readLine(String prompt) {
            return Optional.ofNullable(console.readLine("%s", prompt));
        }
    }
}
