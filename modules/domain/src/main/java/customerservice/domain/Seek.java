package customerservice.domain;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a page begins or ends (keyset paging: by position, never by count, so that a page costs the same however far
 * down it lies and no row is seen twice when others come and go).
 */
public sealed interface Seek<P> {

    static <P> Seek<P> start() {
        return new Start<>();
    }

    static <P> Seek<P> end() {
        return new End<>();
    }

    /** Where it begins or ends; empty for the first page and the last. */
    default Optional<P> place() {
        return switch (this) {
            case Start<P> _,End<P> _ -> Optional.empty();
            case After<P>(P position) -> Optional.of(position);
            case Before<P>(P position) -> Optional.of(position);
        };
    }

    /** Whether rows are sought from the page's end, against the list's order. */
    default boolean backwards() {
        return this instanceof Before || this instanceof End;
    }

    /** What lies on the other side of the position; the same again without one. */
    default Seek<P> opposite() {
        return switch (this) {
            case Start<P> _,End<P> _ -> this;
            case After<P>(P position) -> new Before<>(position);
            case Before<P>(P position) -> new After<>(position);
        };
    }

    /** The first page. */
    record Start<P>() implements Seek<P> {}

    /** The last page. */
    record End<P>() implements Seek<P> {}

    /** The page that follows this position. */
    record After<P>(P position) implements Seek<P> {
        public After {
            Objects.requireNonNull(position, "position");
        }
    }

    /** The page that ends just before this position. */
    record Before<P>(P position) implements Seek<P> {
        public Before {
            Objects.requireNonNull(position, "position");
        }
    }
}
