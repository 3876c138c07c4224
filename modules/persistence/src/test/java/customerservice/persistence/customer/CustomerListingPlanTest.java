package customerservice.persistence.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import customerservice.domain.Seek;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerQuery.Position;
import customerservice.domain.customer.CustomerQuery.Sort;
import customerservice.domain.customer.CustomerStatus;
import customerservice.domain.customer.EmailAddress;
import customerservice.persistence.PageWork;
import customerservice.persistence.PageWork.Plan;
import customerservice.persistence.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.postgresql.PGConnection;

/**
 * What the server reads for a page. Of 150,000 customers the oldest third is closed, and so is the first third by name; ten
 * are suspended. One is made a minute.
 */
@Tag("slow")
final class CustomerListingPlanTest {

    private static final int LIMIT = 20;

    /** Each row of a page may lie in a block of its own, and a few more hold the way to them. */
    private static final int BLOCKS = 60;

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final PageWork WORK = new PageWork(DATABASE);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Optional<Instant> EVER = Optional.empty();
    private static final Optional<CustomerStatus> ANY = Optional.empty();

    static final List<Range> RANGES = List.of(
            new Range(EVER, EVER),
            new Range(at(10_000), EVER),
            new Range(EVER, at(140_000)),
            new Range(at(20_000), at(120_000)),
            new Range(at(70_000), at(70_100)),
            new Range(at(200_000), at(300_000)));

    record Range(Optional<Instant> from, Optional<Instant> to) {}

    private static Optional<Instant> at(int minutes) {
        return Optional.of(START.plusSeconds(60L * minutes));
    }

    @BeforeAll
    static void insert() {
        DATABASE.execute("insert into customers (id, name, email, status, created_at) select gen_random_uuid(),"
                + " case when n <= 50000 then 'a' else 'b' end || lpad((n * 7919 % 50000)::text, 5, '0'),"
                + " 'c' || n || '@example.com',"
                + " case when n % 15000 = 0 then 'suspended' when n <= 50000 then 'closed' else 'active' end,"
                + " timestamptz '2026-01-01 00:00:00Z' + n * interval '1 minute' from generate_series(1, 150000) n");
        DATABASE.execute("vacuum analyze customers");
    }

    @AfterAll
    static void drop() {
        WORK.close();
        DATABASE.close();
    }

    @ParameterizedTest
    @EnumSource
    void activeCustomersAreFoundWithoutThoseClosedLongAgo(Plan plan) {
        assertBounded(plan,
                query(Optional.of(CustomerStatus.ACTIVE), RANGES.getFirst(), Sort.CREATED_AT, Seek.start()));
    }

    @ParameterizedTest
    @EnumSource
    void activeCustomersByNameAreFoundWithoutTheClosedOnes(Plan plan) {
        assertBounded(plan, query(Optional.of(CustomerStatus.ACTIVE), RANGES.getFirst(), Sort.NAME, Seek.start()));
    }

    @ParameterizedTest
    @EnumSource
    void customersClosedLongAgoAreFoundWithoutTheNewerOnes(Plan plan) {
        assertBounded(
                plan,
                query(Optional.of(CustomerStatus.CLOSED), RANGES.getFirst(), Sort.CREATED_AT_DESCENDING, Seek.start()));
    }

