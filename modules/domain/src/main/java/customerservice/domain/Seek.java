package customerservice.domain;

import java.util.Objects;

/**
 * Where a page begins or ends (keyset paging: by position, never by count, so that a page costs the same however far
 * down it lies and no row is seen twice when others come and go).
 */
public sealed interface Seek<P> {

    static <P> Seek<P> start() {
        return new Start<>();
    }

    record Start<P>() implements Seek<P> {}

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
