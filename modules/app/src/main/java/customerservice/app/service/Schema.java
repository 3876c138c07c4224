package customerservice.app.service;

import customerservice.persistence.Database;
import customerservice.persistence.schema.SchemaStatus;
import java.util.List;
import java.util.Optional;

/** The database's schema, which has to be the one that this release was written for. */
@SuppressWarnings("exports") // for this module's commands; nobody outside calls it
public final class Schema {

    private Schema() {}

    /** @throws StartException if it is not that one; says what to do about it */
    public static void requireCurrent(Database database) {
        SchemaStatus status = database.checkSchema();
        // Before the switch, whose first run makes classes: every start would wait for them.
        if (status instanceof SchemaStatus.Current) {
            return;
        }
        throw new StartException(problem(status).orElseThrow());
    }

    /** What is wrong with it, and what to do about it; empty if it is current. */
    public static Optional<String> problem(SchemaStatus status) {
        return switch (status) {
            case SchemaStatus.Current() -> Optional.empty();
            case SchemaStatus.Behind(List<String> missing) ->
                Optional.of("the database's schema is older than this release; run `customer-service migrate`"
                        + " (missing: " + String.join(", ", missing) + ")");
            case SchemaStatus.NotReadable() ->
                Optional.of("the role of database.user has no rights to the tables; `customer-service migrate` gives"
                        + " them to it");
            case SchemaStatus.Different(List<String> ids) ->
                Optional.of("the database's schema was made by migrations that this release knows in another form ("
                        + String.join(", ", ids) + "); see `customer-service migrate --status`");
        };
    }
}
