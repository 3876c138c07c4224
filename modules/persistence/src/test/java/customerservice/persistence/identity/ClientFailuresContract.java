package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.ClientFailures;
import customerservice.domain.identity.ClientFailures.Standing;
import customerservice.domain.identity.FailedAttempts;
import customerservice.domain.identity.FailedAttempts.By;
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

    private static final Standing NOTHING = new Standing(
            FailedAttempts.NONE, FailedAttempts.NONE, FailedAttempts.NONE);

    abstract ClientFailures failures();

    @Test
    void networksOfOneSiteCountTogetherToo() {
        fail(CLIENT, "2001:db8:1:2::/64", 2);
        failures().failed("2001:db8:1:3::/64");
        failures().failed("2001:db8:2:2::/64");

        assertEquals(3, failures().standing("2001:db8:1:4::/64").ofSite().count());
        assertEquals(2, failures().standing("2001:db8:1:2::/64").ofNetwork().count());
    }

    @Test
    void nothingHasFailedAtFirst() {
        assertEquals(NOTHING, failures().standing(CLIENT, HERE));
        assertEquals(NOTHING, failures().standing(HERE));
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

        assertEquals(2, failures().standing(HERE).ofNetwork().count());
        assertEquals(1, failures().standing(CLIENT, HERE).ofClient().count());
    }

    @Test
    void theTimeSinceTheLastFailureIsKnown() {
        failures().failed(HERE);

        Duration since = failures().standing(HERE).ofNetwork().sinceLast();
        assertTrue(!since.isNegative() && since.compareTo(Duration.ofMinutes(1)) < 0, since::toString);
    }

    @Test
    void beyondTheMostTheyAreNotToldApart() {
        for (int i = 0; i < By.NETWORK_OF_CLIENTS.most() + 3; i++) {
            failures().failed(HERE);
        }

        assertEquals(By.NETWORK_OF_CLIENTS.most(), failures().standing(HERE).ofNetwork().count());
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
