package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Caller;
import customerservice.domain.DomainException.DuplicateServiceAccount;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.ServiceAccountStore;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link ServiceAccountStore} keeps to; each test finds an empty one. */
abstract class ServiceAccountStoreContract {

    abstract ServiceAccountStore store();

    @Test
    void whatIsInsertedIsFound() {
        ServiceAccount account = insert("billing", EnumSet.of(Scope.CUSTOMERS_READ, Scope.AUDIT_READ));
        assertEquals(Optional.of(account), store().find(account.id()));
    }

    @Test
    void accountIsFoundByName() {
        ServiceAccount account = insert("billing", Set.of(Scope.AUDIT_READ));
        assertEquals(Optional.of(account), store().findByName("billing"));
        assertEquals(Optional.empty(), store().findByName("shipping"));
    }

    @Test
    void everyScopeIsKept() {
        ServiceAccount account = insert("billing", EnumSet.allOf(Scope.class));
        assertEquals(EnumSet.allOf(Scope.class), store().find(account.id()).orElseThrow().scopes());
    }

    @Test
    void unknownAccountIsNotFound() {
        assertEquals(Optional.empty(), store().find(UUID.randomUUID()));
    }

    @Test
    void nameIsUnique() {
        insert("billing", Set.of(Scope.AUDIT_READ));
        assertThrows(DuplicateServiceAccount.class, () -> insert("billing", Set.of(Scope.CUSTOMERS_READ)));
    }

    @Test
    void nameIsFreeAgainOnceItsAccountIsDeleted() {
        ServiceAccount account = insert("billing", Set.of(Scope.AUDIT_READ));
        assertTrue(store().delete(account.id(), audit("service_account.remove", account.id())));
        ServiceAccount next = insert("billing", Set.of(Scope.AUDIT_READ));
        assertEquals(List.of(next), store().list(Seek.start(), 200).items());
    }

    @Test
    void deletedAccountIsGone() {
        ServiceAccount account = insert("billing", Set.of(Scope.AUDIT_READ));
        assertTrue(store().delete(account.id(), audit("service_account.remove", account.id())));
        assertEquals(Optional.empty(), store().find(account.id()));
        assertFalse(store().delete(account.id(), audit("service_account.remove", account.id())));
    }

    @Test
    void accountsAreListedByName() {
        ServiceAccount shop = insert("shop", Set.of(Scope.AUDIT_READ));
        ServiceAccount billing = insert("billing", Set.of(Scope.AUDIT_READ));
        assertEquals(List.of(billing, shop), store().list(Seek.start(), 200).items());
    }

    @Test
    void pagesFollowOneAnotherByName() {
        for (String name : List.of("c", "a", "b-2", "b", "d")) {
            insert(name, Set.of(Scope.AUDIT_READ));
        }
        Page<ServiceAccount> first = store().list(Seek.start(), 2);
        Page<ServiceAccount> second = store().list(new Seek.After<>("b"), 2);
        Page<ServiceAccount> third = store().list(new Seek.After<>("c"), 2);
        Page<ServiceAccount> back = store().list(new Seek.Before<>("d"), 2);
        assertEquals(List.of("a", "b"), names(first));
        assertEquals(List.of("b-2", "c"), names(second));
        assertEquals(List.of("d"), names(third));
        assertEquals(List.of("b-2", "c"), names(back));
        assertEquals(List.of(false, true), List.of(first.hasPrevious(), first.hasNext()));
        assertEquals(List.of(true, false), List.of(third.hasPrevious(), third.hasNext()));
        assertEquals(new Page<>(back.items(), true, true), back);
        assertEquals(new Page<>(List.of(), false, true), store().list(new Seek.Before<>("a"), 2));
        assertEquals(new Page<>(List.of(), true, false), store().list(new Seek.After<>("e"), 2));
        assertEquals(new Page<>(first.items(), false, true), store().list(new Seek.After<>("Z"), 2));
        assertEquals(List.of("c", "d"), names(store().list(Seek.end(), 2)));
    }

    private static List<String> names(Page<ServiceAccount> page) {
        return page.items().stream().map(ServiceAccount::name).toList();
    }

    ServiceAccount insert(String name, Set<Scope> scopes) {
        var account = new ServiceAccount(UUID.randomUUID(), name, scopes, "0".repeat(64), Instant.EPOCH);
        store().insert(account, audit("service_account.create", account.id()));
        return account;
    }

    static AuditEntry audit(String action, UUID subject) {
        return new AuditEntry(Instant.EPOCH, action, subject.toString(), 0, List.of(),
                new Caller("system", "request-1", "local"));
    }
}
