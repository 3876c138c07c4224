package customerservice.persistence.audit;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditWriter;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Parameters;

/** The audit trail in PostgreSQL. */
public final class PostgresAuditWriter implements AuditWriter {

    private final Gate gate;

    public PostgresAuditWriter(Gate gate) {
        this.gate = gate;
    }

    @Override
    public void append(AuditEntry entry) {
        gate.call(handle -> {
            var insert = handle.createUpdate(AuditRows.INSERT_VALUES);
            AuditRows.bind(entry, new Parameters(insert));
            return insert.execute();
        });
    }
}
