package customerservice.persistence.identity;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Pages;
import customerservice.persistence.sql.Parameters;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** Pages of what is listed by a unique name, by way of the index on it. */
final class NameListing<T> {

    private static final int PORTION = 25;

    /** An upper bound: names are short, and nothing else in these rows is longer than a hash. */
    private static final int CHARACTERS = 500;

    private final String first;
    private final String last;
    private final String after;
    private final String before;
    private final Pages<T> pages;
    private final BiPredicate<T, String> own;

    /**
     * @param select up to its table
     * @param name the indexed expression
     * @param order the selected column that is the same
     * @param position what a position's name, {@code ?}, is compared as
     * @param own whether a row has a position's name
     */
    NameListing(
            String select, String name, String order, String position, RowMapper<T> mapper,
            BiPredicate<T, String> own) {
        this.first = Pages.limited(select, order);
        this.last = Pages.limited(select, order + " desc");
        this.after = Pages.limited(select + " where " + name + " >= " + position, order);
        this.before = Pages.limited(select + " where " + name + " <= " + position, order + " desc");
        this.pages = new Pages<>(PORTION, mapper, _ -> CHARACTERS);
        this.own = own;
    }

    Page<T> page(Gate gate, Seek<String> seek, int limit) {
        return pages.read(gate, seek, limit, this::query, own);
    }

    private Query query(Handle handle, Seek<String> seek, int rows) {
        return bind(handle.createQuery(sql(seek)), seek, rows);
    }

    String sql(Seek<String> seek) {
        return switch (seek) {
            case Seek.Start<String> _ -> first;
            case Seek.End<String> _ -> last;
            case Seek.After<String> _ -> after;
            case Seek.Before<String> _ -> before;
        };
    }

    static Query bind(Query query, Seek<String> seek, int rows) {
        var parameters = new Parameters(query);
        seek.place().ifPresent(parameters::text);
        parameters.number(rows);
        return query;
    }
}
