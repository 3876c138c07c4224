package customerservice.app.command.serviceaccount;

import customerservice.app.command.console.Console;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.command.console.WholeList;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.service.ExitCode;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the programs that may get access tokens, one a line. */
@Command(name = "list", description = "list all service accounts by name: name, scopes, since when, client_id")
public final class ServiceAccountListCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    private final Console console;

    public ServiceAccountListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.load(console, Credential.DB_PASSWORD);
        ServiceAccountCommand.withAccounts(configuration, accounts -> {
            WholeList.forEach(accounts::list, ServiceAccount::name, this::print);
            return null;
        });
        return ExitCode.OK;
    }

    private void print(ServiceAccount account) {
        String scopes = account.scopes().stream().sorted().map(Scope::label).collect(Collectors.joining(","));
        console.out().printf("%-20s %s %s %s%n", account.name(), scopes, account.createdAt(), account.id());
    }
}
