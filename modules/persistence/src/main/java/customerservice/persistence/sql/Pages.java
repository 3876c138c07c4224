package customerservice.persistence.sql;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.persistence.connection.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads pages of one kind, by statements that ask for one row more than the limit.
 *
 * <p>The driver reads a whole result into memory before it gives out the first row, unless it is told to fetch a portion
 * at a time, which works inside a transaction only. So a page of no more than one portion costs one round trip, and a
 * longer one is fetched as far as it gets before it is full.
 *
 * @param <T> of its items
 */
public final class Pages<T> {

    private final int portion;
    private final RowMapper<T> mapper;
    private final ToIntFunction<T> characters;

    /**
     * @param portion rows that memory has room for on every connection at once, however large they are
     * @param characters how much text an item holds; see {@link Page#MAX_CHARACTERS}
     */
    public Pages(int portion, RowMapper<T> mapper, ToIntFunction<T> characters) {
        this.portion = portion;
        this.mapper = mapper;
        this.characters = characters;
    }

    /** @param statement gives {@code limit + 1} rows; for a page before a position, in the opposite order */
    public Page<T> read(Gate gate, Seek<?> seek, int limit, Function<Handle, Query> statement) {
        return gate.call(handle -> {
            Query query = statement.apply(handle);
            return limit < portion
                    ? page(query, seek, limit)
                    : handle.inTransaction(_ -> page(query.setFetchSize(portion), seek, limit));
        });
    }

    private Page<T> page(Query query, Seek<?> seek, int limit) {
        List<T> items = new ArrayList<>(Math.min(limit, portion));
        try (ResultIterator<T> rows = query.map(mapper).iterator()) {
            int room = Page.MAX_CHARACTERS;
            while (rows.hasNext()) {
                if (items.size() == limit) {
                    return page(items, seek, true);
                }
                T item = rows.next();
                room -= characters.applyAsInt(item);
                if (room < 0 && !items.isEmpty()) {
                    return page(items, seek, true);
                }
                items.add(item);
            }
        }
        return page(items, seek, false);
    }

    private static <T> Page<T> page(List<T> items, Seek<?> seek, boolean more) {
        return switch (seek) {
            case Seek.Start<?> _ -> new Page<>(items, false, more);
            // The position was taken from a row, which lies on the other side.
            case Seek.After<?> _ -> new Page<>(items, true, more);
            case Seek.Before<?> _ -> new Page<>(items.reversed(), more, true);
        };
    }
}
