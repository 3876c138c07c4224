package customerservice.persistence.customer;

import static customerservice.persistence.SampleCustomers.complete;
import static customerservice.persistence.SampleCustomers.creation;
import static customerservice.persistence.SampleCustomers.customer;
import static customerservice.persistence.SampleCustomers.erasure;
import static customerservice.persistence.SampleCustomers.key;
import static customerservice.persistence.SampleCustomers.largest;
import static customerservice.persistence.SampleCustomers.next;
import static customerservice.persistence.SampleCustomers.update;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.DomainException.CustomerNotFound;
import customerservice.domain.DomainException.DuplicateEmail;
import customerservice.domain.DomainException.IdempotencyKeyReused;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerChange;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerQuery.Position;
import customerservice.domain.customer.CustomerQuery.Sort;
import customerservice.domain.customer.CustomerStore;
import customerservice.domain.customer.FieldChange;
import customerservice.domain.customer.IdempotencyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link CustomerStore} keeps to; each test finds an empty one. */
public abstract class CustomerStoreContract {

    public abstract CustomerStore store();

    @Test
    void whatIsInsertedIsFound() {
        Customer customer = complete();
        insert(customer);
        assertEquals(Optional.of(customer), store().find(customer.id()));
        assertEquals(Optional.of(customer), store().findStored(customer.id()));
    }

    @Test
    void foundMetadataIsInKeyOrder() {
        Customer customer = complete();
        insert(customer);
        assertEquals(
                List.of("", "emoji", "quote", "tier"),
                List.copyOf(store().find(customer.id()).orElseThrow().metadata().keySet()));
    }

    @Test
    void unknownCustomerIsNotFound() {
        assertEquals(Optional.empty(), store().find(complete().id()));
    }

    @Test
    void emailIsUniqueWithoutRegardToCase() {
        insert(customer("Ada", "ada@example.com"));
        Customer other = customer("Other", "ADA@Example.com");
        assertThrows(DuplicateEmail.class, () -> insert(other));
        assertEquals(Optional.empty(), store().find(other.id()));
    }

    @Test
    void refusedInsertLeavesNoHistory() {
        insert(customer("Ada", "ada@example.com"));
        Customer other = customer("Other", "ada@example.com");
        assertThrows(DuplicateEmail.class, () -> insert(other));
        assertEquals(List.of(), history(other).items());
    }

    @Test
    void updateReplacesTheVersionBefore() {
        Customer first = insert(complete());
        Customer second = next(first, "Grace");
        assertTrue(store().update(second, update(second)));
        assertEquals(Optional.of(second), store().find(first.id()));
    }

    @Test
    void updateCanRemoveOptionalFields() {
        Customer first = insert(complete());
        Customer bare = customer("Grace", "grace@example.com");
        Customer second = new Customer(
                first.id(), bare.name(), bare.email(), bare.phone(), bare.status(), bare.address(), bare.metadata(), 2,
                first.createdAt(), bare.updatedAt());
        assertTrue(store().update(second, update(second)));
        assertEquals(Optional.of(second), store().find(first.id()));
    }

    @Test
    void updateOfAnotherVersionChangesNothing() {
        Customer first = insert(complete());
        Customer second = next(first, "Grace");
        store().update(second, update(second));
        Customer late = next(first, "Late");
        assertFalse(store().update(late, update(late)));
        assertEquals(Optional.of(second), store().find(first.id()));
        assertEquals(List.of(update(second), creation(first)), history(first).items());
    }

    @Test
    void updateOfAnUnknownCustomerChangesNothing() {
        Customer unknown = next(complete(), "Nobody");
        assertFalse(store().update(unknown, update(unknown)));
        assertEquals(List.of(), history(unknown).items());
    }

    @Test
    void updateToAnotherCustomersEmailIsRefused() {
        insert(customer("Ada", "ada@example.com"));
        Customer first = insert(customer("Grace", "grace@example.com"));
        Customer second = next(first, "Grace", "Ada@example.com");
        assertThrows(DuplicateEmail.class, () -> store().update(second, update(second)));
        assertEquals(Optional.of(first), store().find(first.id()));
        assertEquals(List.of(creation(first)), history(first).items());
    }

    @Test
    void emailMayChangeItsCase() {
        Customer first = insert(customer("Grace", "grace@example.com"));
        Customer second = next(first, "Grace", "Grace@example.com");
        assertTrue(store().update(second, update(second)));
    }

