package customerservice.domain.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.Seek;
import customerservice.domain.Violation;
import customerservice.domain.Violations;
import customerservice.domain.audit.AuditEntry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CustomersTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
    private static final Caller CALLER = new Caller("user-1", "request-1", "127.0.0.1");
    private static final CustomerId UNKNOWN = CustomerId.next(Clock.fixed(NOW, ZoneOffset.UTC),
            new SplittableRandom(7));

    private final MemoryStore store = new MemoryStore();
    private final List<AuditEntry> stream = new ArrayList<>();
    private final Customers customers = new Customers(store, stream::add, Clock.fixed(NOW, ZoneOffset.UTC),
            new SplittableRandom(1));

    private Customer ada() {
        return customers.create(Drafts.ADA, new Violations(), CALLER);
    }

    private Customer replace(Customer customer, CustomerDraft draft, Precondition condition) {
        return customers.replace(customer.id(), draft, new Violations(), condition, CALLER);
    }

    @Test
    void timesAreWholeMilliseconds() {
        assertEquals(Instant.parse("2026-11-22T10:00:00.123Z"), ada().createdAt());
    }

    @Test
    void firstVersionIsOne() {
        assertEquals(1, ada().version());
    }

    @Test
    void everyChangeMakesTheNextVersion() {
        assertEquals(2, replace(ada(), Drafts.withName("Ada King"), Precondition.ANY).version());
    }

    @Test
    void replacementByTheSameChangesNothing() {
        Customer ada = ada();
        assertSame(ada, replace(ada, Drafts.ADA, Precondition.ANY));
        assertEquals(1, store.changes.size());
    }

    @Test
    void emailThatChangesOnlyItsCaseIsAChange() {
        assertEquals(2, replace(ada(), Drafts.withEmail("Ada@example.com"), Precondition.ANY).version());
    }

    @Test
    void otherVersionThanNamedIsAMismatch() {
        Customer ada = ada();
        assertThrows(DomainException.VersionMismatch.class,
                () -> replace(ada, Drafts.withName("Ada King"), Precondition.oneOf(Set.of(7L))));
    }

    @Test
    void namedVersionIsAccepted() {
        assertEquals("Ada King",
                replace(ada(), Drafts.withName("Ada King"), Precondition.oneOf(Set.of(1L, 7L))).name());
    }

    @Test
    void changeIsTriedAgainWhenAnotherCameFirst() {
        Customer ada = ada();
        store.othersComeFirst = 2;
        assertEquals(4, replace(ada, Drafts.withName("Ada King"), Precondition.ANY).version());
    }

    @Test
    void changeUnderSiegeGivesUp() {
        Customer ada = ada();
        store.othersComeFirst = 100;
        assertThrows(DomainException.ConcurrentChange.class,
                () -> replace(ada, Drafts.withName("Ada King"), Precondition.ANY));
    }

    @Test
    void changeThatCameSecondIsAMismatchIfItNamedItsVersion() {
        Customer ada = ada();
        store.othersComeFirst = 1;
        assertThrows(DomainException.VersionMismatch.class,
                () -> replace(ada, Drafts.withName("Ada King"), Precondition.oneOf(Set.of(1L))));
    }

    @Test
    void amendmentStartsFromWhatStands() {
        Customer ada = ada();
        Customer amended = customers.amend(ada.id(), (current, violations) -> new CustomerDraft("Ada King",
                current.email(), current.phone(), current.status(), current.address(), current.metadata()),
                Precondition.ANY, CALLER);
        assertEquals(ada.email(), amended.email());
        assertEquals("Ada King", amended.name());
    }

    @Test
    void amendmentThatBreaksARuleIsRejected() {
        Customer ada = ada();
        assertThrows(DomainException.InvalidInput.class, () -> customers.amend(ada.id(),
                (current, violations) -> Drafts.withEmail("nope"), Precondition.ANY, CALLER));
        assertSame(ada, customers.get(ada.id()));
    }

    @Test
    void erasedCustomerIsNotFoundAgain() {
        Customer ada = ada();
        customers.erase(ada.id(), Precondition.ANY, CALLER);
        assertThrows(DomainException.CustomerNotFound.class,
                () -> customers.erase(ada.id(), Precondition.ANY, CALLER));
    }

    @Test
    void erasureIsAVersionOfItsOwnInTheTrail() {
        customers.erase(ada().id(), Precondition.ANY, CALLER);
        assertEquals(2, store.erasures.getLast().version());
    }

    @Test
    void unknownCustomerIsNotFound() {
        assertThrows(DomainException.CustomerNotFound.class, () -> customers.get(UNKNOWN));
        assertThrows(DomainException.CustomerNotFound.class, () -> customers.history(UNKNOWN, Seek.start(), 20));
    }

    @Test
    void repeatedCreationIsHeardOfOnce() {
        var key = new IdempotencyKey("user-1", "k", "f");
        Customer first = customers.createOnce(Drafts.ADA, new Violations(), key, CALLER);
        Customer again = customers.createOnce(Drafts.ADA, new Violations(), key, CALLER);
        assertEquals(first, again);
        assertEquals(1, stream.size());
    }

    @Test
    void auditNamesTheChangedFieldsWithoutTheirValues() {
        replace(ada(), new CustomerDraft("Ada King", "ada@example.com", null, "active",
                new AddressDraft("12 St James's Square", null, "Paris", null, "SW1Y 4JH", "FR"), Map.of("tier", "tin")),
                Precondition.ANY);
        AuditEntry entry = stream.getLast();
        assertEquals(List.of("name", "phone", "address", "metadata"), entry.fields());
        assertFalse(entry.toString().contains("Ada"));
    }

    @Test
    void changedValuesAreKeptFieldByField() {
        replace(ada(), Drafts.withMetadata(Map.of("tier", "tin", "new", "1")), Precondition.ANY);
        assertEquals(
                List.of(new FieldChange("metadata.new", Optional.empty(), Optional.of("1")),
                        new FieldChange("metadata.tier", Optional.of("gold"), Optional.of("tin"))),
                store.changes.getLast().values());
    }

    @Test
    void refusedChangeIsNotInTheStream() {
        assertThrows(DomainException.InvalidInput.class,
                () -> customers.create(Drafts.withName(""), new Violations(), CALLER));
        assertTrue(stream.isEmpty());
    }

    @Test
    void conditionThatNamesNoVersionAcceptsNone() {
        assertFalse(Precondition.oneOf(Set.of()).accepts(1));
    }

    @Test
    void aChangeKeepsTheTimeOfCreationAndMovesThatOfUpdate() {
        Customer ada = ada();
        var later = new Customers(
                store, stream::add, Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC), new SplittableRandom(2));

        Customer changed = later.replace(
                ada.id(), Drafts.withName("Ada King"), new Violations(), Precondition.ANY, CALLER);

        assertEquals(ada.createdAt(), changed.createdAt());
        assertEquals(Instant.parse("2026-11-22T10:01:00.123Z"), changed.updatedAt());
    }

    @Test
    void anUpdateIsNeverBeforeTheCreationOrTheLastUpdate() {
        Customer ada = ada();
        Customer later = at(NOW.plusSeconds(60)).replace(
                ada.id(), Drafts.withName("Ada King"), new Violations(), Precondition.ANY, CALLER);

        Customer steppedBack = at(NOW.minusSeconds(60)).amend(
                ada.id(), (_, _) -> Drafts.withName("Countess"), Precondition.ANY, CALLER);

        assertEquals(later.updatedAt(), steppedBack.updatedAt());
        assertEquals(later.updatedAt(), stream.getLast().at());
    }

    @Test
    void anUpdateOfARowFromBeforeThatRuleIsNotBeforeItsCreation() {
        Customer ada = ada();
        store.customers.put(ada.id(), new Customer(ada.id(), ada.name(), ada.email(), ada.phone(), ada.status(),
                ada.address(), ada.metadata(), 1, ada.createdAt(), ada.createdAt().minusSeconds(120)));

        Customer amended = at(NOW.minusSeconds(60)).amend(
                ada.id(), (_, _) -> Drafts.withName("Countess"), Precondition.ANY, CALLER);

        assertEquals(ada.createdAt(), amended.updatedAt());
    }

    @Test
    void anErasureIsNeverBeforeTheLastUpdate() {
        Customer ada = ada();

        at(NOW.minusSeconds(60)).erase(ada.id(), Precondition.ANY, CALLER);

        assertEquals(ada.updatedAt(), stream.getLast().at());
    }

    private Customers at(Instant time) {
        return new Customers(store, stream::add, Clock.fixed(time, ZoneOffset.UTC), new SplittableRandom(2));
    }

    /** What was stored before a rule came into force. */
    private Customer old() {
        Customer ada = ada();
        var old = new Customer(ada.id(), "\u202eAda", new EmailAddress("a@127.0.0.1"), ada.phone(), ada.status(),
                Optional.of(new Address("l\u2028", Optional.of("\u202d"), "Zu\u0308rich", Optional.of("\u2066"),
                        Optional.of("\u2069"), new CountryCode("CH"))),
                Map.of("e\u0301", "\u202e"), 1, ada.createdAt(), ada.updatedAt());
        store.customers.put(old.id(), old);
        return old;
    }

    @Test
    void whatStandsIsNotHeldToRulesThatCameLater() {
        Customer old = old();

        Customer amended = customers.amend(old.id(), (current, _) -> new CustomerDraft(current.name(), current.email(),
                null, current.status(), current.address(), current.metadata()), Precondition.ANY, CALLER);

        assertEquals(
                new Customer(old.id(), old.name(), old.email(), Optional.empty(), old.status(), old.address(),
                        old.metadata(), 2, old.createdAt(), old.updatedAt()),
                amended);
    }

    @Test
    void whatIsChangedIsHeldToTheRules() {
        Customer old = old();

        var refused = assertThrows(DomainException.InvalidInput.class, () -> customers.amend(old.id(),
                (current, _) -> new CustomerDraft("\u202eAda King", current.email(), null, current.status(),
                        current.address(), Map.of("e\u0301", "\u202e", "k", "\u202e")),
                Precondition.ANY, CALLER));

        assertEquals(List.of("/name", "/metadata/k"), refused.violations().stream().map(Violation::pointer).toList());
    }

    @Test
    void aReplacementIsHeldToAllRules() {
        Customer old = old();

        var refused = assertThrows(DomainException.InvalidInput.class,
                () -> replace(old, CustomerDraft.of(old), Precondition.ANY));

        assertEquals(
                List.of("/name", "/email", "/address/line2", "/address/region", "/address/postal_code",
                        "/metadata/e\u0301"),
                refused.violations().stream().map(Violation::pointer).toList());
    }

    @Test
    void amendmentThatChangesNothingKeepsTheVersion() {
        Customer ada = ada();

        assertSame(ada, customers.amend(ada.id(), (current, violations) -> current, Precondition.ANY, CALLER));
        assertEquals(1, stream.size());
    }

    @Test
    void amendmentIsAppliedAnewToWhatAnotherStored() {
        Customer ada = ada();
        store.othersComeFirst = 1;
        var seen = new ArrayList<CustomerDraft>();

        Customer amended = customers.amend(ada.id(), (current, violations) -> {
            seen.add(current);
            return Drafts.withName("Ada King");
        }, Precondition.ANY, CALLER);

        assertEquals(2, seen.size());
        assertEquals(3, amended.version());
    }

    @Test
    void whatAnAmendmentFindsIsReportedWithTheRest() {
        Customer ada = ada();

        var refused = assertThrows(DomainException.InvalidInput.class, () -> customers.amend(ada.id(),
                (current, violations) -> {
                    violations.add("/color", "unknown_field", "is not known");
                    return Drafts.withEmail("nope");
                }, Precondition.ANY, CALLER));

        assertEquals(List.of("/color", "/email"), refused.violations().stream().map(Violation::pointer).toList());
    }

    @Test
    void changingNobodyIsNotFound() {
        assertThrows(DomainException.CustomerNotFound.class, () -> customers.replace(
                UNKNOWN, Drafts.ADA, new Violations(), Precondition.ANY, CALLER));
        assertThrows(DomainException.CustomerNotFound.class, () -> customers.amend(
                UNKNOWN, (current, violations) -> current, Precondition.ANY, CALLER));
        assertThrows(DomainException.CustomerNotFound.class,
                () -> customers.erase(UNKNOWN, Precondition.ANY, CALLER));
    }

    @Test
    void erasureIsTriedAgainWhenAnotherCameFirst() {
        Customer ada = ada();
        store.othersComeFirst = 2;

        customers.erase(ada.id(), Precondition.ANY, CALLER);

        assertTrue(store.customers.isEmpty());
    }

    @Test
    void erasureUnderSiegeGivesUp() {
        Customer ada = ada();
        store.othersComeFirst = 100;

        assertThrows(DomainException.ConcurrentChange.class,
                () -> customers.erase(ada.id(), Precondition.ANY, CALLER));
        assertEquals(95, store.othersComeFirst);
    }

    @Test
    void erasureOfAnotherVersionThanNamedIsAMismatch() {
        Customer ada = ada();

        assertThrows(DomainException.VersionMismatch.class,
                () -> customers.erase(ada.id(), Precondition.oneOf(Set.of(7L)), CALLER));
        assertSame(ada, customers.get(ada.id()));
    }

    @Test
    void creationIsAuditedWithIdVersionAndCaller() {
        Customer ada = ada();

        var expected = new AuditEntry(ada.createdAt(), "customer.create", ada.id().toString(), 1,
                List.of("name", "email", "phone", "status", "address", "metadata"), CALLER);
        assertEquals(List.of(expected), stream);
        assertEquals(expected, store.changes.getFirst().audit());
    }

    @Test
    void noAuditEntryHoldsPersonalData() {
        Customer ada = ada();
        replace(ada, Drafts.withEmail("countess@example.com"), Precondition.ANY);
        replace(ada, Drafts.withAddress(null), Precondition.ANY);
        replace(ada, Drafts.withMetadata(Map.of("nickname", "Enchantress")), Precondition.ANY);
        customers.erase(ada.id(), Precondition.ANY, CALLER);

        assertEquals(5, stream.size());
        for (AuditEntry entry : stream) {
            for (String personal : List.of("Ada", "Lovelace", "example.com", "441234567890", "Square", "London", "SW1Y",
                    "gold", "nickname", "Enchantress")) {
                assertFalse(entry.toString().contains(personal), entry.toString());
            }
        }
    }

    @Test
    void whatTheStoreRefusedIsNotInTheStream() {
        var taken = new Customers(
                new MemoryStore() {
                    @Override
                    public void insert(Customer customer, CustomerChange change) {
                        throw new DomainException.DuplicateEmail();
                    }
                },
                stream::add, Clock.fixed(NOW, ZoneOffset.UTC), new SplittableRandom(1));

        assertThrows(DomainException.DuplicateEmail.class,
                () -> taken.create(Drafts.ADA, new Violations(), CALLER));
        assertTrue(stream.isEmpty());
    }

    @Test
    void historyOfAnErasedCustomerIsStillThere() {
        Customer ada = ada();
        customers.erase(ada.id(), Precondition.ANY, CALLER);

        assertEquals(1, customers.history(ada.id(), Seek.start(), 20).items().size());
    }

    @Test
    void aPageBeyondTheEndOfAHistoryIsEmptyNotMissing() {
        assertEquals(List.of(), customers.history(UNKNOWN, new Seek.After<>(1L), 20).items());
    }
}
