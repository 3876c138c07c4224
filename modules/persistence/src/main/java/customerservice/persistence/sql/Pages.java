package customerservice.persistence.sql;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import java.util.ArrayList;
import java.util.List;

/** Pages of what was asked for with one row more than the limit. */
public final class Pages {

    private Pages() {}

    /** Of {@code limit + 1} rows, which for a page before a position come in the opposite order. */
    public static <T> Page<T> of(List<T> rows, Seek<?> seek, int limit) {
        boolean more = rows.size() > limit;
        List<T> items = more ? rows.subList(0, limit) : rows;
        return switch (seek) {
            case Seek.Start<?> _ -> new Page<>(items, false, more);
            // The position was taken from a row, which lies on the other side.
            case Seek.After<?> _ -> new Page<>(items, true, more);
            case Seek.Before<?> _ -> new Page<>(new ArrayList<>(items).reversed(), more, true);
        };
    }
}
