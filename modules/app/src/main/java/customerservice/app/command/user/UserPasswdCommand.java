package customerservice.app.command.user;

import customerservice.app.command.console.Console;
import customerservice.app.command.console.Operator;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.service.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes a person's password. */
@Command(name = "passwd", description = "change a password; what the user is signed in with ends")
public final class UserPasswdCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    @Mixin
    private NewPassword password;

    @Parameters(paramLabel = "NAME", description = "of the user")
    private String name;

    private final Console console;

    public UserPasswdCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.load(console, Credential.DB_PASSWORD);
        password.with(console, (secret, tell) -> {
            UserCommand.withUser(configuration, name, (users, user) -> {
                tell.run();
                users.changePassword(user.id(), secret, new Operator(console.environment()).caller());
                return user;
            });
            console.out().println("changed the password of " + name);
        });
        return ExitCode.OK;
    }
}
