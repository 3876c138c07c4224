package customerservice.app.command;

import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.service.ExitCode;
import customerservice.auth.account.Users;
import customerservice.domain.identity.User;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists who may sign in, one a line. */
@Command(name = "list", description = "list all users by name: name, role, state, since when, id")
final class UserListCommand implements Callable<Integer> {

    /** As many as the store gives. */
    private static final int MOST = 1_000;

    @Mixin
    private SourceOptions options;

    private final Console console;

    UserListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.load(console, Credential.DB_PASSWORD);
        List<User> users = UserCommand.withUsers(configuration, Users::list);
        for (User user : users) {
            console.out().printf(
                    "%-20s %-8s %-8s %s %s%n",
                    user.username(),
                    user.role().label(),
                    user.active() ? "active" : "inactive",
                    user.createdAt(),
                    user.id());
        }
        if (users.size() == MOST) {
            console.err().println("customer-service: there may be more; these are the first " + MOST);
        }
        return ExitCode.OK;
    }
}
