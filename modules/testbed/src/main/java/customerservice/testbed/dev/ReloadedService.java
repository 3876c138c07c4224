package customerservice.testbed.dev;

import customerservice.persistence.Database;
import customerservice.persistence.connection.DatabaseSettings;
import customerservice.persistence.schema.Migrations;
import customerservice.persistence.schema.SchemaStatus;
import customerservice.testbed.ServiceInstance;
import customerservice.testbed.TestDatabase;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/**
 * The service as it is reloaded: lives in the layer of a generation, so that it is compiled and linked together with the
 * service, and is known outside by types of the JDK alone. Takes the environment, starts, and gives what stops it.
 */
public final class ReloadedService implements Function<Map<String, String>, Runnable> {

    public ReloadedService() {}

    @Override
    public Runnable apply(Map<String, String> environment) {
        migrate(DatabaseSettings.of(
                environment.get("CUSTOMER_SERVICE_DATABASE_URL"),
                TestDatabase.OWNER,
                environment.get(DevelopmentServer.DATABASE_PASSWORD)));
        ServiceInstance service = ServiceInstance.start(environment);
        return service::close;
    }

    /** A migration that was just written is applied; one that was changed after it had been is refused by the start. */
    private static void migrate(DatabaseSettings settings) {
        SchemaStatus status;
        try (Database database = Database.open(settings, Clock.systemUTC())) {
            status = database.checkSchema();
        }
        if (status instanceof SchemaStatus.Behind) {
            Migrations.apply(settings, TestDatabase.SERVICE);
        }
    }
}