    @Test
    void erasedCustomerIsGone() {
        Customer first = insert(complete());
        assertTrue(store().erase(first.id(), 1, erasure(first)));
        assertEquals(Optional.empty(), store().find(first.id()));
        assertEquals(Optional.empty(), store().findStored(first.id()));
    }

    @Test
    void erasingAnotherVersionChangesNothing() {
        Customer first = insert(complete());
        assertFalse(store().erase(first.id(), 2, erasure(first)));
        assertEquals(Optional.of(first), store().find(first.id()));
        assertEquals(List.of(creation(first)), history(first).items());
    }

    @Test
    void erasingTwiceIsRefused() {
        Customer first = insert(complete());
        store().erase(first.id(), 1, erasure(first));
        assertFalse(store().erase(first.id(), 1, erasure(first)));
    }

    @Test
    void erasedEmailIsFreeAgain() {
        Customer first = insert(customer("Ada", "ada@example.com"));
        store().erase(first.id(), 1, erasure(first));
        insert(customer("Ada", "ada@example.com"));
    }

    @Test
    void historyIsNewestFirst() {
        Customer first = insert(complete());
        Customer second = next(first, "Grace");
        store().update(second, update(second));
        assertEquals(List.of(update(second), creation(first)), history(first).items());
    }

    @Test
    void historyOfAnErasedCustomerHasNoValues() {
        Customer first = insert(complete());
        store().erase(first.id(), 1, erasure(first));
        assertEquals(
                List.of(
                        new CustomerChange(erasure(first), List.of()),
                        new CustomerChange(creation(first).audit(), List.of())),
                history(first).items());
    }

    @Test
    void historyIsPagedFromBothEnds() {
        Customer first = insert(complete());
        Customer second = next(first, "Grace");
        store().update(second, update(second));
        Customer third = next(second, "Joan");
        store().update(third, update(third));
        Page<CustomerChange> start = store().history(first.id(), Seek.start(), 1);
        assertEquals(new Page<>(List.of(update(third)), false, true), start);
        Page<CustomerChange> rest = store().history(first.id(), new Seek.After<>(3L), 2);
        assertEquals(new Page<>(List.of(update(second), creation(first)), true, false), rest);
        Page<CustomerChange> back = store().history(first.id(), new Seek.Before<>(1L), 1);
        assertEquals(new Page<>(List.of(update(second)), true, true), back);
        assertEquals(new Page<>(List.of(creation(first)), true, false), store().history(first.id(), Seek.end(), 1));
        assertEquals(
                new Page<>(List.of(), true, false), store().history(first.id(), new Seek.After<>(1L), 1));
        assertEquals(
                new Page<>(List.of(update(third)), false, true), store().history(first.id(), new Seek.After<>(9L), 1));
    }

    @Test
    void pageOfTheLargestCustomersEndsEarly() {
        List<Customer> stored = insertLargest(12);
        Page<Customer> page = store().list(oldestFirst(Seek.start(), 200));
        assertEquals(new Page<>(stored.subList(0, 10), false, true), page);
    }

    @Test
    void pageOfTheLargestCustomersGoesOnWhereTheOneBeforeEnded() {
        List<Customer> stored = insertLargest(12);
        var tenth = new Seek.After<>(Sort.CREATED_AT.positionOf(stored.get(9)));
        assertEquals(
                new Page<>(stored.subList(10, 12), true, false), store().list(oldestFirst(tenth, 200)));
    }

    @Test
    void pageBeforeAPositionEndsEarlyOnItsFarSide() {
        List<Customer> stored = insertLargest(12);
        var twelfth = new Seek.Before<>(Sort.CREATED_AT.positionOf(stored.get(11)));
        assertEquals(
                new Page<>(stored.subList(1, 11), true, true), store().list(oldestFirst(twelfth, 200)));
    }

    @Test
    void pageOfTheDefaultLimitEndsEarlyToo() {
        List<Customer> stored = insertLargest(12);
        assertEquals(
                stored.subList(0, 10),
                store().list(oldestFirst(Seek.start(), CustomerQuery.DEFAULT_LIMIT)).items());
    }

