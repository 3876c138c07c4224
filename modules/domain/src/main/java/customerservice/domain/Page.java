package customerservice.domain;

import java.util.List;

/**
 * One page of a longer list, in the list's order whichever way it was sought.
 *
 * <p>It holds at most as many items as were asked for, and ends earlier where their text would come to more than {@link
 * #MAX_CHARACTERS}: a page of the largest items must fit in memory as often as there are readers. It is empty only where
 * the list has nothing more that way.
 */
public record Page<T>(List<T> items, boolean hasPrevious, boolean hasNext) {

    /** The most items that a caller may ask for at once. */
    public static final int MAX_LIMIT = 200;

    /** Of all its items together, in UTF-16 code units; written as JSON, about 1 MiB. */
    public static final int MAX_CHARACTERS = 512 * 1_024;

    public Page {
        items = List.copyOf(items);
    }
}
