package customerservice.app.command;

import customerservice.app.configuration.Configuration;
import customerservice.app.service.Causes;
import customerservice.app.service.ModuleSettings;
import customerservice.app.service.Schema;
import customerservice.domain.DomainException;
import customerservice.persistence.Database;
import customerservice.persistence.DatabaseCheck;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Whether the database can be used. */
final class DatabaseChecks {

    private DatabaseChecks() {}

    static void run(Configuration configuration, Findings findings) {
        try (Database database = Database.openWithoutSweep(ModuleSettings.databaseOfCommand(configuration),
                Clock.systemUTC())) {
            database.requireServer();
            Optional<String> schemaProblem = Schema.problem(database.checkSchema());
            primary(database, findings);
            schemaProblem.ifPresentOrElse(
                    problem -> findings.bad("schema", problem), () -> findings.good("schema", "current"));
            rights(database, findings);
        } catch (DomainException.StoreUnavailable | DomainException.StoreBusy e) {
            findings.bad("database", "cannot be reached: " + Causes.innermost(e));
        }
    }

    private static void rights(Database database, Findings findings) {
        List<String> excess = database.excessRights();
        for (String more : excess) {
            findings.questionable("database role", more);
        }
        if (excess.isEmpty()) {
            findings.good("database role", "may do what serving needs, and no more");
        }
    }

    private static void primary(Database database, Findings findings) {
        for (DatabaseCheck check : database.health()) {
            if (check.name().equals("database")) {
                if (check.up()) {
                    findings.good(check.name(), check.detail());
                } else {
                    findings.bad(check.name(), check.detail());
                }
            }
        }
    }
}
