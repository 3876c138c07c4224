package customerservice.persistence.customer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Seek;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerQuery.Position;
import customerservice.domain.customer.CustomerQuery.Sort;
import customerservice.domain.customer.CustomerStatus;
import customerservice.domain.customer.EmailAddress;
import customerservice.persistence.TestDatabase;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the server goes about a page; among 20,000 customers a sort or a scan of all would be the wrong way. */
final class CustomerListingPlanTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    @BeforeAll
    static void insert() {
        DATABASE.execute("insert into customers (id, name, email, status, created_at) select gen_random_uuid(),"
                + " 'n' || n % 500, 'c' || n || '@example.com', case when n % 1000 = 0 then 'closed' else 'active' end,"
                + " now() - n * interval '1 minute' from generate_series(1, 20000) n");
        DATABASE.execute("analyze customers");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @ParameterizedTest
    @EnumSource
    void firstPageComesFromAnIndexInOrder(Sort sort) {
        assertReadInOrder(plan(query(Optional.empty(), Optional.empty(), sort, Seek.start())));
    }

    @ParameterizedTest
    @EnumSource
    void pageAfterAPositionComesFromAnIndexInOrder(Sort sort) {
        String plan = plan(query(Optional.empty(), Optional.empty(), sort, new Seek.After<>(position(sort))));
        assertReadInOrder(plan);
        assertTrue(plan.contains("Index Cond: (ROW("), plan);
    }

    @ParameterizedTest
    @EnumSource
    void pageBeforeAPositionComesFromAnIndexInOrder(Sort sort) {
        assertReadInOrder(plan(query(Optional.empty(), Optional.empty(), sort, new Seek.Before<>(position(sort)))));
    }

    @Test
    void fewInactiveCustomersAreFoundByTheirOwnIndex() {
        String plan = plan(query(Optional.of(CustomerStatus.CLOSED), Optional.empty(), Sort.CREATED_AT, Seek.start()));
        assertTrue(plan.contains("customers_inactive_idx"), plan);
    }

    @Test
    void emailIsFoundByItsIndex() {
        String plan = plan(query(
                Optional.empty(), Optional.of(new EmailAddress("C7@example.com")), Sort.NAME, Seek.start()));
        assertTrue(plan.contains("customers_email_key"), plan);
    }

    private static void assertReadInOrder(String plan) {
        assertTrue(plan.contains("Index Scan"), plan);
        assertFalse(plan.contains("Sort"), plan);
    }

    private static String plan(CustomerQuery query) {
        var listing = new CustomerListing(query, query.seek());
        var jdbi = Jdbi.create(DATABASE::connect);
        return jdbi.withHandle(handle -> listing.bind(handle.createQuery("explain " + listing.sql()), query.limit() + 2)
                .map((row, context) -> row.getString(1))
                .collect(Collectors.joining("\n")));
    }

    private static Position position(Sort sort) {
        var id = new CustomerId(UUID.randomUUID());
        return sort.byName() ? new Position.ByName("n250", id) : new Position.ByCreation(Instant.now(), id);
    }

    private static CustomerQuery query(
            Optional<CustomerStatus> status, Optional<EmailAddress> email, Sort sort, Seek<Position> seek) {
        return new CustomerQuery(status, email, Optional.empty(), Optional.empty(), sort, seek, 20);
    }
}
