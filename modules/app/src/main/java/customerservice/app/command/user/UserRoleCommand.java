package customerservice.app.command.user;

import customerservice.app.command.console.Console;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.service.ExitCode;
import customerservice.domain.identity.Role;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives a person another role. */
@Command(name = "role", description = "give a user another role; what it is signed in with ends")
public final class UserRoleCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    @Parameters(paramLabel = "NAME", description = "of the user")
    private String name;

    @Parameters(paramLabel = "ROLE", converter = ToRole.class, description = "admin, operator or viewer")
    private Role role;

    private final Console console;

    public UserRoleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        UserCommand.amend(options, console, name, current -> current.with(role));
        console.out().println(name + " is " + role.label());
        return ExitCode.OK;
    }
}
