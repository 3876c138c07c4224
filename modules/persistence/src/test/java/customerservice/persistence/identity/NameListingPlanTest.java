package customerservice.persistence.identity;

import customerservice.domain.Seek;
import customerservice.persistence.PageWork;
import customerservice.persistence.PageWork.Plan;
import customerservice.persistence.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server reads for a page of 20,000 users or service accounts. */
@Tag("slow")
final class NameListingPlanTest {

    private static final int LIMIT = 20;
    private static final int BLOCKS = 60;

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final PageWork WORK = new PageWork(DATABASE);

    private static final List<Seek<String>> SEEKS = List.of(
            Seek.start(), Seek.end(), new Seek.After<>("n10000"), new Seek.Before<>("n10000"),
            new Seek.After<>("n9998"),
            new Seek.Before<>("n10001"));

    @BeforeAll
    static void insert() {
        DATABASE.execute("insert into users select gen_random_uuid(), 'N' || n * 7919 % 20000, 'viewer', 'none', true,"
                + " now() from generate_series(1, 20000) n");
        DATABASE.execute("insert into service_accounts select gen_random_uuid(), 'n' || n * 7919 % 20000,"
                + " '{customers:read}', 'none', now() from generate_series(1, 20000) n");
        DATABASE.execute("vacuum analyze users, service_accounts");
    }

    @AfterAll
    static void drop() {
        WORK.close();
        DATABASE.close();
    }

    @ParameterizedTest
    @EnumSource
    void pageOfUsersIsReadWithoutTheRest(Plan plan) {
        assertBounded(plan, PostgresUsers.LISTING);
    }

    @ParameterizedTest
    @EnumSource
    void pageOfServiceAccountsIsReadWithoutTheRest(Plan plan) {
        assertBounded(plan, PostgresServiceAccounts.LISTING);
    }

    private static void assertBounded(Plan plan, NameListing<?> listing) {
        for (Seek<String> seek : SEEKS) {
            WORK.assertBounded(
                    BLOCKS, plan, listing.sql(seek), query -> NameListing.bind(query, seek, LIMIT + 2));
        }
    }
}
