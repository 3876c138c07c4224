package customerservice.api;

import customerservice.domain.Page;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditQuery;
import customerservice.domain.audit.AuditQuery.Position;
import customerservice.domain.audit.AuditReader;
import customerservice.domain.audit.AuditRecord;
import customerservice.domain.audit.AuditWriter;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The trail, kept in a map, newest first. */
public final class InMemoryAuditReader implements AuditReader, AuditWriter {

    private final NavigableMap<Position, AuditRecord> lines = new TreeMap<>(
            Comparator.comparing(Position::at).thenComparingLong(Position::id).reversed());

    @Override
    public synchronized void append(AuditEntry entry) {
        var line = new AuditRecord(lines.size() + 1, entry);
        lines.put(line.position(), line);
    }

    @Override
    public synchronized Page<AuditRecord> list(AuditQuery query) {
        var found = new TreeMap<Position, AuditRecord>(lines.comparator());
        lines.forEach((position, line) -> {
            if (matches(query, line.entry())) {
                found.put(position, line);
            }
        });
        return InMemoryPage.of(found, query.seek(), query.limit());
    }

    private static boolean matches(AuditQuery query, AuditEntry entry) {
        return query.actor().filter(actor -> !actor.equals(entry.caller().actor())).isEmpty()
                && query.action().filter(action -> !action.equals(entry.action())).isEmpty()
                && query.subject().filter(subject -> !subject.equals(entry.subject())).isEmpty()
                && query.from().filter(from -> from.isAfter(entry.at())).isEmpty()
                && query.to().filter(to -> !to.isAfter(entry.at())).isEmpty();
    }
}
