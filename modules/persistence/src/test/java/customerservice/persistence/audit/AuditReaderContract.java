package customerservice.persistence.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Caller;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditQuery;
import customerservice.domain.audit.AuditQuery.Position;
import customerservice.domain.audit.AuditReader;
import customerservice.domain.audit.AuditRecord;
import customerservice.domain.audit.AuditWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link AuditReader} keeps to; each test finds an empty one. */
abstract class AuditReaderContract {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    abstract AuditWriter trail();

    abstract AuditReader log();

    /** Subjects are letters, so that a page reads as a word. */
    private void append(String actor, String action, String subject, Instant at) {
        trail().append(new AuditEntry(at, action, subject, 0, List.of(), new Caller(actor, "r-" + subject, "local")));
    }

    private void append(String subjects) {
        for (int i = 0; i < subjects.length(); i++) {
            append("ada", "user.update", subjects.substring(i, i + 1), NOON);
        }
    }

    private static AuditQuery query(
            Optional<String> actor,
            Optional<String> action,
            Optional<String> subject,
            Optional<Instant> from,
            Optional<Instant> to) {
        return new AuditQuery(actor, action, subject, from, to, Seek.start(), 20);
    }

    private static AuditQuery page(Seek<Position> seek, int limit) {
        AuditQuery all = AuditQuery.newest(limit);
        return new AuditQuery(all.actor(), all.action(), all.subject(), all.from(), all.to(), seek, limit);
    }

    private static String subjects(Page<AuditRecord> page) {
        var word = new StringBuilder();
        page.items().forEach(item -> word.append(item.entry().subject()));
        return word.toString();
    }

    private String found(AuditQuery query) {
        return subjects(log().list(query));
    }

    @Test
    void lineIsReadAsItWasWritten() {
        var entry = new AuditEntry(
                NOON.plusMillis(7), "customer.update", "c-1", 3, List.of("name", "email"),
                new Caller("u-1", "r-1", "192.0.2.7"));
        trail().append(entry);
        Page<AuditRecord> page = log().list(AuditQuery.newest(20));
        assertEquals(List.of(entry), page.items().stream().map(AuditRecord::entry).toList());
        assertFalse(page.hasNext());
        assertFalse(page.hasPrevious());
    }

    @Test
    void emptyTrailIsAnEmptyPage() {
        assertEquals(new Page<>(List.of(), false, false), log().list(AuditQuery.newest(20)));
    }

    @Test
    void newestLineComesFirst() {
        append("ada", "user.update", "b", NOON.plusSeconds(1));
        append("ada", "user.update", "a", NOON);
        append("ada", "user.update", "c", NOON.plusSeconds(2));
        assertEquals("cba", found(AuditQuery.newest(20)));
    }

    @Test
    void linesOfOneMillisecondComeByTheirId() {
        append("abc");
        assertEquals("cba", found(AuditQuery.newest(20)));
    }

    @Test
    void pagesFollowOneAnother() {
        append("abcde");
        Page<AuditRecord> first = log().list(AuditQuery.newest(2));
        Page<AuditRecord> second = log().list(page(new Seek.After<>(first.items().getLast().position()), 2));
        Page<AuditRecord> third = log().list(page(new Seek.After<>(second.items().getLast().position()), 2));
        assertEquals("ed cb a", subjects(first) + " " + subjects(second) + " " + subjects(third));
        assertTrue(first.hasNext() && second.hasNext() && second.hasPrevious());
        assertFalse(third.hasNext());
    }

    @Test
    void pageBeforeAPositionIsInTheSameOrder() {
        append("abcde");
        Position last = log().list(AuditQuery.newest(4)).items().getLast().position();
        Page<AuditRecord> page = log().list(page(new Seek.Before<>(last), 2));
        assertEquals("dc", subjects(page));
        assertTrue(page.hasPrevious() && page.hasNext());
    }

    @Test
    void pagesAtTheEndsOfTheTrailSaySo() {
        append("abc");
        List<AuditRecord> all = log().list(AuditQuery.newest(3)).items();
        var newer = new Position(NOON.plusSeconds(3_600), 0);
        var older = new Position(NOON.minusSeconds(3_600), 0);
        assertEquals(new Page<>(all.subList(0, 2), false, true), log().list(page(new Seek.After<>(newer), 2)));
        assertEquals(new Page<>(List.of(), false, true), log().list(page(new Seek.Before<>(newer), 2)));
        assertEquals(new Page<>(all.subList(1, 3), true, false), log().list(page(new Seek.Before<>(older), 2)));
        assertEquals(new Page<>(List.of(), true, false), log().list(page(new Seek.After<>(older), 2)));
        assertEquals(new Page<>(all.subList(1, 3), true, false), log().list(page(Seek.end(), 2)));
    }

    @Test
    void positionHoldsWhenNewLinesCome() {
        append("abc");
        Position first = log().list(AuditQuery.newest(1)).items().getLast().position();
        append("d");
        assertEquals("ba", subjects(log().list(page(new Seek.After<>(first), 2))));
    }

    @Test
    void actorActionAndSubjectAreCompared() {
        append("ada", "user.create", "a", NOON);
        append("bob", "user.create", "b", NOON);
        append("bob", "user.remove", "c", NOON);
        Optional<String> no = Optional.empty();
        assertEquals("cb", found(query(Optional.of("bob"), no, no, Optional.empty(), Optional.empty())));
        assertEquals("ba", found(query(no, Optional.of("user.create"), no, Optional.empty(), Optional.empty())));
        assertEquals("c", found(query(no, no, Optional.of("c"), Optional.empty(), Optional.empty())));
        assertEquals("b", found(query(
                Optional.of("bob"), Optional.of("user.create"), no, Optional.empty(), Optional.empty())));
        assertEquals("", found(query(
                Optional.of("ada"), Optional.of("user.remove"), no, Optional.empty(), Optional.empty())));
    }

    @Test
    void fromIsInclusiveAndToIsExclusive() {
        append("ada", "user.update", "a", NOON.minusMillis(1));
        append("ada", "user.update", "b", NOON);
        append("ada", "user.update", "c", NOON.plusMillis(1));
        Optional<String> no = Optional.empty();
        assertEquals("cb", found(query(no, no, no, Optional.of(NOON), Optional.empty())));
        assertEquals("a", found(query(no, no, no, Optional.empty(), Optional.of(NOON))));
        assertEquals("b", found(query(no, no, no, Optional.of(NOON), Optional.of(NOON.plusMillis(1)))));
    }

    @Test
    void filtersHoldOnEveryPage() {
        append("abc");
        append("bob", "user.update", "x", NOON);
        append("de");
        var query = new AuditQuery(
                Optional.of("ada"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Seek.start(), 2);
        Page<AuditRecord> first = log().list(query);
        Page<AuditRecord> second = log().list(new AuditQuery(
                query.actor(), query.action(), query.subject(), query.from(), query.to(),
                new Seek.After<>(first.items().getLast().position()), 3));
        assertEquals("ed cba", subjects(first) + " " + subjects(second));
    }

    @Test
    void timesBeyondWhatTheStoreHoldsAreTaken() {
        append("a");
        Optional<String> no = Optional.empty();
        assertEquals("a", found(query(no, no, no, Optional.of(Instant.MIN), Optional.of(Instant.MAX))));
    }
}
