package customerservice.persistence.audit;

import customerservice.domain.Page;
import customerservice.domain.audit.AuditQuery;
import customerservice.domain.audit.AuditReader;
import customerservice.domain.audit.AuditRecord;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Pages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/** The audit trail in PostgreSQL, to be read. */
public final class PostgresAuditReader implements AuditReader {

    private static final int PORTION = 25;

    private static final Pages<AuditRecord> PAGES = new Pages<>(
            PORTION, (row, context) -> record(row), line -> AuditRows.characters(line.entry()));

    private final Gate gate;

    public PostgresAuditReader(Gate gate) {
        this.gate = gate;
    }

    @Override
    public Page<AuditRecord> list(AuditQuery query) {
        Objects.requireNonNull(query, "query");
        return PAGES.read(
                gate,
                query.seek(),
                query.limit(),
                (handle, seek, rows) -> new AuditListing(query, seek).query(handle, rows),
                (line, position) -> line.position().equals(position));
    }

    private static AuditRecord record(ResultSet row) throws SQLException {
        return new AuditRecord(row.getLong(1), AuditRows.entry(row, 2));
    }
}
