package customerservice.persistence;

import customerservice.domain.AuditLog;
import customerservice.domain.AuditQuery;
import customerservice.domain.AuditRecord;
import customerservice.domain.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** The audit trail in PostgreSQL, to be read. */
final class PostgresAuditLog implements AuditLog {

    private final Gate gate;

    PostgresAuditLog(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Page<AuditRecord> list(AuditQuery query) {
        Objects.requireNonNull(query, "query");
        var listing = new AuditListing(query);
        List<AuditRecord> rows = gate.call(handle -> listing.bind(handle.createQuery(listing.sql()))
                .map((row, context) -> record(row))
                .list());
        return Pages.of(rows, query.seek(), query.limit());
    }

    private static AuditRecord record(ResultSet row) throws SQLException {
        return new AuditRecord(row.getLong(1), AuditRows.entry(row, 2));
    }
}
