package customerservice.app.service;

import customerservice.app.systemd.Systemd;
import customerservice.domain.DomainException;
import customerservice.persistence.Database;
import java.time.Duration;
import java.util.logging.Logger;

/** Before anything is served: the database answers, and its schema is the one that this release was written for. */
final class SchemaWait {

    private static final Logger LOGGER = Logger.getLogger(SchemaWait.class.getName());
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    /** More than a pause and an attempt take together. */
    private static final Duration EXTENSION = Duration.ofSeconds(30);

    private SchemaWait() {}

    /**
     * Keeps trying while the database cannot be asked.
     *
     * @throws StartException if it cannot be asked for so long, or if the schema is not good
     */
    static void until(Database database, Duration limit, Systemd systemd) {
        long deadline = System.nanoTime() + limit.toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                Schema.requireCurrent(database);
                return;
            } catch (DomainException.StoreUnavailable | DomainException.StoreBusy e) {
                String cause = Causes.innermost(e);
                if (System.nanoTime() - deadline > 0) {
                    throw new StartException("the database cannot be reached: " + cause);
                }
                systemd.starting("starting; waiting for the database: " + cause, EXTENSION);
                LOGGER.warning("waiting for the database: " + cause);
            }
            sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while waiting for the database");
        }
    }
}
