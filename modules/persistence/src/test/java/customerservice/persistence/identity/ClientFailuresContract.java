package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.ClientFailures;
import customerservice.domain.identity.ClientFailures.Standing;
import customerservice.domain.identity.FailedAttempts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link ClientFailures} keeps to; each test finds an empty one. */
abstract class ClientFailuresContract {

    private static final String CLIENT = "01890a5d-ac96-774b-bcce-b302099a8057";
    private static final String OTHER = "01890a5d-ac96-774b-bcce-b302099a8058";
    static final String HERE = "192.0.2.7";
    private static final String ELSEWHERE = "198.51.100.9";

    abstract ClientFailures failures();

    @Test
    void nothingHasFailedAtFirst() {
        assertEquals(new Standing(FailedAttempts.NONE, FailedAttempts.NONE), failures().standing(CLIENT, HERE));
        assertEquals(FailedAttempts.NONE, failures().ofNetwork(HERE));
    }

    @Test
    void failuresCountByClientAndByNetwork() {
        fail(CLIENT, HERE, 2);
        fail(CLIENT, ELSEWHERE, 3);
        fail(OTHER, HERE, 4);

        Standing standing = failures().standing(CLIENT, HERE);
        assertEquals(5, standing.ofClient().count());
        assertEquals(6, standing.ofNetwork().count());
    }

    @Test
    void tokensCountByNetworkTogetherWithClients() {
        fail(CLIENT, HERE, 1);
        failures().failed(HERE);
        failures().failed(ELSEWHERE);

        assertEquals(2, failures().ofNetwork(HERE).count());
        assertEquals(1, failures().standing(CLIENT, HERE).ofClient().count());
    }

    @Test
    void theTimeSinceTheLastFailureIsKnown() {
        failures().failed(HERE);

        Duration since = failures().ofNetwork(HERE).sinceLast();
        assertTrue(!since.isNegative() && since.compareTo(Duration.ofMinutes(1)) < 0, since::toString);
    }

    @Test
    void beyondTheMostTheyAreNotToldApart() {
        for (int i = 0; i < FailedAttempts.MOST + 3; i++) {
            failures().failed(HERE);
        }

        assertEquals(FailedAttempts.MOST, failures().ofNetwork(HERE).count());
    }

    void fail(String clientId, String network, int times) {
        for (int i = 0; i < times; i++) {
            failures().failed(clientId, network, audit(Instant.now()));
        }
    }

    static AuditEntry audit(Instant at) {
        return new AuditEntry(
                at, "auth.client_authentication_failed", "unknown", 0, List.of(),
                new Caller("anonymous", "request-1", "local"));
    }
}
