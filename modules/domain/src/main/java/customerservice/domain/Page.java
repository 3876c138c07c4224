package customerservice.domain;

import java.util.List;

/** One page of a longer list, in the list's order whichever way it was sought. */
public record Page<T>(List<T> items, boolean hasPrevious, boolean hasNext) {

    /** The most items that a caller may ask for at once. */
    public static final int MAX_LIMIT = 200;

    public Page {
        items = List.copyOf(items);
    }
}
