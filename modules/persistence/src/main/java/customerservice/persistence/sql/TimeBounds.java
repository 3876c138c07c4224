package customerservice.persistence.sql;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/**
 * Between what a list in order of a time is read: never by two bounds on one side. An index scan begins at the one of them
 * that the server happens to take, and where the other one is narrower, steps over every row in between: the deeper a page
 * lies behind its filter's first time, the more.
 *
 * @param from inclusive, as {@code to} exclusive, in whole milliseconds, which stored times are
 * @param first the position to begin with, as {@code last} to end with, inclusive
 */
public record TimeBounds<P>(Optional<Instant> from, Optional<Instant> to, Optional<P> first, Optional<P> last) {

    /** Of a list in another order. */
    public static TimeBounds<Void> of(Optional<Instant> from, Optional<Instant> to) {
        return new TimeBounds<>(
                from.map(TimeBounds::roundedUp), to.map(TimeBounds::roundedUp), Optional.empty(), Optional.empty());
    }

    /**
     * @param from of the filter, inclusive
     * @param to of the filter, exclusive
     * @param place where the page begins
     * @param descending whether it is read from there towards earlier times
     */
    public static <P> TimeBounds<P> of(
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<P> place,
            boolean descending,
            Function<P, Instant> time) {
        Optional<Instant> least = from.map(TimeBounds::roundedUp);
        Optional<Instant> most = to.map(TimeBounds::roundedUp);
        if (place.isEmpty()) {
            return new TimeBounds<>(least, most, Optional.empty(), Optional.empty());
        }
        Instant at = time.apply(place.get());
        if (descending) {
            return most.isPresent() && !most.get().isAfter(at)
                    ? new TimeBounds<>(least, most, Optional.empty(), Optional.empty())
                    : new TimeBounds<>(least, Optional.empty(), Optional.empty(), place);
        }
        return least.isPresent() && least.get().isAfter(at)
                ? new TimeBounds<>(least, most, Optional.empty(), Optional.empty())
                : new TimeBounds<>(Optional.empty(), most, place, Optional.empty());
    }

    /** What is at or after a time, or before it, of times in whole milliseconds, is so for this one. */
    private static Instant roundedUp(Instant time) {
        Instant millis = Parameters.within(time).truncatedTo(ChronoUnit.MILLIS);
        return millis.isBefore(time) && millis.isBefore(Parameters.LATEST) ? millis.plusMillis(1) : millis;
    }
}
