package customerservice.persistence.audit;

import customerservice.domain.Page;
import customerservice.domain.audit.AuditQuery;
import customerservice.domain.audit.AuditReader;
import customerservice.domain.audit.AuditRecord;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Pages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** The audit trail in PostgreSQL, to be read. */
public final class PostgresAuditReader implements AuditReader {

    private final Gate gate;

    public PostgresAuditReader(Gate gate) {
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
