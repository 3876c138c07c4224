package customerservice.app.command.serviceaccount;

import customerservice.app.command.console.Console;
import customerservice.app.command.console.Operator;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.service.ExitCode;
import customerservice.auth.account.NewServiceAccount;
import customerservice.auth.account.ServiceAccountDraft;
import customerservice.domain.Violations;
import customerservice.domain.identity.Scope;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a program. */
@Command(name = "add", description = "let a program get access tokens; prints its secret once")
public final class ServiceAccountAddCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    @Parameters(paramLabel = "NAME", description = "1 to 64 characters out of a-z 0-9 . _ -, a letter first")
    private String name;

    @Option(names = "--scope", paramLabel = "SCOPE", required = true, converter = ToScope.class,
            description = "what its tokens may allow, such as customers:read; may be given several times")
    private List<Scope> scopes;

    private final Console console;

    public ServiceAccountAddCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Configuration configuration = options.load(console, Credential.DB_PASSWORD);
        var draft = new ServiceAccountDraft(name, scopes.stream().map(Scope::label).toList());
        ServiceAccountCommand.withAccounts(
                configuration, accounts -> accounts.add(draft, new Violations(),
                        new Operator(console.environment()).caller(), this::tell));
        return ExitCode.OK;
    }

    private void tell(NewServiceAccount account) {
        console.out().println("client_id: " + account.account().id());
        console.out().println("client_secret: " + account.secret());
        console.deliver();
    }
}
