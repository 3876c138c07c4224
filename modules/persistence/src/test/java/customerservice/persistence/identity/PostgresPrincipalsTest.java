package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.PrincipalState;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.User;
import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import customerservice.testsupport.Await;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances of the service on one database. */
final class PostgresPrincipalsTest {

    private static final AuditEntry AUDIT = new AuditEntry(
            Instant.EPOCH, "test", "", 0, List.of(), new Caller("system", "request-1", "local"));

    private final TestDatabase database = TestDatabase.migrated();
    private final Database here = Database.open(database.settings(), Clock.systemUTC());
    private final Database there = Database.open(database.settings(), Clock.systemUTC());
    private final User ada = new User(UUID.randomUUID(), "ada", Role.OPERATOR, "hash", true, Instant.EPOCH);

    @BeforeEach
    void insert() {
        here.users().insert(ada, AUDIT);
        Await.until("it is taken from memory", () -> {
            long hits = there.principalCache().stats().hitCount();
            there.principals().find(ada.id());
            return there.principalCache().stats().hitCount() > hits;
        });
    }

    @AfterEach
    void drop() {
        here.close();
        there.close();
        database.close();
    }

    @Test
    void aUserHasTheScopesOfItsRole() {
        assertEquals(Optional.of(new PrincipalState(0, Role.OPERATOR.scopes())), there.principals().find(ada.id()));
    }

    @Test
    void aServiceAccountHasItsOwnScopes() {
        var account = new ServiceAccount(
                UUID.randomUUID(), "billing", Set.of(Scope.AUDIT_READ), "0".repeat(64), Instant.EPOCH);
        here.serviceAccounts().insert(account, AUDIT);
        assertEquals(
                Optional.of(new PrincipalState(0, Set.of(Scope.AUDIT_READ))), there.principals().find(account.id()));
        here.serviceAccounts().delete(account.id(), AUDIT);
        Await.until("it is gone", () -> there.principals().find(account.id()).isEmpty());
    }

    @Test
    void nobodyIsNobody() {
        assertEquals(Optional.empty(), there.principals().find(UUID.randomUUID()));
    }

    @Test
    void aChangeElsewhereIsSeen() {
        here.users().update(ada, ada.with(Role.VIEWER), AUDIT);
        seen(1, Role.VIEWER);
        here.users().updatePasswordHash(ada.id(), "other", AUDIT);
        seen(2, Role.VIEWER);
        here.users().endSignIns(ada.id(), AUDIT);
        seen(3, Role.VIEWER);
        here.users().endAllSignIns(AUDIT);
        seen(4, Role.VIEWER);
        here.users().update(ada.with(Role.VIEWER), ada.with(Role.VIEWER).withActive(false), AUDIT);
        Await.until("seen", () -> there.principals().find(ada.id()).isEmpty());
    }

    @Test
    void aRemovalElsewhereIsSeen() {
        here.users().delete(ada.id(), AUDIT);
        Await.until("seen", () -> there.principals().find(ada.id()).isEmpty());
    }

    @Test
    void aChangeByHandIsSeen() {
        database.execute("update users set role = 'viewer'");
        seen(1, Role.VIEWER);
    }

    /** As by a backup; that there is nobody with this id is remembered, too. */
    @Test
    void whoComesBackIsSeen() {
        here.users().delete(ada.id(), AUDIT);
        Await.until("gone", () -> there.principals().find(ada.id()).isEmpty());
        here.users().insert(ada, AUDIT);
        seen(0, Role.OPERATOR);
    }

    @Test
    void whoDoesNotHearOfChangesAsks() {
        try (Database deaf = Database.openForOneTask(database.settings(), Clock.systemUTC())) {
            assertEquals(
                    Optional.of(new PrincipalState(0, Role.OPERATOR.scopes())), deaf.principals().find(ada.id()));
            here.users().update(ada, ada.withActive(false), AUDIT);
            assertEquals(Optional.empty(), deaf.principals().find(ada.id()));
        }
    }

    private void seen(long epoch, Role role) {
        var state = Optional.of(new PrincipalState(epoch, role.scopes()));
        Await.until("seen", () -> there.principals().find(ada.id()).equals(state));
    }
}
