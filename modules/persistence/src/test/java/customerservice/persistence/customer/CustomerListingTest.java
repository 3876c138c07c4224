package customerservice.persistence.customer;

import static customerservice.persistence.SampleCustomers.created;
import static customerservice.persistence.SampleCustomers.creation;
import static customerservice.persistence.SampleCustomers.erasure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerQuery.Position;
import customerservice.domain.customer.CustomerQuery.Sort;
import customerservice.domain.customer.CustomerStatus;
import customerservice.domain.customer.CustomerStore;
import customerservice.domain.customer.EmailAddress;
import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CustomerListingTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Database OPENED = Database.open(DATABASE.settings(), Clock.systemUTC());
    private static final CustomerStore STORE = OPENED.customers();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Names and times come twice each, so that ids have to break ties; upper case sorts before lower case. */
    private static final List<Customer> ALL = new ArrayList<>();

    @BeforeAll
    static void insert() {
        List<String> names = List.of("ada", "Ada", "Ángel", "zoe", "Zoë", "Éva", "bob b", "bob-a");
        for (int i = 0; i < 2 * names.size(); i++) {
            Customer customer = created(
                    names.get(i % names.size()), "c" + i + "@example.com", START.plusSeconds(i / 2));
            Customer withStatus = new Customer(
                    customer.id(), customer.name(), customer.email(), customer.phone(),
                    i % 4 == 0 ? CustomerStatus.CLOSED : CustomerStatus.ACTIVE, customer.address(),
                    customer.metadata(), 1, customer.createdAt(), customer.updatedAt());
            STORE.insert(withStatus, creation(withStatus));
            ALL.add(withStatus);
        }
    }

    @AfterAll
    static void drop() {
        OPENED.close();
        DATABASE.close();
    }

    @ParameterizedTest
    @EnumSource
    void onePageHoldsAllInOrder(Sort sort) {
        assertEquals(new Page<>(sorted(sort), false, false), STORE.list(query(sort, Seek.start(), 200)));
    }

    @ParameterizedTest
    @EnumSource
    void pagesForwardHoldEachCustomerOnce(Sort sort) {
        List<Customer> seen = new ArrayList<>();
        Page<Customer> page = STORE.list(query(sort, Seek.start(), 3));
        seen.addAll(page.items());
        while (page.hasNext()) {
            page = STORE.list(query(sort, new Seek.After<>(sort.positionOf(page.items().getLast())), 3));
            assertTrue(page.hasPrevious());
            seen.addAll(page.items());
        }
        assertEquals(sorted(sort), seen);
    }

    @ParameterizedTest
    @EnumSource
    void pagesBackwardHoldEachCustomerOnce(Sort sort) {
        Customer last = sorted(sort).getLast();
        List<Customer> seen = new ArrayList<>(List.of(last));
        Page<Customer> page;
        do {
            page = STORE.list(query(sort, new Seek.Before<>(sort.positionOf(seen.getFirst())), 4));
            assertTrue(page.hasNext());
            seen.addAll(0, page.items());
        } while (page.hasPrevious());
        assertEquals(sorted(sort), seen);
    }

    @ParameterizedTest
    @EnumSource
    void lastPageIsFoundFromTheEnd(Sort sort) {
        List<Customer> all = sorted(sort);
        assertEquals(
                new Page<>(all.subList(all.size() - 3, all.size()), true, false),
                STORE.list(query(sort, Seek.end(), 3)));
        assertEquals(new Page<>(all, false, false), STORE.list(query(sort, Seek.end(), 200)));
    }

    @ParameterizedTest
    @EnumSource
    void pageAfterAPositionBeforeAllHasNoPreviousOne(Sort sort) {
        Position first = outside(sort, true);
        assertEquals(
                new Page<>(sorted(sort).subList(0, 3), false, true),
                STORE.list(query(sort, new Seek.After<>(first), 3)));
        assertEquals(new Page<>(List.of(), false, true), STORE.list(query(sort, new Seek.Before<>(first), 3)));
    }

    @ParameterizedTest
    @EnumSource
    void pageBeforeAPositionBehindAllHasNoNextOne(Sort sort) {
        Position last = outside(sort, false);
        List<Customer> all = sorted(sort);
        assertEquals(
                new Page<>(all.subList(all.size() - 3, all.size()), true, false),
                STORE.list(query(sort, new Seek.Before<>(last), 3)));
        assertEquals(new Page<>(List.of(), true, false), STORE.list(query(sort, new Seek.After<>(last), 3)));
    }

    @Test
    void whatLiesOnTheOtherSideOfAPositionHasToPassTheFiltersToo() {
        Position closed = Sort.CREATED_AT.positionOf(
                ALL.stream().filter(customer -> customer.status() == CustomerStatus.CLOSED).findFirst().orElseThrow());
        Optional<CustomerStatus> active = Optional.of(CustomerStatus.ACTIVE);
        Page<Customer> page = STORE.list(new CustomerQuery(
                active, Optional.empty(), Optional.empty(), Optional.empty(), Sort.CREATED_AT,
                new Seek.After<>(closed), 2));
        assertEquals(
                STORE.list(new CustomerQuery(
                        active, Optional.empty(), Optional.empty(), Optional.empty(), Sort.CREATED_AT,
                        new Seek.Before<>(closed), 2)).items().isEmpty(),
                !page.hasPrevious());
    }

    /** The position of somebody who was never there, before or behind all others. */
    private static Position outside(Sort sort, boolean before) {
        boolean least = before != sort.descending();
        return sort.positionOf(created(
                least ? "!" : "\uFFFD", "outside@example.com",
                least ? START.minusSeconds(1) : START.plusSeconds(3_600)));
    }

    @Test
    void positionOutlivesItsCustomer() {
        Customer gone = created("ada", "gone@example.com", START.plusMillis(1));
        STORE.insert(gone, creation(gone));
        STORE.erase(gone.id(), 1, erasure(gone));
        Page<Customer> page = STORE.list(query(Sort.CREATED_AT, new Seek.After<>(Sort.CREATED_AT.positionOf(gone)), 1));
        assertEquals(List.of(sorted(Sort.CREATED_AT).get(2)), page.items());
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfEveryFilterHoldWhatPassesItOnceInBothDirections(Sort sort) {
        for (Optional<CustomerStatus> status : List.of(
                Optional.<CustomerStatus>empty(), Optional.of(CustomerStatus.ACTIVE),
                Optional.of(CustomerStatus.CLOSED), Optional.of(CustomerStatus.SUSPENDED))) {
            for (int from = -1; from < 8; from += 2) {
                for (int to = from; to <= 8; to += 3) {
                    Optional<Instant> least = Optional.of(START.plusSeconds(from)).filter(time -> time.isAfter(START));
                    Optional<Instant> most = Optional.of(START.plusSeconds(to).plusNanos(1));
                    List<Customer> expected = sorted(sort).stream()
                            .filter(customer -> status.isEmpty() || customer.status() == status.get())
                            .filter(customer -> least.isEmpty() || !customer.createdAt().isBefore(least.get()))
                            .filter(customer -> customer.createdAt().isBefore(most.get()))
                            .toList();
                    assertEquals(expected, forwards(sort, status, least, most));
                    assertEquals(expected, backwards(sort, status, least, most));
                }
            }
        }
    }

    private static List<Customer> forwards(
            Sort sort, Optional<CustomerStatus> status, Optional<Instant> from, Optional<Instant> to) {
        List<Customer> seen = new ArrayList<>();
        Page<Customer> page;
        Seek<Position> seek = new Seek.After<>(outside(sort, true));
        do {
            page = STORE.list(new CustomerQuery(status, Optional.empty(), from, to, sort, seek, 3));
            seen.addAll(page.items());
            seek = seen.isEmpty() ? seek : new Seek.After<>(sort.positionOf(seen.getLast()));
        } while (page.hasNext());
        return seen;
    }

    private static List<Customer> backwards(
            Sort sort, Optional<CustomerStatus> status, Optional<Instant> from, Optional<Instant> to) {
        List<Customer> seen = new ArrayList<>();
        Page<Customer> page;
        Seek<Position> seek = new Seek.Before<>(outside(sort, false));
        do {
            page = STORE.list(new CustomerQuery(status, Optional.empty(), from, to, sort, seek, 3));
            seen.addAll(0, page.items());
            seek = seen.isEmpty() ? seek : new Seek.Before<>(sort.positionOf(seen.getFirst()));
        } while (page.hasPrevious());
        return seen;
    }

    @ParameterizedTest
    @EnumSource
    void statusFilters(CustomerStatus status) {
        assertEquals(
                ALL.stream().filter(customer -> customer.status() == status).count(),
                list(Optional.of(status), Optional.empty(), Optional.empty(), Optional.empty()).size());
    }

    @Test
    void emailFiltersWithoutRegardToCase() {
        assertEquals(
                List.of(ALL.get(3)),
                list(Optional.empty(), Optional.of(new EmailAddress("C3@EXAMPLE.com")), Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void createdFromIsInclusiveAndCreatedToExclusive() {
        List<Customer> found = list(
                Optional.empty(),
                Optional.empty(),
                Optional.of(START.plusSeconds(2)),
                Optional.of(START.plusSeconds(4)));
        assertEquals(4, found.size());
        assertTrue(found.stream().allMatch(customer -> customer.createdAt().isBefore(START.plusSeconds(4))));
    }

    @Test
    void filtersApplyTogether() {
        assertEquals(
                List.of(),
                list(Optional.of(CustomerStatus.CLOSED), Optional.of(new EmailAddress("c3@example.com")),
                        Optional.empty(), Optional.empty()));
    }

    @Test
    void timesBeyondWhatIsStoredAreNoError() {
        assertEquals(
                ALL.size(),
                list(Optional.empty(), Optional.empty(), Optional.of(Instant.MIN), Optional.of(Instant.MAX)).size());
    }

    @Test
    void positionWithNulIsNoError() {
        var made = new Position.ByName("a\0b", ALL.getFirst().id());
        assertFalse(STORE.list(query(Sort.NAME, new Seek.After<>(made), 5)).items().isEmpty());
    }

    @Test
    void positionOfAnotherOrderIsRefused() {
        var byName = Sort.NAME.positionOf(ALL.getFirst());
        assertThrows(
                IllegalArgumentException.class,
                () -> STORE.list(query(Sort.CREATED_AT, new Seek.After<>(byName), 5)));
    }

    private static List<Customer> list(
            Optional<CustomerStatus> status,
            Optional<EmailAddress> email,
            Optional<Instant> from,
            Optional<Instant> to) {
        return STORE.list(new CustomerQuery(status, email, from, to, Sort.CREATED_AT, Seek.start(), 200)).items();
    }

    private static CustomerQuery query(Sort sort, Seek<Position> seek, int limit) {
        return new CustomerQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), sort, seek, limit);
    }

    private static List<Customer> sorted(Sort sort) {
        Comparator<Customer> key = sort.byName()
                ? Comparator.comparing(Customer::name)
                : Comparator.comparing(Customer::createdAt);
        // The server compares ids as bytes, which for their text is the same as by character.
        Comparator<Customer> order = key.thenComparing(customer -> customer.id().toString());
        return ALL.stream().sorted(sort.descending() ? order.reversed() : order).toList();
    }
}
