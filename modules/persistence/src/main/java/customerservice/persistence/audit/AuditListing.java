package customerservice.persistence.audit;

import customerservice.domain.Seek;
import customerservice.domain.audit.AuditQuery.Position;
import customerservice.domain.audit.AuditQuery;
import customerservice.persistence.sql.Conditions;
import customerservice.persistence.sql.Parameters;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The statement for one page of the audit trail. Only the conditions that are asked for are in it; whichever it is, an
 * index begins with it and goes on in the list's order, so that a page costs the same however long the trail is and
 * however far back the times lie.
 */
final class AuditListing {

    private static final String SELECT = "select id, " + AuditRows.COLUMNS + " from audit_log";

    private final Conditions conditions = new Conditions();
    private final String sql;

    /** @param seek in place of the query's own */
    AuditListing(AuditQuery query, Seek<Position> seek) {
        boolean backwards = seek.backwards();
        conditions.and("actor = ?", query.actor(), Parameters::text)
                .and("action = ?", query.action(), Parameters::text)
                .and("subject = ?", query.subject(), Parameters::text)
                .and("at >= ?", query.from(), Parameters::time)
                .and("at < ?", query.to(), Parameters::time)
                .and(
                        "(at, id) " + (backwards ? ">=" : "<=") + " (?, ?)",
                        seek.place(),
                        (parameters, at) -> parameters.time(at.at()).number(at.id()));
        this.sql = SELECT + conditions.text() + (backwards ? " order by at, id" : " order by at desc, id desc")
                + " limit ?";
    }

    String sql() {
        return sql;
    }

    /** Gives rows from the position on, its own included; backwards if they are sought so. */
    Query query(Handle handle, int rows) {
        return bind(handle.createQuery(sql), rows);
    }

    Query bind(Query statement, int rows) {
        var parameters = new Parameters(statement);
        conditions.bind(parameters);
        parameters.number(rows);
        return statement;
    }
}
