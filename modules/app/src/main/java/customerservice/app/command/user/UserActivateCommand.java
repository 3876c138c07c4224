package customerservice.app.command.user;

import customerservice.app.command.console.Console;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.service.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a person sign in again. */
@Command(name = "activate", description = "let somebody sign in again")
public final class UserActivateCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    @Parameters(paramLabel = "NAME", description = "of the user")
    private String name;

    private final Console console;

    public UserActivateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        UserCommand.amend(options, console, name, current -> current.withActive(true));
        console.out().println(name + " may sign in");
        return ExitCode.OK;
    }
}
