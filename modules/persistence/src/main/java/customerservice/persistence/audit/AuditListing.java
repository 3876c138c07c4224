package customerservice.persistence.audit;

import customerservice.domain.Seek;
import customerservice.domain.audit.AuditQuery;
import customerservice.domain.audit.AuditQuery.Position;
import customerservice.persistence.sql.Parameters;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * The statement for one page of the audit trail. Only the conditions that are asked for are in it; whichever it is, an
 * index begins with it and goes on in the list's order, so that a page costs the same however long the trail is and
 * however far back the times lie.
 */
final class AuditListing {

    private static final String SELECT = "select id, " + AuditRows.COLUMNS + " from audit_log where true";

    private final AuditQuery query;
    private final Optional<Position> position;
    private final String sql;

    AuditListing(AuditQuery query) {
        this.query = query;
        this.position = switch (query.seek()) {
            case Seek.Start<Position> _ -> Optional.empty();
            case Seek.After<Position>(Position after) -> Optional.of(after);
            case Seek.Before<Position>(Position before) -> Optional.of(before);
        };
        this.sql = build();
    }

    /** Gives one row more than the limit, if there is one; before a position, in the opposite order. */
    String sql() {
        return sql;
    }

    private String build() {
        boolean backwards = query.seek() instanceof Seek.Before;
        var text = new StringBuilder(256);
        text.append(SELECT);
        if (query.actor().isPresent()) {
            text.append(" and actor = ?");
        }
        if (query.action().isPresent()) {
            text.append(" and action = ?");
        }
        if (query.subject().isPresent()) {
            text.append(" and subject = ?");
        }
        if (query.from().isPresent()) {
            text.append(" and at >= ?");
        }
        if (query.to().isPresent()) {
            text.append(" and at < ?");
        }
        if (position.isPresent()) {
            text.append(" and (at, id) ").append(backwards ? '>' : '<').append(" (?, ?)");
        }
        return text.append(backwards ? " order by at, id" : " order by at desc, id desc").append(" limit ?").toString();
    }

    Query bind(Query statement) {
        var parameters = new Parameters(statement);
        query.actor().ifPresent(parameters::text);
        query.action().ifPresent(parameters::text);
        query.subject().ifPresent(parameters::text);
        query.from().ifPresent(parameters::time);
        query.to().ifPresent(parameters::time);
        position.ifPresent(at -> parameters.time(at.at()).number(at.id()));
        parameters.number(query.limit() + 1L);
        return statement;
    }
}
