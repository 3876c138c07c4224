package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.DomainException.ActorRevoked;
import customerservice.domain.DomainException.DuplicateServiceAccount;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.ServiceAccountStore;
import customerservice.domain.identity.User;
import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresServiceAccountsTest extends ServiceAccountStoreContract {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Database OPENED = Database.open(DATABASE.settings().withoutCache(),
            Clock.systemUTC());

    @BeforeEach
    void empty() {
        DATABASE.execute("truncate service_accounts, audit_log, users cascade");
    }

    @AfterAll
    static void drop() {
        OPENED.close();
        DATABASE.close();
    }

    @Override
    ServiceAccountStore store() {
        return OPENED.serviceAccounts();
    }

    @Test
    void changeIsAudited() {
        ServiceAccount account = insert("billing", Set.of(Scope.AUDIT_READ));
        store().delete(account.id(), audit("service_account.remove", account.id()));
        assertEquals(
                "service_account.create " + account.id() + ",service_account.remove " + account.id(),
                DATABASE.query("select string_agg(action || ' ' || subject, ',' order by id) from audit_log"));
    }

    @Test
    void refusedChangeIsNotAudited() {
        insert("billing", Set.of(Scope.AUDIT_READ));
        assertThrows(DuplicateServiceAccount.class, () -> insert("billing", Set.of(Scope.AUDIT_READ)));
        UUID unknown = UUID.randomUUID();
        store().delete(unknown, audit("service_account.remove", unknown));
        assertEquals("1", DATABASE.query("select count(*) from audit_log"));
    }

    @Test
    void scopeOfAnotherReleaseIsPassedOver() {
        ServiceAccount account = insert("billing", Set.of(Scope.AUDIT_READ));
        DATABASE.execute("update service_accounts set scopes = scopes || '{customers:paint}'");
        assertEquals(account, store().find(account.id()).orElseThrow());
    }

    @Test
    void anActorWhoMayNotAnyMoreChangesNothing() {
        ServiceAccount billing = insert("billing", Set.of(Scope.AUDIT_READ));
        var admin = new User(UUID.randomUUID(), "admin", Role.ADMIN, "hash", true, Instant.EPOCH);
        var other = new User(UUID.randomUUID(), "other", Role.ADMIN, "hash", true, Instant.EPOCH);
        OPENED.users().insert(admin, audit("user.create", admin.id()));
        OPENED.users().insert(other, audit("user.create", other.id()));
        OPENED.users().update(admin, admin.withActive(false), audit("user.update", admin.id()));
        ServiceAccount removed = insert("removed", Set.of(Scope.USERS_ADMIN));
        store().delete(removed.id(), audit("service_account.delete", removed.id()));
        ServiceAccount reader = insert("reader", Set.of(Scope.AUDIT_READ));
        for (UUID actor : List.of(admin.id(), removed.id(), reader.id(), UUID.randomUUID())) {
            AuditEntry audit = UserStoreContract.by(actor, "by the actor");
            var fresh = new ServiceAccount(
                    UUID.randomUUID(), "fresh", Set.of(Scope.USERS_ADMIN), "0".repeat(64), Instant.EPOCH);
            assertThrows(ActorRevoked.class, () -> store().insert(fresh, audit));
            assertThrows(ActorRevoked.class, () -> store().delete(billing.id(), audit));
        }
        assertEquals(Optional.of(billing), store().find(billing.id()));
        assertEquals("0", DATABASE.query("select count(*) from audit_log where action = 'by the actor'"));
    }

    @Test
    void aServiceAccountThatMayAdministerMayChangeOthers() {
        ServiceAccount actor = insert("actor", Set.of(Scope.USERS_ADMIN));
        ServiceAccount billing = insert("billing", Set.of(Scope.AUDIT_READ));
        assertTrue(store().delete(billing.id(), UserStoreContract.by(actor.id(), "by the actor")));
        assertFalse(store().delete(billing.id(), UserStoreContract.by(actor.id(), "by the actor")));
    }
}
