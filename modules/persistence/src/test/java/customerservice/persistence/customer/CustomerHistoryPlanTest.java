package customerservice.persistence.customer;

import customerservice.domain.Seek;
import customerservice.domain.customer.CustomerId;
import customerservice.persistence.PageWork;
import customerservice.persistence.PageWork.Plan;
import customerservice.persistence.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server reads for a page of a history, of a customer that was changed 20,000 times and a program as busy. */
@Tag("slow")
final class CustomerHistoryPlanTest {

    private static final int LIMIT = 20;

    /** Each entry and each of its changes may lie in a block of its own, with a few more that hold the way to it. */
    private static final int BLOCKS = 130;

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final PageWork WORK = new PageWork(DATABASE);
    private static final CustomerId BUSY = new CustomerId(new UUID(1, 1));
    private static final CustomerId PROGRAM = new CustomerId(new UUID(2, 2));
    private static final CustomerId NOBODY = new CustomerId(new UUID(3, 3));

    @BeforeAll
    static void insert() {
        DATABASE.execute("insert into audit_log (at, action, subject, version, fields, actor, request_id,"
                + " source_address) select now(), case n % 3 when 0 then 'token.issue' else 'customer.update' end,"
                + " case n % 3 when 0 then '" + PROGRAM + "' when 1 then '" + BUSY + "' else 's' || n end,"
                + " case n % 3 when 0 then 0 else n / 3 end, '{}', 'a', 'r', '192.0.2.1'"
                + " from generate_series(1, 60000) n");
        DATABASE.execute(
                "insert into customer_changes select '" + BUSY + "', n, '[]' from generate_series(0, 20000) n");
        DATABASE.execute("vacuum analyze audit_log, customer_changes");
    }

    @AfterAll
    static void drop() {
        WORK.close();
        DATABASE.close();
    }

    @ParameterizedTest
    @EnumSource
    void pageIsReadWithoutTheRestOfTheHistory(Plan plan) {
        for (Seek<Long> seek : seeks()) {
            assertBounded(plan, BUSY, seek);
        }
    }

    @ParameterizedTest
    @EnumSource
    void linesOfABusyProgramAreNoHistoryAndNotGoneThrough(Plan plan) {
        for (Seek<Long> seek : seeks()) {
            assertBounded(plan, PROGRAM, seek);
        }
    }

    @ParameterizedTest
    @EnumSource
    void unknownIdHasNoHistory(Plan plan) {
        assertBounded(plan, NOBODY, Seek.start());
    }

    private static List<Seek<Long>> seeks() {
        return List.of(
                Seek.start(), Seek.end(), new Seek.After<>(10_000L), new Seek.Before<>(10_000L), new Seek.After<>(30L),
                new Seek.Before<>(19_970L));
    }

    private static void assertBounded(Plan plan, CustomerId id, Seek<Long> seek) {
        WORK.assertBounded(
                BLOCKS, plan, PostgresCustomers.historySql(seek),
                query -> PostgresCustomers.bindHistory(query, id, seek, LIMIT + 2));
    }
}
