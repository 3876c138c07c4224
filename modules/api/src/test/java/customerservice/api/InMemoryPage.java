package customerservice.api;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/** Pages of what is kept by its position, in the list's order. */
final class InMemoryPage {

    private InMemoryPage() {}

    static <P, T> Page<T> of(NavigableMap<P, T> all, Seek<P> seek, int limit) {
        NavigableMap<P, T> rest = switch (seek) {
            case Seek.Start<P> _ -> all;
            case Seek.End<P> _ -> all.descendingMap();
            case Seek.After<P>(P position) -> all.tailMap(position, false);
            case Seek.Before<P>(P position) -> all.headMap(position, false).descendingMap();
        };
        boolean more = rest.size() > limit;
        boolean other = seek.place().isPresent() && rest.size() < all.size();
        List<T> items = new ArrayList<>(rest.values()).subList(0, more ? limit : rest.size());
        return seek.backwards() ? new Page<>(items.reversed(), more, other) : new Page<>(items, other, more);
    }
}
