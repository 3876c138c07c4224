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

/** Removes a person for good. */
@Command(name = "remove", description = "remove a user for good, with all that it is signed in with")
public final class UserRemoveCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    @Parameters(paramLabel = "NAME", description = "of the user")
    private String name;

    private final Console console;

    public UserRemoveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.load(console, Credential.DB_PASSWORD);
        UserCommand.withUser(configuration, name, (users, user) -> {
            users.remove(user.id(), new Operator(console.environment()).caller());
            return user;
        });
        console.out().println("removed " + name);
        return ExitCode.OK;
    }
}
