package customerservice.app.command.serviceaccount;

import customerservice.app.configuration.Configuration;
import customerservice.app.logging.Logs;
import customerservice.app.service.ModuleSettings;
import customerservice.app.service.Schema;
import customerservice.auth.account.ServiceAccounts;
import customerservice.persistence.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** What the commands about service accounts have in common. */
@Command(name = "service-account", description = "look after the programs that may get access tokens")
public final class ServiceAccountCommand {

    /** Opens the service accounts for one piece of work, if the schema is the one that this release knows. */
    static <T> T withAccounts(Configuration configuration, Function<ServiceAccounts, T> work) {
        Logs.ofCommand();
        Clock clock = Clock.systemUTC();
        try (Database database = Database.openForOneTask(ModuleSettings.databaseOfCommand(configuration), clock)) {
            database.requireServer();
            Schema.requireCurrent(database);
            // The audit trail's row is enough: the log of the shell is nobody's.
            return work.apply(
                    new ServiceAccounts(database.serviceAccounts(), entry -> {}, clock, new SecureRandom()));
        }
    }
}
