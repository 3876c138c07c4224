package customerservice.app.command.check;

import customerservice.app.command.console.Console;
import customerservice.app.command.console.SourceOptions;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Keys;
import customerservice.app.logging.Logs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at everything that a start needs, and changes nothing. */
@Command(name = "check",
        description = "say with what configuration the service would start here, and what is in its way")
public final class CheckCommand implements Callable<Integer> {

    @Mixin
    private SourceOptions options;

    private final Console console;

    public CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Logs.ofCommand();
        Configuration configuration = options.load(console, Credential.toServe());
        configuration.effective().forEach((key, value) -> console.out().println(key + ": " + value));
        console.out().println();

        var findings = new Findings(console.out());
        CredentialChecks.run(configuration, findings);
        DatabaseChecks.run(configuration, findings);
        IssuerCheck.run(configuration, findings);
        ListenerCheck.run(
                "public listener",
                configuration.get(Keys.SERVER_TLS),
                configuration.get(Keys.SERVER_HOST),
                configuration.get(Keys.SERVER_PORT),
                findings);
        ListenerCheck.run(
                "management listener",
                false,
                configuration.get(Keys.MANAGEMENT_HOST),
                configuration.get(Keys.MANAGEMENT_PORT),
                findings);
        return findings.exitCode();
    }
}
