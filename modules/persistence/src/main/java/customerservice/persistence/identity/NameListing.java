package customerservice.persistence.identity;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Pages;
import customerservice.persistence.sql.Parameters;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** Pages of what is listed by a unique name, by way of the index on it. */
final class NameListing<T> {

    private static final int PORTION = 25;

    /** An upper bound: names are short, and nothing else in these rows is longer than a hash. */
    private static final int CHARACTERS = 500;

    private final String first;
    private final String after;
    private final String before;
    private final Pages<T> pages;

    /**
     * @param select up to its table
     * @param name the indexed expression
     * @param position what a position's name, {@code ?}, is compared as
     */
    NameListing(String select, String name, String position, RowMapper<T> mapper) {
        this.first = select + " order by " + name + " limit ?";
        this.after = select + " where " + name + " > " + position + " order by " + name + " limit ?";
        this.before = select + " where " + name + " < " + position + " order by " + name + " desc limit ?";
        this.pages = new Pages<>(PORTION, mapper, _ -> CHARACTERS);
    }

    Page<T> page(Gate gate, Seek<String> seek, int limit) {
        return pages.read(gate, seek, limit, handle -> switch (seek) {
            case Seek.Start<String> _ -> bind(handle.createQuery(first), List.of(), limit);
            case Seek.After<String>(String name) -> bind(handle.createQuery(after), List.of(name), limit);
            case Seek.Before<String>(String name) -> bind(handle.createQuery(before), List.of(name), limit);
        });
    }

    private static Query bind(Query query, List<String> position, int limit) {
        var parameters = new Parameters(query);
        position.forEach(parameters::text);
        parameters.number(limit + 1L);
        return query;
    }
}
