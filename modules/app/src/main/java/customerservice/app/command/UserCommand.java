package customerservice.app.command;

import customerservice.app.ExitCode;
import customerservice.app.Settings;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.logging.Logs;
import customerservice.auth.Passwords;
import customerservice.auth.Users;
import customerservice.domain.Caller;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.persistence.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks after the people who may sign in. */
@Command(name = "user", description = "look after the people who may sign in")
final class UserCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    /** Opens the users for one piece of work. */
    static <T> T withUsers(SourceOptions options, Console console, Function<Users, T> work) {
        Logs.ofCommand();
        Configuration configuration = options.load(console, Credential.DB_PASSWORD);
        Clock clock = Clock.systemUTC();
        var random = new SecureRandom();
        try (Database database = Database.open(Settings.databaseOfCommand(configuration), clock)) {
            // The audit trail's row is enough: the log of the shell is nobody's.
            return work.apply(new Users(database.users(), new Passwords(1, 0, random), entry -> {}, clock, random));
        }
    }

    static Caller caller() {
        return new Caller("system", "command-" + UUID.randomUUID(), "local");
    }

    @Command(name = "add", description = "let somebody sign in")
    static final class Add implements Callable<Integer> {

        @Mixin
        private SourceOptions options;

        @Mixin
        private NewPassword password;

        @Parameters(paramLabel = "NAME", description = "1 to 64 characters out of a-z 0-9 . _ -, a letter first")
        private String name;

        @Option(names = "--role", paramLabel = "ROLE", required = true, description = "admin, operator or viewer")
        private String role;

        @Spec
        private CommandSpec spec;

        private final Console console;

        Add(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            Role wanted = Role.ofLabel(role)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "--role: expected admin, operator or viewer, not '" + role + "'"));
            char[] secret = password.read(console);
            char[] copy = secret.clone();
            try {
                User user = withUsers(options, console, users -> users.add(name, wanted, secret, caller()));
                console.out().println("added " + user.username() + " (" + user.role().label() + ", " + user.id() + ")");
                password.tell(console, copy);
            } finally {
                Arrays.fill(copy, ' ');
            }
            return ExitCode.OK;
        }
    }
}
