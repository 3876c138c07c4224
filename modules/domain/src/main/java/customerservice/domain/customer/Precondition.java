package customerservice.domain.customer;

import java.util.Set;

/** What a caller says about the version it means to change (HTTP's If-Match, RFC 9110, section 13.1.1). */
public sealed interface Precondition {

    /** Whatever the version is. */
    Precondition ANY = new Any();

    boolean accepts(long version);

    static Precondition oneOf(Set<Long> versions) {
        return new OneOf(versions);
    }

    /** The only one that accepts every version. */
    record Any() implements Precondition {
        @Override
        public boolean accepts(long version) {
            return true;
        }
    }

    /** Empty when the caller named only tags that this service never gave out. */
    record OneOf(Set<Long> versions) implements Precondition {
        public OneOf {
            versions = Set.copyOf(versions);
        }

        @Override
        public boolean accepts(long version) {
            return versions.contains(version);
        }
    }
}
