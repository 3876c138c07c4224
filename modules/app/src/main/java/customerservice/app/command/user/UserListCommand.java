package customerservice.app.command.user;

import customerservice.app.command.console.Console;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.command.console.WholeList;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.service.ExitCode;
import customerservice.domain.identity.User;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists who may sign in, one a line. */
@Command(name = "list", description = "list all users by name: name, role, state, since when, id")
public final class UserListCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    private final Console console;

    public UserListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.load(console, Credential.DB_PASSWORD);
        UserCommand.withUsers(configuration, users -> {
            WholeList.forEach(users::list, User::username, this::print);
            return null;
        });
        return ExitCode.OK;
    }

    private void print(User user) {
        console.out().printf(
                "%-20s %-8s %-8s %s %s%n",
                user.username(),
                user.role().label(),
                user.active() ? "active" : "inactive",
                user.createdAt(),
                user.id());
    }
}
