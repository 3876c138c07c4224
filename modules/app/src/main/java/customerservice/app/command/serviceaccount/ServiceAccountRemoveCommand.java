package customerservice.app.command.serviceaccount;

import customerservice.app.command.console.CommandFailedException;
import customerservice.app.command.console.Console;
import customerservice.app.command.console.Operator;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.service.ExitCode;
import customerservice.domain.identity.ServiceAccount;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a program. */
@Command(name = "remove", description = "remove a service account for good, with its access tokens")
public final class ServiceAccountRemoveCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    @Parameters(paramLabel = "NAME", description = "of the service account")
    private String name;

    private final Console console;

    public ServiceAccountRemoveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.load(console, Credential.DB_PASSWORD);
        ServiceAccountCommand.withAccounts(configuration, accounts -> {
            ServiceAccount account = accounts.find(name)
                    .orElseThrow(() -> new CommandFailedException("there is no service account " + name));
            accounts.remove(account.id(), new Operator(console.environment()).caller());
            return account;
        });
        console.out().println("removed " + name);
        return ExitCode.OK;
    }
}
