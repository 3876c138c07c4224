package customerservice.persistence.audit;

import customerservice.domain.Seek;
import customerservice.domain.audit.AuditQuery.Position;
import customerservice.domain.audit.AuditQuery;
import customerservice.persistence.sql.Conditions;
import customerservice.persistence.sql.Parameters;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * The statement for one page of the audit trail. Only the conditions that are asked for are in it; whichever it is, an
 * index begins with it and goes on in the list's order, so that a page costs the same however long the trail is and
 * however far back the times lie.
 */
final class AuditListing {

    private static final String SELECT = "select id, " + AuditRows.COLUMNS + " from audit_log";

    private final AuditQuery query;
    private final Conditions conditions = new Conditions();
    private final String sql;

    AuditListing(AuditQuery query) {
        this.query = query;
        boolean backwards = query.seek() instanceof Seek.Before;
        conditions.and("actor = ?", query.actor(), Parameters::text)
                .and("action = ?", query.action(), Parameters::text)
                .and("subject = ?", query.subject(), Parameters::text)
                .and("at >= ?", query.from(), Parameters::time)
                .and("at < ?", query.to(), Parameters::time)
                .and(
                        "(at, id) " + (backwards ? ">" : "<") + " (?, ?)",
                        position(),
                        (parameters, at) -> parameters.time(at.at()).number(at.id()));
        this.sql = SELECT + conditions.text() + (backwards ? " order by at, id" : " order by at desc, id desc")
                + " limit ?";
    }

    /** Gives one row more than the limit, if there is one; before a position, in the opposite order. */
    String sql() {
        return sql;
    }

    Query bind(Query statement) {
        var parameters = new Parameters(statement);
        conditions.bind(parameters);
        parameters.number(query.limit() + 1L);
        return statement;
    }

    private Optional<Position> position() {
        return switch (query.seek()) {
            case Seek.Start<Position> _ -> Optional.empty();
            case Seek.After<Position>(Position after) -> Optional.of(after);
            case Seek.Before<Position>(Position before) -> Optional.of(before);
        };
    }
}
