package customerservice.app.command.user;

import customerservice.app.command.console.Console;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.service.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Keeps a person from signing in. */
@Command(name = "deactivate", description = "keep somebody from signing in, and end what it is signed in with")
public final class UserDeactivateCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    @Parameters(paramLabel = "NAME", description = "of the user")
    private String name;

    private final Console console;

    public UserDeactivateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        UserCommand.amend(options, console, name, current -> current.withActive(false));
        console.out().println(name + " may no longer sign in");
        return ExitCode.OK;
    }
}