    @Test
    void pageOfTheLargestChangesEndsEarly() {
        Customer customer = insert(complete());
        List<CustomerChange> changes = new ArrayList<>(List.of(creation(customer)));
        for (int i = 0; i < 6; i++) {
            Customer next = next(customer, "Ada " + i);
            CustomerChange change = new CustomerChange(update(next).audit(), largestValues());
            assertTrue(store().update(next, change));
            changes.addFirst(change);
            customer = next;
        }
        Page<CustomerChange> newest = store().history(customer.id(), Seek.start(), 200);
        assertEquals(new Page<>(changes.subList(0, 5), false, true), newest);
        Page<CustomerChange> rest = store().history(customer.id(), new Seek.After<>(3L), 200);
        assertEquals(new Page<>(changes.subList(5, 7), true, false), rest);
    }

    @Test
    void firstUseOfAKeyStores() {
        Customer customer = complete();
        assertEquals(customer, store().insertOnce(customer, key("k"), creation(customer)));
        assertEquals(Optional.of(customer), store().find(customer.id()));
        assertEquals(List.of(creation(customer)), history(customer).items());
    }

    @Test
    void repeatedKeyGivesWhatTheFirstStored() {
        Customer first = complete();
        store().insertOnce(first, key("k"), creation(first));
        Customer repeated = customer("Again", "again@example.com");
        assertEquals(first, store().insertOnce(repeated, key("k"), creation(repeated)));
        assertEquals(Optional.empty(), store().find(repeated.id()));
        assertEquals(List.of(), history(repeated).items());
    }

    @Test
    void repeatedKeyGivesTheCustomerAsItWasCreated() {
        Customer first = complete();
        store().insertOnce(first, key("k"), creation(first));
        Customer second = next(first, "Grace");
        store().update(second, update(second));
        Customer repeated = customer("Again", "again@example.com");
        assertEquals(first, store().insertOnce(repeated, key("k"), creation(repeated)));
    }

    @Test
    void keyWithAnotherFingerprintIsRefused() {
        Customer first = complete();
        store().insertOnce(first, key("k"), creation(first));
        Customer other = customer("Other", "other@example.com");
        var reused = new IdempotencyKey(key("k").principal(), "k", "another fingerprint");
        assertThrows(IdempotencyKeyReused.class, () -> store().insertOnce(other, reused, creation(other)));
        assertEquals(Optional.empty(), store().find(other.id()));
    }

    @Test
    void sameKeyOfAnotherCallerIsAnotherKey() {
        Customer first = complete();
        store().insertOnce(first, key("k"), creation(first));
        Customer other = customer("Other", "other@example.com");
        var theirs = new IdempotencyKey("someone else", "k", key("k").fingerprint());
        assertEquals(other, store().insertOnce(other, theirs, creation(other)));
    }

    @Test
    void refusedRequestDoesNotUseUpItsKey() {
        insert(customer("Ada", "ada@example.com"));
        Customer refused = customer("Other", "ada@example.com");
        assertThrows(DuplicateEmail.class, () -> store().insertOnce(refused, key("k"), creation(refused)));
        Customer accepted = customer("Other", "other@example.com");
        assertEquals(accepted, store().insertOnce(accepted, key("k"), creation(accepted)));
    }

    @Test
    void keyOfAnErasedCustomerFindsNothing() {
        Customer first = complete();
        store().insertOnce(first, key("k"), creation(first));
        store().erase(first.id(), 1, erasure(first));
        Customer repeated = customer("Again", "again@example.com");
        assertThrows(CustomerNotFound.class, () -> store().insertOnce(repeated, key("k"), creation(repeated)));
        assertEquals(Optional.empty(), store().find(repeated.id()));
    }

    @Test
    void emptyStoreListsNothing() {
        assertEquals(new Page<>(List.of(), false, false), store().list(CustomerQuery.newestFirst(20)));
    }

    Customer insert(Customer customer) {
        store().insert(customer, creation(customer));
        return customer;
    }

    private List<Customer> insertLargest(int count) {
        List<Customer> stored = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stored.add(insert(largest("c" + i + "@example.com")));
        }
        return stored;
    }

    private static List<FieldChange> largestValues() {
        List<FieldChange> values = new ArrayList<>();
        largest("c@example.com").metadata().forEach(
                (key, value) -> values.add(new FieldChange("metadata." + key, Optional.of(value), Optional.of(value))));
        return values;
    }

    private static CustomerQuery oldestFirst(Seek<Position> seek, int limit) {
        return new CustomerQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Sort.CREATED_AT, seek, limit);
    }

    private Page<CustomerChange> history(Customer customer) {
        return store().history(customer.id(), Seek.start(), 10);
    }
}
