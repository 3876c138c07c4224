package customerservice.app.command;

import customerservice.app.Causes;
import customerservice.app.ExitCode;
import customerservice.app.StartException;
import customerservice.app.configuration.ConfigurationException;
import customerservice.auth.HashingBusyException;
import customerservice.auth.SigningKeysException;
import customerservice.domain.DomainException;
import customerservice.domain.Violation;
import customerservice.persistence.MigrationException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

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
            return commandLine(console).execute(args);
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
                .addSubcommand(new UserCommand.Add(console));
        var keys = new CommandLine(new KeysCommand()).addSubcommand(new KeysCommand.Generate(console));
        return new CommandLine(new Root())
                .addSubcommand(new ServeCommand(console))
                .addSubcommand(new MigrateCommand(console))
                .addSubcommand(user)
                .addSubcommand(keys)
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
        switch (e) {
            case ConfigurationException configuration -> {
                configuration.problems().forEach(problem -> complain(command, problem));
                return ExitCode.CONFIGURATION;
            }
            case DomainException.InvalidInput input -> {
                for (Violation violation : input.violations()) {
                    complain(command, violation.pointer() + ": " + violation.detail());
                }
            }
            case DomainException.StoreUnavailable unavailable ->
                complain(command, "the database cannot be reached: " + Causes.innermost(unavailable));
            case CommandFailedException _,StartException _,MigrationException _,SigningKeysException _,HashingBusyException _,DomainException _ ->
                complain(command, e.getMessage());
            default -> {
                complain(command, "unexpected: " + e);
                e.printStackTrace(command.getErr());
            }
        }
        return ExitCode.FAILED;
    }

    private static void complain(CommandLine command, String message) {
        command.getErr().println("customer-service: " + message);
    }

    /** Without a subcommand it explains itself. */
    @Command(name = "customer-service", mixinStandardHelpOptions = false, description = "Keeps customer records. Configuration: docs/configuration.md.", exitCodeListHeading = "%nExit status:%n", exitCodeList = {
        "0:done", "1:failed, standard error says why", "2:wrong command line", "78:wrong configuration",
        "143:ended by SIGTERM"
    })
    private static final class Root implements Runnable {

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec;

        @SuppressWarnings("UnusedVariable") // picocli acts on it
        @CommandLine.Option(names = {"-h",
            "--help"}, usageHelp = true, scope = CommandLine.ScopeType.INHERIT, description = "say how it is used")
        private boolean help;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "which command?");
        }
    }

    /** The terminal that the process was started from, if both ends of it are one. */
    private static final class SystemTerminal {

        @SuppressWarnings("SystemConsoleNull") // it may be, without jdk.internal.le in the image
        static Optional<Console.Terminal> find() {
            java.io.Console console = System.console();
            if (console == null || !console.isTerminal()) {
                return Optional.empty();
            }
            return Optional.of(prompt -> Optional.ofNullable(console.readPassword("%s", prompt)));
        }
    }
}
