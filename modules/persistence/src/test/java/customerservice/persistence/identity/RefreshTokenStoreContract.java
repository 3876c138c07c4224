package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.RefreshTokenStore;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.TokenFamily;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link RefreshTokenStore} keeps to; each test finds an empty one. */
abstract class RefreshTokenStoreContract {

    static final Duration LIFETIME = Duration.ofDays(30);

    /** Nobody waits for it to end. */
    static final Duration GRACE = Duration.ofMinutes(5);

    /** Has ended when it begins. */
    static final Duration NO_GRACE = Duration.ZERO;

    static final Caller ANONYMOUS = new Caller("anonymous", "request-1", "192.0.2.7");

    abstract RefreshTokenStore store();

    abstract UserStore users();

    @Test
    void firstTokenIsGoodForAnother() {
        User user = signedIn("ada");

        TokenFamily family = rotate("first", "second").orElseThrow();

        assertEquals(user.id(), family.userId());
        assertEquals(Role.OPERATOR, family.role());
    }

    @Test
    void everyTokenExpiresWithItsFamily() {
        signedIn("ada");
        Instant expiresAt = rotate("first", "second").orElseThrow().expiresAt();

        assertEquals(expiresAt, rotate("second", "third").orElseThrow().expiresAt());
        assertTrue(Duration.between(Instant.now(), expiresAt).compareTo(LIFETIME.minusHours(1)) > 0);
    }

    @Test
    void unknownTokenIsNotGood() {
        assertEquals(Optional.empty(), rotate("unknown", "second"));
        assertEquals(Optional.empty(), store().find("unknown", GRACE));
        assertEquals(Optional.empty(), store().revokeReused("unknown", NO_GRACE, audit("reused")));
        assertEquals(Optional.empty(), store().revoke("unknown", audit("revoked")));
    }

    @Test
    void successorOfARefusedTokenIsNotKept() {
        rotate("unknown", "second");

        assertEquals(Optional.empty(), rotate("second", "third"));
    }

    @Test
    void spentTokenIsGoodWithinTheGrace() {
        signedIn("ada");
        rotate("first", "second");

        assertTrue(rotate("first", "other second").isPresent());
        assertTrue(rotate("second", "third").isPresent());
        assertTrue(rotate("other second", "other third").isPresent());
    }

    @Test
    void spentTokenIsNotGoodAfterTheGrace() {
        signedIn("ada");
        rotate("first", "second");

        assertEquals(Optional.empty(), store().rotate("first", "other second", NO_GRACE, audit("refreshed")));
        assertEquals(Optional.empty(), store().find("first", NO_GRACE));
    }

    /** Two tabs, of which each goes on with its own, or a thief and the owner. */
    @Test
    void theUseOfOneSuccessorSpendsTheOthers() {
        User user = signedIn("ada");
        rotate("first", "second");
        rotate("first", "other second");
        rotate("second", "third");

        assertTrue(store().find("other second", GRACE).isPresent());
        assertEquals(Optional.empty(), store().find("other second", NO_GRACE));
        assertEquals(Optional.of(user.id()), store().revokeReused("other second", NO_GRACE, audit("reused")));
        assertEquals(Optional.empty(), rotate("third", "fourth"));
    }

    @Test
    void aSuccessorThatComesLaterIsSpentByTheNextUse() {
        signedIn("ada");
        rotate("first", "second");
        rotate("second", "third");
        rotate("first", "other second");
        assertTrue(store().find("other second", NO_GRACE).isPresent());
        rotate("third", "fourth");

        assertEquals(Optional.empty(), store().find("other second", NO_GRACE));
        assertTrue(store().find("fourth", NO_GRACE).isPresent());
    }

    @Test
    void theUseOfOneFamilySpendsNothingOfAnother() {
        User user = signedIn("ada");
        store().begin(user, "of another device", LIFETIME, audit("sign_in"));
        rotate("first", "second");

        assertTrue(store().find("of another device", NO_GRACE).isPresent());
    }

    @Test
    void graceBeginsWhenATokenIsFirstSpent() {
        signedIn("ada");
        rotate("first", "second");
        Instant spent = Instant.now();
        while (!Instant.now().isAfter(spent.plusMillis(5))) {
            Thread.onSpinWait();
        }
        rotate("first", "other second");

        assertTrue(store().revokeReused("first", Duration.ofMillis(5), audit("reused")).isPresent());
    }

