package customerservice.persistence.audit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Seek;
import customerservice.domain.audit.AuditQuery;
import customerservice.domain.audit.AuditQuery.Position;
import customerservice.persistence.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** How the server goes about a page of the audit trail; a scan or a sort of its 50,000 lines would be the wrong way. */
final class AuditListingPlanTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Optional<String> NO = Optional.empty();
    private static final Optional<Instant> EVER = Optional.empty();

    static final List<Seek<Position>> SEEKS = List.of(
            Seek.start(), new Seek.After<>(at(25_000)), new Seek.Before<>(at(25_000)));

    private static Position at(long minutes) {
        return new Position(START.plusSeconds(60 * minutes), minutes);
    }

    /** One line a minute; every subject, actor and action has its share all along, one action a small one. */
    @BeforeAll
    static void insert() {
        DATABASE.execute("insert into audit_log (at, action, subject, version, fields, actor, request_id,"
                + " source_address) select timestamptz '2026-01-01 00:00:00Z' + n * interval '1 minute',"
                + " case when n % 200 = 0 then 'user.remove' else 'action.' || n % 12 end,"
                + " case when n % 3 = 0 then 'unknown' else 's' || n % 5000 end, 0, '{}', 'a' || n % 400, 'r' || n,"
                + " '192.0.2.1' from generate_series(1, 50000) n");
        DATABASE.execute("analyze audit_log");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @ParameterizedTest
    @FieldSource("SEEKS")
    void pageOfAllComesFromTheIndexInOrder(Seek<Position> seek) {
        assertInOrder("audit_log_at_idx", query(NO, NO, NO, EVER, EVER, seek));
    }

    @ParameterizedTest
    @FieldSource("SEEKS")
    void pageOfAnActorComesFromItsIndexInOrder(Seek<Position> seek) {
        assertInOrder("audit_log_actor_idx", query(Optional.of("a7"), NO, NO, EVER, EVER, seek));
    }

    @ParameterizedTest
    @FieldSource("SEEKS")
    void pageOfASeldomActionComesFromItsIndexInOrder(Seek<Position> seek) {
        assertInOrder("audit_log_action_idx", query(NO, Optional.of("user.remove"), NO, EVER, EVER, seek));
    }

    @ParameterizedTest
    @FieldSource("SEEKS")
    void pageOfASubjectComesFromAnIndex(Seek<Position> seek) {
        String plan = plan(query(NO, NO, Optional.of("s77"), EVER, EVER, seek));
        assertTrue(plan.contains("audit_log_subject"), plan);
        assertFalse(plan.contains("Seq Scan"), plan);
    }

    @Test
    void timesLongPastAreFoundWithoutWhatCameSince() {
        var january = query(
                NO, NO, NO, Optional.of(START), Optional.of(START.plusSeconds(86_400)), Seek.start());
        String plan = plan(january);
        assertInOrder("audit_log_at_idx", january);
        assertTrue(plan.contains("Index Cond: ((at >= "), plan);
    }

    @Test
    void actorsTimesLongPastAreFoundWithoutWhatCameSince() {
        var january = query(
                Optional.of("a7"), NO, NO, Optional.of(START), Optional.of(START.plusSeconds(86_400)), Seek.start());
        String plan = plan(january);
        assertFalse(plan.contains("Seq Scan"), plan);
        assertTrue(plan.contains("(at >= "), plan);
        assertTrue(plan.contains("Index Cond"), plan);
    }

    private static void assertInOrder(String index, AuditQuery query) {
        String plan = plan(query);
        assertTrue(plan.contains(index), plan);
        assertFalse(plan.contains("Sort"), plan);
    }

    private static String plan(AuditQuery query) {
        var listing = new AuditListing(query, query.seek());
        var jdbi = Jdbi.create(DATABASE::connect);
        return jdbi.withHandle(handle -> listing.bind(handle.createQuery("explain " + listing.sql()), query.limit() + 2)
                .map((row, context) -> row.getString(1))
                .collect(Collectors.joining("\n")));
    }

    private static AuditQuery query(
            Optional<String> actor,
            Optional<String> action,
            Optional<String> subject,
            Optional<Instant> from,
            Optional<Instant> to,
            Seek<Position> seek) {
        return new AuditQuery(actor, action, subject, from, to, seek, 20);
    }
}
