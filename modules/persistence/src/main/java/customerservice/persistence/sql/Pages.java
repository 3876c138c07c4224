package customerservice.persistence.sql;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.persistence.connection.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads pages of one kind. One row more than the limit is asked for, to see whether there are more, and the row that the
 * position was taken from: if that is still there, something lies on the position's other side, and nobody has to look.
 *
 * <p>The driver reads a whole result into memory before it gives out the first row, unless it is told to fetch a portion
 * at a time, which works inside a transaction only. So a page of no more than one portion costs one round trip, and a
 * longer one is fetched as far as it gets before it is full.
 *
 * @param <T> of its items
 */
public final class Pages<T> {

    /** See {@link #read}. */
    private static final int MOST = Page.MAX_LIMIT + 2;

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

    /** @param own whether a row is the one that a position was taken from */
    public <P> Page<T> read(
            Gate gate, Seek<P> seek, int limit, Statement<P> statement, BiPredicate<T, P> own) {
        int asked = seek.place().isPresent() ? limit + 2 : limit + 1;
        return gate.call(handle -> asked <= portion
                ? page(handle, seek, limit, asked, statement, own)
                : handle.inTransaction(_ -> page(handle, seek, limit, asked, statement, own)));
    }

    private <P> Page<T> page(
            Handle handle, Seek<P> seek, int limit, int asked, Statement<P> statement, BiPredicate<T, P> own) {
        List<T> items = new ArrayList<>(Math.min(limit, portion));
        boolean met = false;
        boolean more = false;
        try (ResultIterator<T> rows = statement.of(handle, seek, asked).setFetchSize(portion).map(mapper).iterator()) {
            int room = Page.MAX_CHARACTERS;
            while (rows.hasNext() && !more) {
                T item = rows.next();
                if (items.isEmpty() && !met && seek.place().filter(place -> own.test(item, place)).isPresent()) {
                    met = true;
                    continue;
                }
                room -= characters.applyAsInt(item);
                more = items.size() == limit || (room < 0 && !items.isEmpty());
                if (!more) {
                    items.add(item);
                }
            }
        }
        boolean other = met || (seek.place().isPresent() && isThere(statement.of(handle, seek.opposite(), 1)));
        return seek.backwards() ? new Page<>(items.reversed(), more, other) : new Page<>(items, other, more);
    }

    private static boolean isThere(Query query) {
        return query.map((_, _) -> true).findFirst().isPresent();
    }

    /**
     * A statement's text with an order and a limit, its last question mark. The limit within, which no page exceeds, is for
     * the planner: of a prepared statement it does not know the limit, takes it for a tenth of all, and may then sort them.
     *
     * @param order of columns that are selected
     */
    public static String limited(String select, String order) {
        return "select * from (" + select + " order by " + order + " limit " + MOST + ") page order by " + order
                + " limit ?";
    }

    /** An order by these columns, all in one direction. */
    public static String order(boolean descending, String... columns) {
        return String.join(descending ? " desc, " : ", ", columns) + (descending ? " desc" : "");
    }

    /**
     * The same for a list with a filter. It says where nulls are to be, of which there are none, and so is the order of the
     * indexes that begin with a filtered column (whose other columns are {@code desc nulls last}) and of no other. Else the
     * planner takes the index of the list without a filter where most rows pass it, and goes through all that do not.
     */
    public static String filteredOrder(boolean descending, String... columns) {
        String direction = descending ? " desc nulls last" : " nulls first";
        return String.join(direction + ", ", columns) + direction;
    }

    /** The statement for one page. */
    @FunctionalInterface
    public interface Statement<P> {

        /** As many rows from a position on, the position's own included; backwards if they are sought so. */
        Query of(Handle handle, Seek<P> seek, int rows);
    }
}
