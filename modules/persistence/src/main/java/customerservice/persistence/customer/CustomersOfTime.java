package customerservice.persistence.customer;

import customerservice.domain.Seek;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerQuery.Position;
import customerservice.persistence.sql.Conditions;
import customerservice.persistence.sql.Pages;
import customerservice.persistence.sql.Parameters;
import customerservice.persistence.sql.TimeBounds;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Customers of a time in order of names, which no index gives. As long as they are few, all of them are read in order of
 * creation, and sorted. The planner would rather go through the names until enough are of the time, which is through all
 * that come before where those of a time have names alike.
 */
final class CustomersOfTime {

    /** A few hundred blocks if they were made one after the other; some 20 ms if each lies in another. */
    static final int FEW = 10_000;

    private final Conditions conditions = new Conditions();
    private final Conditions positions = new Conditions();
    private final String count;
    private final String sql;

    /** @param seek in place of the query's own */
    CustomersOfTime(CustomerQuery query, Seek<Position> seek) {
        boolean descending = query.sort().descending() != seek.backwards();
        CustomerListing.filter(conditions, query);
        CustomerListing.within(conditions, TimeBounds.of(query.createdFrom(), query.createdTo()));
        CustomerListing.fromName(positions, seek, descending);
        String within = " from customers" + conditions.text() + " order by "
                + (query.status().isPresent()
                        ? Pages.filteredOrder(false, "created_at", "id")
                        : Pages.order(false, "created_at", "id"))
                + " limit " + (FEW + 1) + ") few";
        this.count = "select count(*) from (select" + within;
        this.sql = "select * from (select " + CustomerRows.COLUMNS + within + positions.text() + " order by "
                + Pages.order(descending, CustomerListing.NAME, "id") + " limit ?";
    }

    static boolean isAskedFor(CustomerQuery query) {
        return query.sort().byName() && (query.createdFrom().isPresent() || query.createdTo().isPresent());
    }

    boolean areFew(Handle handle) {
        return bindFilters(handle.createQuery(count)).map((row, context) -> row.getInt(1)).one() <= FEW;
    }

    /** As {@link CustomerListing#query}. */
    Query query(Handle handle, int rows) {
        return bind(handle.createQuery(sql), rows);
    }

    String countSql() {
        return count;
    }

    String sql() {
        return sql;
    }

    Query bindFilters(Query statement) {
        conditions.bind(new Parameters(statement));
        return statement;
    }

    Query bind(Query statement, int rows) {
        var parameters = new Parameters(statement);
        conditions.bind(parameters);
        positions.bind(parameters);
        parameters.number(rows);
        return statement;
    }
}
