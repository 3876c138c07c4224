package customerservice.persistence.customer;

import customerservice.domain.Seek;
import customerservice.domain.customer.CustomerQuery;
import customerservice.domain.customer.CustomerQuery.Position;
import customerservice.persistence.sql.Parameters;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * The statement for one page of customers. Only the conditions that are asked for are in it, so that each has a plan of
 * its own; positions are compared as rows, which an index on the same columns answers without sorting or counting.
 */
final class CustomerListing {

    private static final String SELECT = "select " + CustomerRows.COLUMNS + " from customers where true";

    private final CustomerQuery query;
    private final Optional<Position> position;
    private final String sql;

    CustomerListing(CustomerQuery query) {
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
        boolean descending = query.sort().descending() != backwards;
        String column = query.sort().byName() ? "name collate \"C\"" : "created_at";
        var text = new StringBuilder(256);
        text.append(SELECT);
        // Spelled out, as one of three known words: the index on the few that are not active applies only if the
        // planner knows which is meant.
        query.status()
                .ifPresent(status -> text.append(" and status = '").append(status.label()).append('\''));
        if (query.email().isPresent()) {
            text.append(" and lower(email) = lower(?)");
        }
        if (query.createdFrom().isPresent()) {
            text.append(" and created_at >= ?");
        }
        if (query.createdTo().isPresent()) {
            text.append(" and created_at < ?");
        }
        if (position.isPresent()) {
            text.append(" and (").append(column).append(", id) ").append(descending ? '<' : '>').append(" (?, ?)");
        }
        String direction = descending ? " desc" : "";
        return text.append(" order by ")
                .append(column)
                .append(direction)
                .append(", id")
                .append(direction)
                .append(" limit ?")
                .toString();
    }

    Query bind(Query statement) {
        var parameters = new Parameters(statement);
        query.email().ifPresent(email -> parameters.text(email.value()));
        query.createdFrom().ifPresent(parameters::time);
        query.createdTo().ifPresent(parameters::time);
        position.ifPresent(at -> bind(at, parameters));
        parameters.number(query.limit() + 1L);
        return statement;
    }

    private void bind(Position at, Parameters parameters) {
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
