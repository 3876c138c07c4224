package customerservice.persistence.audit;

import customerservice.domain.Caller;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditQuery;
import customerservice.domain.audit.AuditQuery.Position;
import customerservice.persistence.PageWork;
import customerservice.persistence.PageWork.Plan;
import customerservice.persistence.TestDatabase;
import customerservice.persistence.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What the server reads for a page of the audit trail. Of 120,000 lines, one a minute, one actor wrote nearly all but the
 * last 20,000; what those are about nobody did before; and every second of the first 60,000 is about the same subject.
 * Besides 12,000 failed sign-ins of the last 90 days, when nothing else was done.
 */
@Tag("slow")
final class AuditListingPlanTest {

    private static final int LIMIT = 20;

    /** Each line of a page may lie in a block of its own, and a few more hold the way to them. */
    private static final int BLOCKS = 60;

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final PageWork WORK = new PageWork(DATABASE);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Optional<String> ANY = Optional.empty();
    private static final Optional<Instant> EVER = Optional.empty();

    static final List<Optional<String>> ACTORS = List.of(
            ANY, Optional.of("busy"), Optional.of("importer"), Optional.of("seldom"), Optional.of("nobody"));
    static final List<Optional<String>> ACTIONS = List.of(
            ANY, Optional.of("token.issue"), Optional.of("customer.update"), Optional.of("customer.create"),
            Optional.of("user.remove"));
    static final List<Optional<String>> SUBJECTS = List.of(
            ANY, Optional.of("hub"), Optional.of("s77"), Optional.of("nothing"));

    static final List<Range> RANGES = List.of(
            new Range(EVER, EVER),
            new Range(at(10_000), EVER),
            new Range(EVER, at(110_000)),
            new Range(at(20_000), at(90_000)),
            new Range(at(200_000), at(300_000)));

    static final List<Seek<Position>> SEEKS = List.of(
            Seek.start(), Seek.end(), new Seek.After<>(position(30_000)), new Seek.Before<>(position(30_000)),
            new Seek.After<>(position(105_000)), new Seek.Before<>(position(105_000)));

    record Range(Optional<Instant> from, Optional<Instant> to) {}

    private static Optional<Instant> at(int minutes) {
        return Optional.of(START.plusSeconds(60L * minutes));
    }

    private static Position position(int minutes) {
        return new Position(at(minutes).orElseThrow(), minutes);
    }

    @BeforeAll
    static void insert() {
        DATABASE.execute("insert into audit_log (at, action, subject, version, fields, actor, request_id,"
                + " source_address) select timestamptz '2026-01-01 00:00:00Z' + n * interval '1 minute',"
                + " case when n > 100000 then 'customer.create' when n % 3 = 0 then 'customer.update'"
                + " else 'token.issue' end,"
                + " case when n <= 60000 and n % 2 = 0 then 'hub' else 's' || n end, 0, '{}',"
                + " case when n % 5000 = 0 then 'seldom' when n > 100000 then 'importer' else 'busy' end,"
                + " 'r' || n, '192.0.2.1' from generate_series(1, 120000) n");
        DATABASE.execute("insert into audit_log (at, action, subject, version, fields, actor, request_id,"
                + " source_address) select now() - n * interval '10 minutes', 'auth.sign_in_failed', 'unknown', 0, '{}',"
                + " 'anonymous', 'r' || n, '192.0.2.1' from generate_series(1, 12000) n");
        DATABASE.execute("vacuum analyze audit_log");
    }

    @AfterAll
    static void drop() {
        WORK.close();
        DATABASE.close();
    }

    @ParameterizedTest
    @EnumSource
    void busyActorsLinesAreFoundWithoutWhatOthersWroteSince(Plan plan) {
        assertBounded(plan, query(Optional.of("busy"), ANY, ANY, RANGES.getFirst(), Seek.start()));
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSoughtInVainAmongAllLinesOfABusyActor(Plan plan) {
        assertBounded(
                plan, query(Optional.of("busy"), Optional.of("customer.create"), ANY, RANGES.getFirst(), Seek.start()));
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSoughtInVainAmongAllLinesOfASubject(Plan plan) {
        assertBounded(
                plan, query(Optional.of("importer"), ANY, Optional.of("hub"), RANGES.getFirst(), Seek.start()));
        assertBounded(
                plan, query(ANY, Optional.of("customer.create"), Optional.of("hub"), RANGES.getFirst(), Seek.start()));
    }

    @ParameterizedTest
    @FieldSource("RANGES")
    void everyFilterAndPairHasAnIndexInOrder(Range range) {
        for (Optional<String> actor : ACTORS) {
            for (Optional<String> action : ACTIONS) {
                everySeekAndPlan(actor, action, ANY, range);
            }
            for (Optional<String> subject : SUBJECTS) {
                everySeekAndPlan(actor, ANY, subject, range);
            }
        }
        for (Optional<String> action : ACTIONS) {
            for (Optional<String> subject : SUBJECTS) {
                everySeekAndPlan(ANY, action, subject, range);
            }
        }
    }

    private static void everySeekAndPlan(
            Optional<String> actor, Optional<String> action, Optional<String> subject, Range range) {
        for (Seek<Position> seek : SEEKS) {
            for (Plan plan : Plan.values()) {
                assertBounded(plan, query(actor, action, subject, range, seek));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatStrangersAddedIsCountedAndForgottenWithoutTheRest(Plan plan) {
        var stranger = new Caller("anonymous", "request-1", "192.0.2.7");
        var failure = new AuditEntry(Instant.now(), "auth.sign_in_failed", "unknown", 0, List.of(), stranger);
        WORK.assertBounded(BLOCKS, plan, AuditRows.insertValues(failure), statement -> {
            AuditRows.bind(failure, new Parameters(statement));
            return statement;
        });
        // The first call of a connection reads the function and the catalogue, too.
        WORK.assertBounded(2 * BLOCKS, plan, "select forget_failed_attempts(?::integer)", statement -> {
            new Parameters(statement).number(1_000);
            return statement;
        });
    }

    /** The page, and the look at what lies on the other side of its position. */
    private static void assertBounded(Plan plan, AuditQuery query) {
        assertBounded(plan, new AuditListing(query, query.seek()), LIMIT + 2);
        if (query.seek().place().isPresent()) {
            assertBounded(plan, new AuditListing(query, query.seek().opposite()), 1);
        }
    }

    private static void assertBounded(Plan plan, AuditListing listing, int rows) {
        WORK.assertBounded(BLOCKS, plan, listing.sql(), statement -> listing.bind(statement, rows));
    }

    private static AuditQuery query(
            Optional<String> actor,
            Optional<String> action,
            Optional<String> subject,
            Range range,
            Seek<Position> seek) {
        return new AuditQuery(actor, action, subject, range.from, range.to, seek, LIMIT);
    }
}
