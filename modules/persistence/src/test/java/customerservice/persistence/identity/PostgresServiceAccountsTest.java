package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.domain.DomainException.DuplicateServiceAccount;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.ServiceAccountStore;
import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import java.time.Clock;
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
        DATABASE.execute("truncate service_accounts, audit_log");
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
}