    @Test
    void tokenHasSixteenSuccessorsAtMost() {
        signedIn("ada");
        for (int i = 0; i < RefreshTokenStore.MAX_CHILDREN; i++) {
            assertTrue(rotate("first", "second " + i).isPresent());
        }

        assertEquals(Optional.empty(), rotate("first", "one too many"));
        assertTrue(rotate("second 0", "third").isPresent());
    }

    @Test
    void whatIsFoundIsNotSpent() {
        signedIn("ada");

        assertEquals(store().find("first", NO_GRACE), store().find("first", NO_GRACE));
        assertTrue(store().rotate("first", "second", NO_GRACE, audit("refreshed")).isPresent());
    }

    @Test
    void reuseEndsTheWholeFamily() {
        User user = signedIn("ada");
        rotate("first", "second");

        assertEquals(Optional.of(user.id()), store().revokeReused("first", NO_GRACE, audit("reused")));
        assertEquals(Optional.empty(), rotate("second", "third"));
        assertEquals(Optional.empty(), store().find("second", GRACE));
    }

    @Test
    void reuseLeavesOtherFamiliesAlone() {
        User user = signedIn("ada");
        assertTrue(store().begin(user, "of another device", LIFETIME, audit("sign_in")).isPresent());
        rotate("first", "second");
        store().revokeReused("first", NO_GRACE, audit("reused"));

        assertTrue(rotate("of another device", "second of another device").isPresent());
    }

    @Test
    void tokenThatIsUnspentIsNotReused() {
        signedIn("ada");

        assertEquals(Optional.empty(), store().revokeReused("first", NO_GRACE, audit("reused")));
        assertTrue(rotate("first", "second").isPresent());
    }

    @Test
    void tokenWithinTheGraceIsNotReused() {
        signedIn("ada");
        rotate("first", "second");

        assertEquals(Optional.empty(), store().revokeReused("first", GRACE, audit("reused")));
    }

    @Test
    void revocationOfAnyTokenEndsTheFamily() {
        User user = signedIn("ada");
        rotate("first", "second");

        assertEquals(Optional.of(user.id()), store().revoke("first", audit("revoked")));
        assertEquals(Optional.empty(), rotate("second", "third"));
        assertEquals(Optional.empty(), store().revoke("second", audit("revoked")));
    }

    @Test
    void expiredFamilyIsNotGood() {
        User user = user("ada");
        store().begin(user, "first", Duration.ZERO, audit("sign_in"));

        assertEquals(Optional.empty(), rotate("first", "second"));
        assertEquals(Optional.empty(), store().revoke("first", audit("revoked")));
    }

    @Test
    void newPasswordEndsWhatBeganBefore() {
        User user = signedIn("ada");
        rotate("first", "second");
        users().updatePasswordHash(user.id(), "other", audit("user.change_password"));

        assertEquals(Optional.empty(), rotate("first", "other second"));
        assertEquals(Optional.empty(), rotate("second", "third"));
    }

    @Test
    void theSamePasswordHashedAnewEndsNothing() {
        User user = signedIn("ada");
        rotate("first", "second");
        assertTrue(users().renewPasswordHash(
                user.id(), user.passwordHash(), "stronger", audit("user.rehash_password")));

        assertTrue(rotate("second", "third").isPresent());
        users().updatePasswordHash(user.id(), "other", audit("user.change_password"));
        assertEquals(Optional.empty(), rotate("third", "fourth"));
    }

    @Test
    void newPasswordLeavesOthersAlone() {
        signedIn("ada");
        users().updatePasswordHash(user("bob").id(), "other", audit("user.change_password"));

        assertTrue(rotate("first", "second").isPresent());
    }

    @Test
    void everySignInOfAUserCanBeEnded() {
        User user = signedIn("ada");
        store().begin(user, "of another device", LIFETIME, audit("sign_in"));
        rotate("first", "second");

        assertEquals(OptionalInt.of(2), users().endSignIns(user.id(), audit("sign_out")));

        assertEquals(Optional.empty(), rotate("first", "other second"));
        assertEquals(Optional.empty(), rotate("second", "third"));
        assertEquals(Optional.empty(), store().find("of another device", GRACE));
    }

