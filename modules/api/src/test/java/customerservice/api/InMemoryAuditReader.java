package customerservice.api;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditQuery;
import customerservice.domain.audit.AuditQuery.Position;
import customerservice.domain.audit.AuditReader;
import customerservice.domain.audit.AuditRecord;
import customerservice.domain.audit.AuditWriter;
import java.util.Comparator;
import java.util.List;
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
        NavigableMap<Position, AuditRecord> rest = switch (query.seek()) {
            case Seek.Start<Position> _ -> lines;
            case Seek.After<Position>(Position position) -> lines.tailMap(position, false);
            case Seek.Before<Position>(Position position) -> lines.headMap(position, false).descendingMap();
        };
        List<AuditRecord> found = rest.values().stream().filter(line -> matches(query, line.entry())).toList();
        boolean more = found.size() > query.limit();
        List<AuditRecord> items = more ? found.subList(0, query.limit()) : found;
        return switch (query.seek()) {
            case Seek.Start<Position> _ -> new Page<>(items, false, more);
            case Seek.After<Position> _ -> new Page<>(items, true, more);
            case Seek.Before<Position> _ -> new Page<>(items.reversed(), more, true);
        };
    }

    private static boolean matches(AuditQuery query, AuditEntry entry) {
        return query.actor().filter(actor -> !actor.equals(entry.caller().actor())).isEmpty()
                && query.action().filter(action -> !action.equals(entry.action())).isEmpty()
                && query.subject().filter(subject -> !subject.equals(entry.subject())).isEmpty()
                && query.from().filter(from -> from.isAfter(entry.at())).isEmpty()
                && query.to().filter(to -> !to.isAfter(entry.at())).isEmpty();
    }
}
