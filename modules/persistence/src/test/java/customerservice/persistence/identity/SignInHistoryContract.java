package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.FailedAttempts;
import customerservice.domain.identity.FailedAttempts.By;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.SignInHistory;
import customerservice.domain.identity.SignInHistory.Standing;
import customerservice.domain.identity.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link SignInHistory} keeps to; each test finds an empty one. */
abstract class SignInHistoryContract {

    private static final String HERE = "192.0.2.7";
    private static final String ELSEWHERE = "198.51.100.9";

    abstract SignInHistory history();

    abstract User insert(String username, Role role);

    @Test
    void aNameThatNobodyHasStandsLikeAnyOther() {
        assertEquals(
                new Standing(
                        Optional.empty(), false, FailedAttempts.NONE, FailedAttempts.NONE, FailedAttempts.NONE,
                        FailedAttempts.NONE,
                        FailedAttempts.NONE, FailedAttempts.NONE),
                history().standing("nobody", HERE));
    }

    @Test
    void aUserIsFoundByName() {
        User ada = insert("ada", Role.ADMIN);

        assertEquals(Optional.of(ada), history().standing("ada", HERE).user());
    }

    @Test
    void failuresCountByNameByNetworkAndByBoth() {
        fail("ada", HERE, 2);
        fail("ada", ELSEWHERE, 3);
        fail("bob", HERE, 4);

        Standing standing = history().standing("ada", HERE);
        assertEquals(2, standing.ofNameOnNetwork().count());
        assertEquals(5, standing.ofName().count());
        assertEquals(6, standing.ofNetwork().count());
    }

    @Test
    void failuresOfNamesThatAreKnownThereCountApartToo() {
        history().failed("ada", HERE, true, audit());
        history().failed("bob", HERE, true, audit());
        history().failed("eve", HERE, false, audit());

        Standing standing = history().standing("ada", HERE);
        assertEquals(2, standing.ofKnownNetwork().count());
        assertEquals(3, standing.ofNetwork().count());
    }

    @Test
    void networksOfOneSiteCountTogetherToo() {
        fail("ada", "2001:db8:1:2::/64", 2);
        fail("bob", "2001:db8:1:3::/64", 1);
        fail("eve", "2001:db8:2:2::/64", 1);

        Standing standing = history().standing("ada", "2001:db8:1:2::/64");
        assertEquals(3, standing.ofSite().count());
        assertEquals(2, standing.ofNetwork().count());
        assertEquals(2, standing.ofNameOnSite().count());
        Standing another = history().standing("ada", "2001:db8:1:4::/64");
        assertEquals(3, another.ofSite().count());
        assertEquals(2, another.ofNameOnSite().count());
        assertEquals(0, another.ofNameOnNetwork().count());
    }

    @Test
    void aSiteHasAnAllowanceOfItsOwn() {
        for (int i = 0; i < By.NETWORK.most() + 3; i++) {
            fail("user" + i, "2001:db8:1:2::/64", 1);
        }

        Standing standing = history().standing("ada", "2001:db8:1:2::/64");
        assertEquals(By.NETWORK.most(), standing.ofNetwork().count());
        assertTrue(standing.ofSite().count() > By.NETWORK.most(), standing::toString);
    }

    @Test
    void theTimeSinceTheLastFailureIsKnown() {
        fail("ada", HERE, 1);

        Duration since = history().standing("ada", HERE).ofName().sinceLast();
        assertTrue(!since.isNegative() && since.compareTo(Duration.ofMinutes(1)) < 0, since::toString);
    }

    @Test
    void beyondTheMostTheyAreNotToldApart() {
        fail("ada", HERE, By.NAME_AND_NETWORK.most() + 3);

        assertEquals(By.NAME_AND_NETWORK.most(), history().standing("ada", HERE).ofNameOnNetwork().count());
    }

    @Test
    void successForgivesTheNameOnItsNetworkAndNothingElse() {
        User ada = insert("ada", Role.VIEWER);
        fail("ada", HERE, 3);

        history().succeeded(ada.id(), "ada", HERE);

        Standing standing = history().standing("ada", HERE);
        assertEquals(0, standing.ofNameOnNetwork().count());
        assertEquals(3, standing.ofName().count());
        assertEquals(3, standing.ofNetwork().count());
    }

    @Test
    void aNetworkIsKnownAfterASuccess() {
        User ada = insert("ada", Role.VIEWER);
        history().succeeded(ada.id(), "ada", HERE);
        history().succeeded(ada.id(), "ada", HERE);

        assertTrue(history().standing("ada", HERE).knownNetwork());
    }

    @Test
    void aNetworkIsKnownForItsUserAlone() {
        User ada = insert("ada", Role.VIEWER);
        insert("bob", Role.VIEWER);
        history().succeeded(ada.id(), "ada", HERE);

        assertFalse(history().standing("bob", HERE).knownNetwork());
        assertFalse(history().standing("ada", ELSEWHERE).knownNetwork());
    }

    @Test
    void successOfAUserWhoIsGoneChangesNothing() {
        history().succeeded(UUID.randomUUID(), "ada", HERE);

        assertFalse(history().standing("ada", HERE).knownNetwork());
    }

    void fail(String username, String network, int times) {
        for (int i = 0; i < times; i++) {
            history().failed(username, network, false, audit());
        }
    }

    static AuditEntry audit() {
        return new AuditEntry(
                Instant.EPOCH, "auth.sign_in_failed", "unknown", 0, List.of(),
                new Caller("system", "request-1", "local"));
    }
}
