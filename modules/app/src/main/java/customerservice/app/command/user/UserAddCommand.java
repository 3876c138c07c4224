package customerservice.app.command.user;

import customerservice.app.command.console.Console;
import customerservice.app.command.console.Operator;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.service.ExitCode;
import customerservice.auth.account.UserDraft;
import customerservice.domain.Violations;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a person. */
@Command(name = "add", description = "let somebody sign in")
public final class UserAddCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    @Mixin
    private NewPassword password;

    @Parameters(paramLabel = "NAME", description = "1 to 64 characters out of a-z 0-9 . _ -, a letter first")
    private String name;

    @Option(names = "--role", paramLabel = "ROLE", required = true, converter = ToRole.class,
            description = "admin, operator or viewer")
    private Role role;

    private final Console console;

    public UserAddCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.load(console, Credential.DB_PASSWORD);
        password.with(console, (secret, tell) -> {
            var draft = new UserDraft(name, role.label(), secret);
            User user = UserCommand.withUsers(
                    configuration,
                    users -> users.add(draft, new Violations(), new Operator(console.environment()).caller(),
                            _ -> tell.run()));
            console.out().println("added " + user.username() + " (" + user.role().label() + ", " + user.id() + ")");
        });
        return ExitCode.OK;
    }
}
