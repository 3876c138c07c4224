package customerservice.domain.audit;

import java.util.Objects;

/**
 * One line of the audit trail as it was stored.
 *
 * @param id of the line, unique and rising, with gaps
 */
public record AuditRecord(long id, AuditEntry entry) {

    public AuditRecord {
        Objects.requireNonNull(entry, "entry");
    }

    /** Where it lies in the trail. */
    public AuditQuery.Position position() {
        return new AuditQuery.Position(entry.at(), id);
    }
}
