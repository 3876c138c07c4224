package customerservice.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    private Customer replace(Customer customer, CustomerDraft draft, VersionCondition condition) {
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
        assertEquals(2, replace(ada(), Drafts.withName("Ada King"), VersionCondition.ANY).version());
    }

    @Test
    void replacementByTheSameChangesNothing() {
        Customer ada = ada();
        assertSame(ada, replace(ada, Drafts.ADA, VersionCondition.ANY));
        assertEquals(1, store.changes.size());
    }

    @Test
    void emailThatChangesOnlyItsCaseIsAChange() {
        assertEquals(2, replace(ada(), Drafts.withEmail("Ada@example.com"), VersionCondition.ANY).version());
    }

    @Test
    void otherVersionThanNamedIsAMismatch() {
        Customer ada = ada();
        assertThrows(DomainException.VersionMismatch.class,
                () -> replace(ada, Drafts.withName("Ada King"), VersionCondition.oneOf(Set.of(7L))));
    }

    @Test
    void namedVersionIsAccepted() {
        assertEquals("Ada King",
                replace(ada(), Drafts.withName("Ada King"), VersionCondition.oneOf(Set.of(1L, 7L))).name());
    }

    @Test
    void changeIsTriedAgainWhenAnotherCameFirst() {
        Customer ada = ada();
        store.othersComeFirst = 2;
        assertEquals(4, replace(ada, Drafts.withName("Ada King"), VersionCondition.ANY).version());
    }

    @Test
    void changeUnderSiegeGivesUp() {
        Customer ada = ada();
        store.othersComeFirst = 100;
        assertThrows(DomainException.ConcurrentChange.class,
                () -> replace(ada, Drafts.withName("Ada King"), VersionCondition.ANY));
    }

    @Test
    void changeThatCameSecondIsAMismatchIfItNamedItsVersion() {
        Customer ada = ada();
        store.othersComeFirst = 1;
        assertThrows(DomainException.VersionMismatch.class,
                () -> replace(ada, Drafts.withName("Ada King"), VersionCondition.oneOf(Set.of(1L))));
    }

    @Test
    void amendmentStartsFromWhatStands() {
        Customer ada = ada();
        Customer amended = customers.amend(ada.id(), (current, violations) -> new CustomerDraft("Ada King",
                current.email(), current.phone(), current.status(), current.address(), current.metadata()),
                VersionCondition.ANY, CALLER);
        assertEquals(ada.email(), amended.email());
        assertEquals("Ada King", amended.name());
    }

    @Test
    void amendmentThatBreaksARuleIsRejected() {
        Customer ada = ada();
        assertThrows(DomainException.InvalidInput.class, () -> customers.amend(ada.id(),
                (current, violations) -> Drafts.withEmail("nope"), VersionCondition.ANY, CALLER));
        assertSame(ada, customers.get(ada.id()));
    }

    @Test
    void erasedCustomerIsNotFoundAgain() {
        Customer ada = ada();
        customers.erase(ada.id(), VersionCondition.ANY, CALLER);
        assertThrows(DomainException.CustomerNotFound.class,
                () -> customers.erase(ada.id(), VersionCondition.ANY, CALLER));
    }

    @Test
    void erasureIsAVersionOfItsOwnInTheTrail() {
        customers.erase(ada().id(), VersionCondition.ANY, CALLER);
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
                VersionCondition.ANY);
        AuditEntry entry = stream.getLast();
        assertEquals(List.of("name", "phone", "address", "metadata"), entry.fields());
        assertFalse(entry.toString().contains("Ada"));
    }

    @Test
    void changedValuesAreKeptFieldByField() {
        replace(ada(), Drafts.withMetadata(Map.of("tier", "tin", "new", "1")), VersionCondition.ANY);
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
        assertFalse(VersionCondition.oneOf(Set.of()).accepts(1));
    }
}
