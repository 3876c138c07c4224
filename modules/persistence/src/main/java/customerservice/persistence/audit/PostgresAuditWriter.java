package customerservice.persistence.audit;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditWriter;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Parameters;

/** The audit trail in PostgreSQL. */
public final class PostgresAuditWriter implements AuditWriter {

    private static final String INSERT = """
            insert into audit_log (at, action, subject, version, fields, actor, request_id, source_address)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Gate gate;

    public PostgresAuditWriter(Gate gate) {
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
