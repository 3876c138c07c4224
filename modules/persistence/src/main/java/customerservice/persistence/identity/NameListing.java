package customerservice.persistence.identity;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.sql.Pages;
import customerservice.persistence.sql.Parameters;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** The statements for one page of what is listed by a unique name, by way of the index on it. */
final class NameListing {

    private final String first;
    private final String after;
    private final String before;

    /**
     * @param select up to its table
     * @param name the indexed expression
     * @param position what a position's name, {@code ?}, is compared as
     */
    NameListing(String select, String name, String position) {
        this.first = select + " order by " + name + " limit ?";
        this.after = select + " where " + name + " > " + position + " order by " + name + " limit ?";
        this.before = select + " where " + name + " < " + position + " order by " + name + " desc limit ?";
    }

    <T> Page<T> page(Gate gate, Seek<String> seek, int limit, RowMapper<T> mapper) {
        List<T> rows = gate.call(handle -> switch (seek) {
            case Seek.Start<String> _ -> rows(handle.createQuery(first), List.of(), limit, mapper);
            case Seek.After<String>(String name) -> rows(handle.createQuery(after), List.of(name), limit, mapper);
            case Seek.Before<String>(String name) -> rows(handle.createQuery(before), List.of(name), limit, mapper);
        });
        return Pages.of(rows, seek, limit);
    }

    private static <T> List<T> rows(Query query, List<String> position, int limit, RowMapper<T> mapper) {
        var parameters = new Parameters(query);
        position.forEach(parameters::text);
        parameters.number(limit + 1L);
        return query.map(mapper).list();
    }
}