    @ParameterizedTest
    @FieldSource("RANGES")
    void everyFilterAndPairHasAnIndexInOrderOfCreation(Range range) {
        for (Sort sort : List.of(Sort.CREATED_AT, Sort.CREATED_AT_DESCENDING)) {
            everyStatusSeekAndPlan(range, sort);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NAME", "NAME_DESCENDING"})
    void everyStatusHasAnIndexInOrderOfNames(Sort sort) {
        everyStatusSeekAndPlan(RANGES.getFirst(), sort);
    }

    /** They are among the last by name. */
    @ParameterizedTest
    @EnumSource
    void fewCustomersOfATimeAreSortedByName(Plan plan) {
        for (Optional<CustomerStatus> status : statuses()) {
            for (Seek<Position> seek : seeks(Sort.NAME)) {
                assertFewBounded(plan, query(status, new Range(at(70_000), at(70_100)), Sort.NAME, seek), 200);
                assertFewBounded(plan, query(status, RANGES.getLast(), Sort.NAME_DESCENDING, seek), BLOCKS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void countOfFewGoesNoFurther(Plan plan) {
        for (Optional<CustomerStatus> status : statuses()) {
            for (Range range : RANGES.subList(1, RANGES.size())) {
                var ofTime = new CustomersOfTime(query(status, range, Sort.NAME, Seek.start()), Seek.start());
                WORK.assertBounded(500, plan, ofTime.countSql(), ofTime::bindFilters);
            }
        }
    }

    @Test
    void manyCustomersOfATimeAreReadInOrderOfNames() {
        var range = new Range(at(100), at(200_000));
        for (Sort sort : List.of(Sort.NAME, Sort.NAME_DESCENDING)) {
            for (Optional<CustomerStatus> status : statuses()) {
                for (Seek<Position> seek : seeks(sort)) {
                    assertBounded(Plan.CUSTOM, query(status, range, sort, seek));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NAME", "NAME_DESCENDING"})
    void fewAndManyAreTheSameCustomers(Sort sort) {
        for (Optional<CustomerStatus> status : statuses()) {
            for (Seek<Position> seek : seeks(sort)) {
                var query = query(status, new Range(at(49_950), at(50_050)), sort, seek);
                var few = new CustomersOfTime(query, seek);
                var many = new CustomerListing(query, seek);
                assertEquals(
                        ids(many.sql(), statement -> many.bind(statement, 10)),
                        ids(few.sql(), statement -> few.bind(statement, 10)));
            }
        }
    }

    private static List<UUID> ids(String sql, UnaryOperator<Query> binder) {
        return Jdbi.create(DATABASE::connect).withHandle(handle -> binder.apply(handle.createQuery(sql))
                .map((row, context) -> row.getObject(1, UUID.class))
                .list());
    }

    /** How many names it takes depends on the values. */
    @Test
    void pageOfATimeByNameHasNoPlanForAllValues() throws SQLException {
        var query = query(ANY, RANGES.get(1), Sort.NAME, Seek.start());
        try (Connection connection = DATABASE.connect()) {
            connection.unwrap(PGConnection.class).setPrepareThreshold(1);
            Jdbi.create(connection).useHandle(handle -> {
                new CustomerListing(query, query.seek()).query(handle, 3).mapToMap().list();
                assertEquals(List.of(), handle.createQuery("select statement from pg_prepared_statements"
                        + " where statement like 'select * from (select id%'").mapTo(String.class).list());
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneEmailIsOneRowWhateverElseIsAsked(Sort sort) {
        for (Range range : RANGES) {
            for (Optional<CustomerStatus> status : statuses()) {
                for (Plan plan : Plan.values()) {
                    assertBounded(
                            plan,
                            new CustomerQuery(
                                    status, Optional.of(new EmailAddress("C77@example.com")), range.from, range.to,
                                    sort, Seek.start(), LIMIT));
                }
            }
        }
    }

    private static void everyStatusSeekAndPlan(Range range, Sort sort) {
        for (Optional<CustomerStatus> status : statuses()) {
            for (Seek<Position> seek : seeks(sort)) {
                for (Plan plan : Plan.values()) {
                    assertBounded(plan, query(status, range, sort, seek));
                }
            }
        }
    }

    private static List<Optional<CustomerStatus>> statuses() {
        List<Optional<CustomerStatus>> statuses = new ArrayList<>(List.of(ANY));
        for (CustomerStatus status : CustomerStatus.values()) {
            statuses.add(Optional.of(status));
        }
        return statuses;
    }

    private static List<Seek<Position>> seeks(Sort sort) {
        List<Seek<Position>> seeks = new ArrayList<>(List.of(Seek.start(), Seek.end()));
        for (int minutes : List.of(25_000, 75_000, 110_000)) {
            seeks.add(new Seek.After<>(position(sort, minutes)));
            seeks.add(new Seek.Before<>(position(sort, minutes)));
        }
        return seeks;
    }

    private static Position position(Sort sort, int minutes) {
        var id = new CustomerId(new UUID(7, 7));
        return sort.byName()
                ? new Position.ByName((minutes <= 50_000 ? "a" : "b") + "25000", id)
                : new Position.ByCreation(at(minutes).orElseThrow(), id);
    }

    /** The page, and the look at what lies on the other side of its position. */
    private static void assertBounded(Plan plan, CustomerQuery query) {
        assertBounded(plan, new CustomerListing(query, query.seek()), LIMIT + 2);
        if (query.seek().place().isPresent()) {
            assertBounded(plan, new CustomerListing(query, query.seek().opposite()), 1);
        }
    }

    private static void assertBounded(Plan plan, CustomerListing listing, int rows) {
        WORK.assertBounded(BLOCKS, plan, listing.sql(), statement -> listing.bind(statement, rows));
    }

    private static void assertFewBounded(Plan plan, CustomerQuery query, int blocks) {
        var ofTime = new CustomersOfTime(query, query.seek());
        WORK.assertBounded(blocks, plan, ofTime.sql(), statement -> ofTime.bind(statement, LIMIT + 2));
    }

    private static CustomerQuery query(
            Optional<CustomerStatus> status, Range range, Sort sort, Seek<Position> seek) {
        return new CustomerQuery(status, Optional.empty(), range.from, range.to, sort, seek, LIMIT);
    }
}
