package customerservice.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthChecksTest {

    /** The driver connects on a thread of its own, which cannot be had where the process has too many. */
    @Test
    void whateverGoesWrongIsADatabaseThatIsDown() {
        var checks = new HealthChecks(() -> {
            throw new OutOfMemoryError("unable to create native thread");
        }, () -> true, () -> true);

        assertEquals(
                List.of(
                        new DatabaseCheck("database", false, "cannot be asked (OutOfMemoryError)"),
                        new DatabaseCheck("schema", false, "not known"),
                        new DatabaseCheck("database-role", false, "not known"),
                        new DatabaseCheck("change-feed", true, "changes are heard of")),
                checks.run());
    }
}
