package customerservice.persistence;

import customerservice.domain.AuditEntry;
import customerservice.domain.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Every changing statement writes its line of the audit trail itself; this binds the line, column by column. */
final class AuditRows {

    private AuditRows() {}

    static Parameters bind(AuditEntry audit, Parameters parameters) {
        return parameters.time(audit.at())
                .text(audit.action())
                .text(audit.subject())
                .number(audit.version())
                .texts(audit.fields())
                .text(audit.caller().subject())
                .text(audit.caller().requestId())
                .text(audit.caller().sourceAddress());
    }

    /** Without the subject, which the statement finds out. */
    static Parameters bindWithoutSubject(AuditEntry audit, Parameters parameters) {
        return parameters.time(audit.at())
                .text(audit.action())
                .number(audit.version())
                .texts(audit.fields())
                .text(audit.caller().subject())
                .text(audit.caller().requestId())
                .text(audit.caller().sourceAddress());
    }

    /** Without subject and actor, which are one and the same, and found out by the statement. */
    static Parameters bindWithoutActor(AuditEntry audit, Parameters parameters) {
        return parameters.time(audit.at())
                .text(audit.action())
                .number(audit.version())
                .texts(audit.fields())
                .text(audit.caller().requestId())
                .text(audit.caller().sourceAddress());
    }

    /** The same columns, from this one on. */
    static AuditEntry entry(ResultSet row, int first) throws SQLException {
        return new AuditEntry(
                CustomerRows.time(row, first),
                row.getString(first + 1),
                row.getString(first + 2),
                row.getLong(first + 3),
                List.of((String[]) row.getArray(first + 4).getArray()),
                new Caller(row.getString(first + 5), row.getString(first + 6), row.getString(first + 7)));
    }
}
