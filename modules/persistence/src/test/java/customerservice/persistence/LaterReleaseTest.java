package customerservice.persistence;

import static customerservice.persistence.SampleCustomers.CALLER;
import static customerservice.persistence.SampleCustomers.complete;
import static customerservice.persistence.SampleCustomers.creation;
import static customerservice.persistence.SampleCustomers.customer;
import static customerservice.persistence.SampleCustomers.key;
import static customerservice.persistence.SampleCustomers.next;
import static customerservice.persistence.SampleCustomers.update;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.DomainException.IdempotencyKeyInUse;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerStatus;
import customerservice.domain.customer.FieldChange;
import customerservice.domain.identity.PrincipalState;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.User;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that a later release has written, which runs beside this one during a deployment. */
final class LaterReleaseTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Database OPENED = Database.open(DATABASE.settings().withoutCache(), Clock.systemUTC());
    private static final Duration GRACE = Duration.ofSeconds(30);

    @BeforeAll
    static void allowMore() {
        DATABASE.execute("alter table users drop constraint users_role_check");
        DATABASE.execute("alter table customers drop constraint customers_status_check");
    }

    @BeforeEach
    void empty() {
        DATABASE.execute("truncate users, service_accounts, customers, customer_changes, idempotency_keys, audit_log"
                + " cascade");
    }

    @AfterAll
    static void drop() {
        OPENED.close();
        DATABASE.close();
    }

    @Test
    void accountHasTheScopesThatAreKnown() {
        UUID id = account("customers:read", "invoices:read");
        assertEquals(
                Optional.of(Set.of(Scope.CUSTOMERS_READ)),
                OPENED.serviceAccounts().find(id).map(ServiceAccount::scopes));
    }

    @Test
    void accountOfUnknownScopesHasNone() {
        UUID id = account("invoices:read");
        assertEquals(Optional.of(Set.of()), OPENED.serviceAccounts().find(id).map(ServiceAccount::scopes));
        assertEquals(Optional.of(new PrincipalState(0, Set.of())), OPENED.principals().find(id));
        assertEquals(1, OPENED.serviceAccounts().list(Seek.start(), 5).items().size());
    }

    @Test
    void userOfAnUnknownRoleIsThereAndNotActive() {
        UUID id = insertUser("auditor");
        User user = OPENED.users().find(id).orElseThrow();
        assertFalse(user.active());
        assertEquals(Role.UNKNOWN, user.role());
        assertEquals(List.of(user), OPENED.users().list(Seek.start(), 5).items());
        assertEquals(Optional.of(user), OPENED.signInHistory().standing("eve", "192.0.2.0/24").user());
    }

    @Test
    void userOfAnUnknownRoleMayNothing() {
        assertEquals(Optional.of(new PrincipalState(0, Set.of())), OPENED.principals().find(insertUser("auditor")));
    }

    @Test
    void userOfAnUnknownRoleBeginsNoSession() {
        User user = OPENED.users().find(insertUser("auditor")).orElseThrow();
        assertTrue(OPENED.refreshTokens().begin(user, "hash", GRACE, audit()).isEmpty());
    }

    @Test
    void refreshTokenOfAnUnknownRoleIsNeitherTakenNorSpent() {
        UUID id = insertUser("viewer");
        OPENED.refreshTokens().begin(OPENED.users().find(id).orElseThrow(), "hash", Duration.ofDays(1), audit());
        DATABASE.execute("update users set role = 'auditor'");
        DATABASE.execute("update token_families set user_epoch = (select token_epoch from users)");
        assertEquals(Optional.empty(), OPENED.refreshTokens().find("hash", GRACE));
        assertEquals(Optional.empty(), OPENED.refreshTokens().rotate("hash", "next", GRACE, audit()));
        assertEquals("0", DATABASE.query("select count(*) from refresh_tokens where spent_at is not null"));
    }

    @Test
    void customerInAnUnknownStatusIsFoundAndListed() {
        Customer stored = archived();
        assertEquals(CustomerStatus.UNKNOWN, stored.status());
        assertEquals(List.of(stored), OPENED.customers().list(CustomerQuery.newestFirst(5)).items());
    }

    @Test
    void customerInAnUnknownStatusKeepsItWhenAnotherFieldChanges() {
        Customer changed = next(archived(), "Grace");
        assertTrue(OPENED.customers().update(changed, update(changed)));
        assertEquals("Grace archived", DATABASE.query("select name || ' ' || status from customers"));
    }

    @Test
    void replayedAnswerIsReadWithoutWhatWasAdded() {
        Customer first = complete();
        OPENED.customers().insertOnce(first, key("k"), creation(first));
        DATABASE.execute("update idempotency_keys set answer = answer || '{\"tags\": [\"a\", {\"b\": 1}], \"form\": 2,"
                + " \"owner\": {\"id\": \"x\", \"name\": \"y\"}, \"note\": null}'");
        assertEquals(first, OPENED.customers().insertOnce(first, key("k"), creation(first)));
    }

    @Test
    void replayedAnswerMayHaveAnUnknownStatus() {
        Customer first = customer("Ada", "ada@example.com");
        OPENED.customers().insertOnce(first, key("k"), creation(first));
        DATABASE.execute("update idempotency_keys set answer = answer || '{\"status\": \"archived\"}'");
        assertEquals(
                CustomerStatus.UNKNOWN, OPENED.customers().insertOnce(first, key("k"), creation(first)).status());
    }

    @Test
    void answerInAnotherFormMakesNoSecondCustomer() {
        Customer first = customer("Ada", "ada@example.com");
        OPENED.customers().insertOnce(first, key("k"), creation(first));
        for (String form : List.of(
                "answer || '{\"created_at\": \"2026-01-01T00:00:00Z\"}'", "answer - 'name'",
                "answer || '{\"address\": {\"lines\": [\"a\"], \"country\": \"GB\"}}'")) {
            DATABASE.execute("update idempotency_keys set answer = " + form);
            Customer again = customer("Ada", "other@example.com");
            assertThrows(
                    IdempotencyKeyInUse.class,
                    () -> OPENED.customers().insertOnce(again, key("k"), creation(again)));
        }
        assertEquals("1", DATABASE.query("select count(*) from customers"));
    }

    @Test
    void historyIsReadWithoutWhatWasAdded() {
        Customer customer = customer("Ada", "ada@example.com");
        OPENED.customers().insert(customer, creation(customer));
        DATABASE.execute("update customer_changes set changes = '[[\"name\", null, \"Ada\", \"more\"],"
                + " {\"field\": \"email\"}, [\"tags\", [\"a\"], \"b\"], [\"short\"]]'");
        assertEquals(
                List.of(
                        new FieldChange("name", Optional.empty(), Optional.of("Ada")),
                        new FieldChange("tags", Optional.empty(), Optional.of("b"))),
                OPENED.customers().history(customer.id(), Seek.start(), 5).items().getFirst().values());
    }

    private static Customer archived() {
        Customer customer = customer("Ada", "ada@example.com");
        OPENED.customers().insert(customer, creation(customer));
        DATABASE.execute("update customers set status = 'archived'");
        return OPENED.customers().find(customer.id()).orElseThrow();
    }

    private static UUID account(String... scopes) {
        UUID id = UUID.randomUUID();
        DATABASE.execute("insert into service_accounts values ('" + id + "', 'billing', '{" + String.join(",", scopes)
                + "}', 'none', now())");
        return id;
    }

    private static UUID insertUser(String role) {
        UUID id = UUID.randomUUID();
        DATABASE.execute("insert into users values ('" + id + "', 'eve', '" + role + "', 'none', true, now())");
        return id;
    }

    private static AuditEntry audit() {
        return new AuditEntry(Instant.EPOCH, "test", "x", 0, List.of(), CALLER);
    }
}
