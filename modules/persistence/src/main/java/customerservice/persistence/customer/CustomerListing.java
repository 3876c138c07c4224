package customerservice.persistence.customer;

import customerservice.domain.Seek;
import customerservice.domain.customer.CustomerQuery.Position;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerStatus;
import customerservice.domain.customer.EmailAddress;
import customerservice.persistence.sql.Conditions;
import customerservice.persistence.sql.Pages;
import customerservice.persistence.sql.Parameters;
import customerservice.persistence.sql.TimeBounds;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.postgresql.PGStatement;

/**
 * The statement for one page of customers. Only the conditions that are asked for are in it, so that each has a plan of
 * its own; positions are compared as rows, which an index on the same columns answers without sorting or counting.
 */
final class CustomerListing {

    static final String NAME = "name collate \"C\"";

    private static final String SELECT = "select " + CustomerRows.COLUMNS + " from customers";

    private final Conditions conditions = new Conditions();
    private final boolean planned;
    private final String sql;

    /** @param seek in place of the query's own */
    CustomerListing(CustomerQuery query, Seek<Position> seek) {
        boolean byName = query.sort().byName();
        boolean descending = query.sort().descending() != seek.backwards();
        filter(conditions, query);
        if (byName) {
            within(conditions, TimeBounds.of(query.createdFrom(), query.createdTo()));
            fromName(conditions, seek, descending);
        } else {
            var bounds = TimeBounds.of(
                    query.createdFrom(), query.createdTo(), seek.place().map(CustomerListing::created), descending,
                    Position.ByCreation::createdAt);
            within(conditions, bounds).and("(created_at, id) >= (?, ?)", bounds.first(), CustomerListing::bind)
                    .and("(created_at, id) <= (?, ?)", bounds.last(), CustomerListing::bind);
        }
        String column = byName ? NAME : "created_at";
        this.planned = CustomersOfTime.isAskedFor(query);
        this.sql = Pages.limited(
                SELECT + conditions.text(),
                query.status().isPresent()
                        ? Pages.filteredOrder(descending, column, "id")
                        : Pages.order(descending, column, "id"));
    }

    /** By what has nothing to do with the order. */
    static Conditions filter(Conditions conditions, CustomerQuery query) {
        return conditions.and("status collate \"C\" = ?", query.status().map(CustomerStatus::label), Parameters::text)
                .and("lower(email) = lower(? collate \"C\")", query.email().map(EmailAddress::value), Parameters::text);
    }

    static Conditions within(Conditions conditions, TimeBounds<?> bounds) {
        return conditions.and("created_at >= ?", bounds.from(), Parameters::time)
                .and("created_at < ?", bounds.to(), Parameters::time);
    }

    static void fromName(Conditions conditions, Seek<Position> seek, boolean descending) {
        conditions.and(
                "(" + NAME + ", id) " + (descending ? "<=" : ">=") + " (?, ?)",
                seek.place().map(CustomerListing::named),
                (parameters, at) -> parameters.text(withoutNul(at.name())).uuid(at.id().value()));
    }

    String sql() {
        return sql;
    }

    /** Gives rows from the position on, its own included; backwards if they are sought so. */
    Query query(Handle handle, int rows) {
        Query query = bind(handle.createQuery(sql), rows);
        return planned ? query.addCustomizer(new PlannedByValues()) : query;
    }

    Query bind(Query statement, int rows) {
        var parameters = new Parameters(statement);
        conditions.bind(parameters);
        parameters.number(rows);
        return statement;
    }

    private static void bind(Parameters parameters, Position.ByCreation at) {
        parameters.time(at.createdAt()).uuid(at.id().value());
    }

    private static Position.ByCreation created(Position position) {
        if (position instanceof Position.ByCreation created) {
            return created;
        }
        throw new IllegalArgumentException("a position in another order");
    }

    private static Position.ByName named(Position position) {
        if (position instanceof Position.ByName named) {
            return named;
        }
        throw new IllegalArgumentException("a position in another order");
    }

    /** No text in PostgreSQL has one, and asking for it is an error; a made-up position ends before it. */
    private static String withoutNul(String text) {
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }

    /** How many names have to be gone through until enough are of a time depends on the time, so no plan is kept for all. */
    private static final class PlannedByValues implements StatementCustomizer {

        @Override
        public void beforeExecution(PreparedStatement statement, StatementContext context) throws SQLException {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
    }
}
