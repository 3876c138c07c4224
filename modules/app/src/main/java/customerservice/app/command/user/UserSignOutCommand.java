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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends the sign-ins of a person, or of everybody. */
@Command(name = "sign-out",
        description = "end all sign-ins of a user, or of all users, with their access tokens")
public final class UserSignOutCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private SourceOptions options;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "of the user")
    private String name;

    @Option(names = "--all", description = "of all users")
    private boolean all;

    private final Console console;

    public UserSignOutCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (all == (name != null)) {
            throw new ParameterException(spec.commandLine(), "expected the NAME of a user or --all");
        }
        Configuration configuration = options.load(console, Credential.DB_PASSWORD);
        int ended = all
                ? UserCommand.withUsers(configuration,
                        users -> users.signOutAll(new Operator(console.environment()).caller()))
                : UserCommand.withUser(
                        configuration, name,
                        (users, user) -> users.signOut(user.id(), new Operator(console.environment()).caller()));
        console.out().println(
                "ended " + ended + (ended == 1 ? " sign-in of " : " sign-ins of ") + (all ? "all users" : name));
        return ExitCode.OK;
    }
}
