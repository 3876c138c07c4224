package customerservice.domain.customer;

import java.util.Set;

/** On which versions of a customer a request may be performed (RFC 9110, section 13.1). */
public sealed interface Precondition {

    /** Whatever the version is. */
    Precondition ANY = new Any();

    /** On no version: the request was only meant for a customer that is not there. */
    Precondition NONE = new OneOf(Set.of());

    boolean accepts(long version);

    /** If-Match: one of these. */
    static Precondition oneOf(Set<Long> versions) {
        return new OneOf(versions);
    }

    /** If-None-Match: none of these. */
    static Precondition noneOf(Set<Long> versions) {
        return new NoneOf(versions);
    }

    /** What both accept. */
    static Precondition both(Precondition first, Precondition second) {
        return new Both(first, second);
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

    record NoneOf(Set<Long> versions) implements Precondition {
        public NoneOf {
            versions = Set.copyOf(versions);
        }

        @Override
        public boolean accepts(long version) {
            return !versions.contains(version);
        }
    }

    record Both(Precondition first, Precondition second) implements Precondition {
        @Override
        public boolean accepts(long version) {
            return first.accepts(version) && second.accepts(version);
        }
    }
}
