package customerservice.persistence.audit;

import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.persistence.sql.Columns;
import customerservice.persistence.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Every changing statement writes its line of the audit trail itself; this binds the line, column by column. */
public final class AuditRows {

    static final String COLUMNS = "at, action, subject, version, fields, actor, request_id, source_address";

    /** To be followed by what it inserts. */
    public static final String INSERT = "insert into audit_log (" + COLUMNS + ")\n";

    /** With what {@link #bind} binds. */
    public static final String INSERT_VALUES = INSERT + "values (?, ?, ?, ?, ?, ?, ?, ?)\n";

    private AuditRows() {}

    /** The same for each row of a relation, such as what a statement has changed. */
    public static String insertFrom(String relation) {
        return INSERT + "select ?, ?, ?, ?, ?, ?, ?, ? from " + relation + "\n";
    }

    public static Parameters bind(AuditEntry audit, Parameters parameters) {
        return parameters.time(audit.at())
                .text(audit.action())
                .text(audit.subject())
                .number(audit.version())
                .texts(audit.fields())
                .text(audit.caller().actor())
                .text(audit.caller().requestId())
                .text(audit.caller().sourceAddress());
    }

    /** Without the subject, which the statement finds out. */
    public static Parameters bindWithoutSubject(AuditEntry audit, Parameters parameters) {
        return parameters.time(audit.at())
                .text(audit.action())
                .number(audit.version())
                .texts(audit.fields())
                .text(audit.caller().actor())
                .text(audit.caller().requestId())
                .text(audit.caller().sourceAddress());
    }

    /** Without subject and actor, which are one and the same, and found out by the statement. */
    public static Parameters bindWithoutActor(AuditEntry audit, Parameters parameters) {
        return parameters.time(audit.at())
                .text(audit.action())
                .number(audit.version())
                .texts(audit.fields())
                .text(audit.caller().requestId())
                .text(audit.caller().sourceAddress());
    }

    /** See {@link customerservice.domain.Page#MAX_CHARACTERS}. */
    public static int characters(AuditEntry entry) {
        int characters = entry.action().length() + entry.subject().length();
        for (String field : entry.fields()) {
            characters += field.length();
        }
        Caller caller = entry.caller();
        return characters + caller.actor().length() + caller.requestId().length() + caller.sourceAddress().length();
    }

    /** The same columns, from this one on. */
    public static AuditEntry entry(ResultSet row, int first) throws SQLException {
        return new AuditEntry(
                Columns.time(row, first),
                row.getString(first + 1),
                row.getString(first + 2),
                row.getLong(first + 3),
                List.of((String[]) row.getArray(first + 4).getArray()),
                new Caller(row.getString(first + 5), row.getString(first + 6), row.getString(first + 7)));
    }
}
