package customerservice.auth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.auth.MemoryServiceAccounts;
import customerservice.auth.RandomSecret;
import customerservice.auth.TestClock;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.Violations;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ServiceAccountsTest {

    private static final Caller SYSTEM = new Caller("system", "command-1", "local");

    private final TestClock clock = new TestClock();
    private final MemoryServiceAccounts store = new MemoryServiceAccounts();
    private final List<AuditEntry> happened = new ArrayList<>();
    private final ServiceAccounts accounts = new ServiceAccounts(store, happened::add, clock, new SecureRandom());

    @Test
    void aNewAccountHasNameScopesAndTheHashOfItsSecret() {
        NewServiceAccount added = add("billing", "customers:read", "customers:write");

        ServiceAccount account = added.account();
        assertEquals("billing", account.name());
        assertEquals(Set.of(Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE), account.scopes());
        assertEquals(7, account.id().version());
        assertTrue(RandomSecret.matches(added.secret(), account.secretHash()));
        assertEquals(account, accounts.get(account.id()));
    }

    @Test
    void everySecretIsAnother() {
        assertNotEquals(add("one", "audit:read").secret(), add("two", "audit:read").secret());
    }

    @Test
    void theSecretIsInNoText() {
        NewServiceAccount added = add("billing", "audit:read");

        assertFalse((added + " " + store.audit + happened).contains(added.secret()));
    }

    @Test
    void aNameCanBeTakenOnce() {
        add("billing", "audit:read");

        assertThrows(DomainException.DuplicateServiceAccount.class, () -> add("billing", "audit:read"));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertEquals(
                List.of("/name invalid_name", "/scopes/1 invalid_scope", "/scopes/2 invalid_scope"),
                violations(new ServiceAccountDraft("Billing!", Arrays.asList("audit:read", "all", null))));
        assertEquals(
                List.of("/name required", "/scopes required"), violations(new ServiceAccountDraft(null, null)));
        assertEquals(List.of("/scopes too_few"), violations(new ServiceAccountDraft("billing", List.of())));
    }

    @Test
    void comingAndGoingAreAudited() {
        UUID id = add("billing", "audit:read").account().id();
        accounts.remove(id, SYSTEM);

        var expected = List.of(
                new AuditEntry(
                        clock.instant(), "service_account.create", id.toString(), 0, List.of("name", "scopes"), SYSTEM),
                new AuditEntry(clock.instant(), "service_account.remove", id.toString(), 0, List.of(), SYSTEM));
        assertEquals(expected, store.audit);
        assertEquals(expected, happened);
    }

    @Test
    void whatIsNotThereCannotBeReadOrRemoved() {
        UUID nothing = UUID.randomUUID();

        assertThrows(DomainException.ServiceAccountNotFound.class, () -> accounts.get(nothing));
        assertThrows(DomainException.ServiceAccountNotFound.class, () -> accounts.remove(nothing, SYSTEM));
        assertEquals(List.of(), happened);
    }

    private NewServiceAccount add(String name, String... scopes) {
        return accounts.add(new ServiceAccountDraft(name, List.of(scopes)), new Violations(), SYSTEM);
    }

    private List<String> violations(ServiceAccountDraft draft) {
        return assertThrows(
                DomainException.InvalidInput.class, () -> accounts.add(draft, new Violations(), SYSTEM))
                .violations()
                .stream()
                .map(violation -> violation.pointer() + " " + violation.code())
                .toList();
    }
}
