package customerservice.app.service;

import customerservice.api.operations.HealthCheck;
import customerservice.api.operations.HealthReport;
import customerservice.persistence.Database;
import customerservice.persistence.DatabaseCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is checked beyond that the server answers. */
final class Health implements HealthReport {

    private final Database database;
    private final List<Supplier<HealthCheck>> others;

    /** @param others of what is in memory */
    Health(Database database, List<Supplier<HealthCheck>> others) {
        this.database = database;
        this.others = List.copyOf(others);
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
        others.forEach(other -> checks.add(other.get()));
        return checks;
    }
}
