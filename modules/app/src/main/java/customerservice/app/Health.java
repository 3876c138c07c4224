package customerservice.app;

import customerservice.api.HealthCheck;
import customerservice.api.HealthReport;
import customerservice.persistence.Database;
import customerservice.persistence.DatabaseCheck;
import java.util.ArrayList;
import java.util.List;

/** What is checked beyond that the server answers. */
final class Health implements HealthReport {

    private final Database database;

    Health(Database database) {
        this.database = database;
    }

    /** Nothing: listening begins when all else is ready, and a lost database is no reason to leave the balancer. */
    @Override
    public List<HealthCheck> ready() {
        return List.of();
    }

    @Override
    public List<HealthCheck> deep() {
        List<HealthCheck> checks = new ArrayList<>();
        for (DatabaseCheck check : database.health()) {
            checks.add(new HealthCheck(check.name(), check.up(), check.detail()));
        }
        // Without them there would have been no start; they are not read again.
        checks.add(new HealthCheck("signing-keys", true, ""));
        return checks;
    }
}
