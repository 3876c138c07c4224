package customerservice.persistence;

import customerservice.domain.AuditEntry;
import customerservice.domain.AuditTrail;

/** The audit trail in PostgreSQL. */
final class PostgresAuditTrail implements AuditTrail {

    private static final String INSERT = """
            insert into audit_log (at, action, subject, version, fields, actor, request_id, source_address)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Gate gate;

    PostgresAuditTrail(Gate gate) {
        this.gate = gate;
    }

    @Override
    public void append(AuditEntry entry) {
        gate.call(handle -> {
            var insert = handle.createUpdate(INSERT);
            AuditRows.bind(entry, new Parameters(insert));
            return insert.execute();
        });
    }
}