    @Test
    void signInsOfOthersGoOn() {
        signedIn("ada");
        User bob = user("bob");
        store().begin(bob, "of bob", LIFETIME, audit("sign_in"));

        assertEquals(OptionalInt.of(1), users().endSignIns(bob.id(), audit("sign_out")));

        assertTrue(rotate("first", "second").isPresent());
    }

    @Test
    void everySignInOfEveryUserCanBeEnded() {
        signedIn("ada");
        User bob = user("bob");
        store().begin(bob, "of bob", LIFETIME, audit("sign_in"));
        store().begin(bob, "of bob, too", LIFETIME, audit("sign_in"));
        user("eve");

        assertEquals(3, users().endAllSignIns(audit("sign_out")));

        assertEquals(Optional.empty(), rotate("first", "second"));
        assertEquals(Optional.empty(), rotate("of bob", "second of bob"));
        assertEquals(Optional.empty(), rotate("of bob, too", "third of bob"));
    }

    @Test
    void whoseSignInsWereEndedMaySignInAnew() {
        User user = signedIn("ada");
        users().endSignIns(user.id(), audit("sign_out"));
        users().endAllSignIns(audit("sign_out"));

        assertTrue(store().begin(user, "anew", LIFETIME, audit("sign_in")).isPresent());
        assertTrue(rotate("anew", "second").isPresent());
        assertEquals(OptionalInt.of(1), users().endSignIns(user.id(), audit("sign_out")));
    }

    @Test
    void whatHasEndedIsNotEndedAgain() {
        User revoked = signedIn("ada");
        store().revoke("first", audit("revoked"));
        User expired = user("bob");
        store().begin(expired, "of bob", Duration.ZERO, audit("sign_in"));
        User changed = user("eve");
        store().begin(changed, "of eve", LIFETIME, audit("sign_in"));
        users().updatePasswordHash(changed.id(), "other", audit("user.change_password"));
        User inactive = user("joe");
        store().begin(inactive, "of joe", LIFETIME, audit("sign_in"));
        users().update(inactive, inactive.withActive(false), audit("user.update"));

        for (User user : List.of(revoked, expired, changed, inactive)) {
            assertEquals(OptionalInt.of(0), users().endSignIns(user.id(), audit("sign_out")), user::username);
        }
        assertEquals(0, users().endAllSignIns(audit("sign_out")));
    }

    @Test
    void nobodysSignInsCannotBeEnded() {
        assertEquals(OptionalInt.empty(), users().endSignIns(UUID.randomUUID(), audit("sign_out")));
    }

    @Test
    void oldPasswordBeginsNothing() {
        User user = user("ada");
        users().updatePasswordHash(user.id(), "other", audit("user.change_password"));

        assertTrue(store().begin(user, "first", LIFETIME, audit("sign_in")).isEmpty());
        assertEquals(Optional.empty(), rotate("first", "second"));
    }

    @Test
    void oldRoleBeginsNothing() {
        User user = user("ada");
        var asAdmin = new User(user.id(), "ada", Role.ADMIN, user.passwordHash(), true, user.createdAt());

        assertTrue(store().begin(asAdmin, "first", LIFETIME, audit("sign_in")).isEmpty());
    }

    @Test
    void unknownAndInactiveUsersBeginNothing() {
        var unknown = new User(UUID.randomUUID(), "eve", Role.VIEWER, "hash", true, Instant.EPOCH);
        var inactive = new User(UUID.randomUUID(), "bob", Role.VIEWER, "hash", false, Instant.EPOCH);
        users().insert(inactive, audit("user.create"));

        assertTrue(store().begin(unknown, "first", LIFETIME, audit("sign_in")).isEmpty());
        assertTrue(store().begin(inactive, "first", LIFETIME, audit("sign_in")).isEmpty());
    }

    Optional<TokenFamily> rotate(String hash, String nextHash) {
        return store().rotate(hash, nextHash, GRACE, audit("refreshed"));
    }

    /** With the token {@code first}. */
    User signedIn(String username) {
        User user = user(username);
        assertTrue(store().begin(user, "first", LIFETIME, audit("sign_in")).isPresent());
        return user;
    }

    User user(String username) {
        var user = new User(UUID.randomUUID(), username, Role.OPERATOR, "hash", true, Instant.EPOCH);
        users().insert(user, audit("user.create"));
        return user;
    }

    static AuditEntry audit(String action) {
        return new AuditEntry(Instant.EPOCH, action, "unknown", 0, List.of(), ANONYMOUS);
    }
}
