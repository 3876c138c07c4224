package customerservice.persistence.audit;

import customerservice.domain.Seek;
import customerservice.domain.audit.AuditQuery.Position;
import customerservice.domain.audit.AuditQuery;
import customerservice.persistence.sql.Conditions;
import customerservice.persistence.sql.Pages;
import customerservice.persistence.sql.Parameters;
import customerservice.persistence.sql.TimeBounds;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The statement for one page of the audit trail. Only the conditions that are asked for are in it; every one of them and
 * every two has an index that begins with it and goes on in the list's order, so that a page costs the same however long
 * the trail is, however far back the times lie, and whatever the others wrote. Of three, the third is looked for among what
 * the index of two of them gives.
 */
final class AuditListing {

    /**
     * One order under two names: what is asked in the one is not answered by an index in the other. Else the planner, which
     * takes the filters for independent of one another, would take the index of one filter and look in vain for the other
     * among millions of lines.
     */
    private static final String ONE = "\"C\"";
    private static final String SEVERAL = "\"POSIX\"";

    private static final String SELECT = "select id, " + AuditRows.COLUMNS + " from audit_log";

    private final Conditions conditions = new Conditions();
    private final String sql;

    /** @param seek in place of the query's own */
    AuditListing(AuditQuery query, Seek<Position> seek) {
        boolean backwards = seek.backwards();
        var bounds = TimeBounds.of(query.from(), query.to(), seek.place(), !backwards, Position::at);
        long filters = Stream.of(query.actor(), query.action(), query.subject()).filter(Optional::isPresent).count();
        String equals = " collate " + (filters > 1 ? SEVERAL : ONE) + " = ?";
        conditions.and("actor" + equals, query.actor(), Parameters::text)
                .and("action" + equals, query.action(), Parameters::text)
                .and("subject" + equals, query.subject(), Parameters::text)
                .and("at >= ?", bounds.from(), Parameters::time)
                .and("at < ?", bounds.to(), Parameters::time)
                .and("(at, id) >= (?, ?)", bounds.first(), AuditListing::bind)
                .and("(at, id) <= (?, ?)", bounds.last(), AuditListing::bind);
        this.sql = Pages.limited(
                SELECT + conditions.text(),
                filters > 0 ? Pages.filteredOrder(!backwards, "at", "id") : Pages.order(!backwards, "at", "id"));
    }

    private static void bind(Parameters parameters, Position at) {
        parameters.time(at.at()).number(at.id());
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
