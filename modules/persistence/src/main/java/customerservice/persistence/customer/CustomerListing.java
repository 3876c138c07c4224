package customerservice.persistence.customer;

import customerservice.domain.Seek;
import customerservice.domain.customer.CustomerQuery.Position;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.EmailAddress;
import customerservice.persistence.sql.Conditions;
import customerservice.persistence.sql.Parameters;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The statement for one page of customers. Only the conditions that are asked for are in it, so that each has a plan of
 * its own; positions are compared as rows, which an index on the same columns answers without sorting or counting.
 */
final class CustomerListing {

    private static final String SELECT = "select " + CustomerRows.COLUMNS + " from customers";

    private final CustomerQuery query;
    private final Conditions conditions = new Conditions();
    private final String sql;

    /** @param seek in place of the query's own */
    CustomerListing(CustomerQuery query, Seek<Position> seek) {
        this.query = query;
        String column = query.sort().byName() ? "name collate \"C\"" : "created_at";
        String direction = query.sort().descending() != seek.backwards() ? " desc" : "";
        // Spelled out, as one of three known words: the index on the few that are not active applies only if the
        // planner knows which is meant.
        query.status().ifPresent(status -> conditions.and("status = '" + status.label() + "'"));
        conditions.and("lower(email) = lower(?)", query.email().map(EmailAddress::value), Parameters::text)
                .and("created_at >= ?", query.createdFrom(), Parameters::time)
                .and("created_at < ?", query.createdTo(), Parameters::time)
                .and("(" + column + ", id) " + (direction.isEmpty() ? ">=" : "<=") + " (?, ?)", seek.place(),
                        this::bind);
        this.sql = SELECT + conditions.text() + " order by " + column + direction + ", id" + direction + " limit ?";
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

    private void bind(Parameters parameters, Position at) {
        switch (at) {
            case Position.ByCreation creation when !query.sort().byName() -> parameters.time(creation.createdAt());
            case Position.ByName name when query.sort().byName() -> parameters.text(withoutNul(name.name()));
            default -> throw new IllegalArgumentException("a position in another order");
        }
        parameters.uuid(at.id().value());
    }

    /** No text in PostgreSQL has one, and asking for it is an error; a made-up position ends before it. */
    private static String withoutNul(String text) {
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }
}
