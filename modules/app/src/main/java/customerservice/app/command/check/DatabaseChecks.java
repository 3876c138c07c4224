package customerservice.app.command.check;

import customerservice.app.configuration.Configuration;
import customerservice.app.service.Causes;
import customerservice.app.service.ModuleSettings;
import customerservice.app.service.Schema;
import customerservice.domain.DomainException;
import customerservice.persistence.Database;
import customerservice.persistence.schema.DatabaseState;
import customerservice.persistence.schema.SchemaObjects;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Whether the database can be used. */
final class DatabaseChecks {

    private static final String HAS_LOST = "has lost the ";
    private static final String PUT_BACK = "; docs/decisions/0075 says how to put it back";

    private DatabaseChecks() {}

    static void run(Configuration configuration, Findings findings) {
        try (Database database = Database.openForOneTask(ModuleSettings.databaseOfCommand(configuration),
                Clock.systemUTC())) {
            database.requireServer();
            Optional<String> schemaProblem = Schema.problem(database.checkSchema());
            DatabaseState state = database.state();
            writes(state, findings);
            schemaProblem.ifPresentOrElse(
                    problem -> findings.bad("schema", problem), () -> objects(database.missingObjects(), findings));
            database.collationChange().ifPresent(change -> findings.questionable("database", change));
            rights(state, schemaProblem.isEmpty(), database.excessRights(), findings);
        } catch (DomainException.StoreUnavailable | DomainException.StoreBusy e) {
            findings.bad("database", "cannot be reached: " + Causes.innermost(e));
        }
    }

    private static void writes(DatabaseState state, Findings findings) {
        List<String> problems = state.problems();
        for (String problem : problems) {
            findings.bad("database", problem);
        }
        if (problems.isEmpty()) {
            findings.good("database", state.detail());
        }
    }

    private static void objects(SchemaObjects missing, Findings findings) {
        for (String object : missing.needed()) {
            findings.bad("schema", HAS_LOST + object + PUT_BACK);
        }
        for (String index : missing.indexes()) {
            findings.questionable("schema", HAS_LOST + index + PUT_BACK);
        }
        if (missing.needed().isEmpty()) {
            findings.good("schema", "current");
        }
    }

    /** Of a schema that is not current tables may be missing, which is for it to say. */
    private static void rights(DatabaseState state, boolean schemaCurrent, List<String> excess, Findings findings) {
        List<String> lacking = schemaCurrent ? state.lacking() : List.of();
        for (String less : lacking) {
            findings.bad("database role", "lacks " + less);
        }
        for (String more : excess) {
            findings.questionable("database role", more);
        }
        if (schemaCurrent && lacking.isEmpty() && excess.isEmpty()) {
            findings.good("database role", "may do what serving needs, and no more");
        }
    }
}
