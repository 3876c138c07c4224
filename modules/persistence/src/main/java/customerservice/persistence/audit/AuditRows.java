package customerservice.persistence.audit;

import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.persistence.sql.Columns;
import customerservice.persistence.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Every changing statement writes its line of the audit trail itself; this binds the line, column by column. */
public final class AuditRows {

    static final String COLUMNS = "at, action, subject, version, fields, actor, request_id, source_address";

    /** To be followed by what it inserts. */
    public static final String INSERT = "insert into audit_log (" + COLUMNS + ")\n";

    /** With what {@link #bind} binds. */
    public static final String INSERT_VALUES = INSERT + "values (?, ?, ?, ?, ?, ?, ?, ?)\n";

    /** Lines of what anybody can bring about, of all instances together. */
    static final int MOST_OF_STRANGERS_PER_HOUR = 1_000;

    /** What anybody can bring about; {@code forget_failed_attempts} of the schema names the same. */
    private static final String SIGN_IN_FAILED = "auth.sign_in_failed";
    private static final String CLIENT_FAILED = "auth.client_authentication_failed";
    private static final Set<String> OF_STRANGERS = Set.of(SIGN_IN_FAILED, CLIENT_FAILED);

    /**
     * Counted one action after the other, in the order of {@code audit_log_of_action_idx}: else the planner may go through
     * the last hour of all. In the database's time, as the bound is. A flood of them at once may add a few more.
     */
    private static final String INSERT_VALUES_OF_STRANGER = INSERT + """
            select least(greatest(?, now() - interval '1 minute'), now()), ?, ?, ?, ?, ?, ?, ?
            where (select count(*) from (%s) one) + (select count(*) from (%s) other) < %d
            """.formatted(
            withinTheHour(SIGN_IN_FAILED), withinTheHour(CLIENT_FAILED), MOST_OF_STRANGERS_PER_HOUR);

    private AuditRows() {}

    private static String withinTheHour(String action) {
        return "select from audit_log where action collate \"C\" = '" + action + "' and at > now() - interval '1 hour'"
                + " order by at desc nulls last, id desc nulls last limit " + MOST_OF_STRANGERS_PER_HOUR;
    }

    /**
     * One line, with what {@link #bind} binds; none if it is of what strangers bring about and there have been too many
     * of these within the hour.
     */
    public static String insertValues(AuditEntry audit) {
        return OF_STRANGERS.contains(audit.action()) ? INSERT_VALUES_OF_STRANGER : INSERT_VALUES;
    }

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
