package customerservice.api;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/** Pages of what is kept by name. */
final class NamePage {

    private NamePage() {}

    static <T> Page<T> of(NavigableMap<String, T> byName, Seek<String> seek, int limit) {
        NavigableMap<String, T> rest = switch (seek) {
            case Seek.Start<String> _ -> byName;
            case Seek.After<String>(String name) -> byName.tailMap(name, false);
            case Seek.Before<String>(String name) -> byName.headMap(name, false).descendingMap();
        };
        boolean more = rest.size() > limit;
        List<T> items = new ArrayList<>(rest.values()).subList(0, more ? limit : rest.size());
        return switch (seek) {
            case Seek.Start<String> _ -> new Page<>(items, false, more);
            case Seek.After<String> _ -> new Page<>(items, true, more);
            case Seek.Before<String> _ -> new Page<>(items.reversed(), more, true);
        };
    }
}
