package customerservice.domain;

import java.time.Duration;
import java.util.List;

/**
 * Everything that a call into the domain can refuse or fail with; the family is closed so that the one place which
 * turns these into answers is checked by the compiler.
 *
 * <p>Those that a caller can bring about at will carry no stack trace: an attacker should not choose how much we spend.
 */
public abstract sealed class DomainException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private DomainException(String message) {
        super(message, null, false, false);
    }

    private DomainException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What was given breaks the rules. */
    public static final class InvalidInput extends DomainException {
        private static final long serialVersionUID = 1L;

        private final transient List<Violation> violations;

        InvalidInput(List<Violation> violations) {
            super(violations.size() + " violations");
            this.violations = List.copyOf(violations);
        }

        /** At least one, in the order in which they were found. */
        public List<Violation> violations() {
            return violations;
        }
    }

    /** No such customer, or erased. */
    public static final class CustomerNotFound extends DomainException {
        private static final long serialVersionUID = 1L;

        public CustomerNotFound() {
            super("no such customer");
        }
    }

    /** Another customer has this email address; which one is not said. */
    public static final class DuplicateEmail extends DomainException {
        private static final long serialVersionUID = 1L;

        public DuplicateEmail() {
            super("another customer has this email address");
        }
    }

    /** The caller named the version it expected, and the customer has another. */
    public static final class VersionMismatch extends DomainException {
        private static final long serialVersionUID = 1L;

        public VersionMismatch() {
            super("the customer has another version");
        }
    }

    /** Other changes to the same thing kept coming first; trying again is safe. */
    public static final class ConcurrentChange extends DomainException {
        private static final long serialVersionUID = 1L;

        public ConcurrentChange() {
            super("others changed the same at the same time");
        }
    }

    /** The idempotency key was used before, for another request. */
    public static final class IdempotencyKeyReused extends DomainException {
        private static final long serialVersionUID = 1L;

        public IdempotencyKeyReused() {
            super("the idempotency key came before with another request");
        }
    }

    /** The first request with this idempotency key has not ended yet. */
    public static final class IdempotencyKeyInUse extends DomainException {
        private static final long serialVersionUID = 1L;

        public IdempotencyKeyInUse() {
            super("the first request with this idempotency key is still running");
        }
    }

    /** Another user has this name. */
    public static final class DuplicateUsername extends DomainException {
        private static final long serialVersionUID = 1L;

        public DuplicateUsername() {
            super("another user has this name");
        }
    }

    /** No such user. */
    public static final class UserNotFound extends DomainException {
        private static final long serialVersionUID = 1L;

        public UserNotFound() {
            super("no such user");
        }
    }

    /** Without this user nobody could look after users any more. */
    public static final class LastAdmin extends DomainException {
        private static final long serialVersionUID = 1L;

        public LastAdmin() {
            super("this is the last active admin");
        }
    }

    /** Whoever makes the change may not any more: removed, deactivated or demoted since the request was let in. */
    public static final class ActorRevoked extends DomainException {
        private static final long serialVersionUID = 1L;

        public ActorRevoked() {
            super("the actor may not any more");
        }
    }

    /** No such service account. */
    public static final class ServiceAccountNotFound extends DomainException {
        private static final long serialVersionUID = 1L;

        public ServiceAccountNotFound() {
            super("no such service account");
        }
    }

    /** Another service account has this name. */
    public static final class DuplicateServiceAccount extends DomainException {
        private static final long serialVersionUID = 1L;

        public DuplicateServiceAccount() {
            super("another service account has this name");
        }
    }

    /** The store has more to do than it can; this was turned away before it cost anything. */
    public static final class StoreBusy extends DomainException {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        public StoreBusy(Duration retryAfter) {
            super("the store is busy");
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /**
     * The store cannot be reached, did not answer in time, or cannot use its disks. Whether a change was made is not known.
     */
    public static final class StoreUnavailable extends DomainException {
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;
        private final boolean reached;

        public StoreUnavailable(Duration retryAfter, Throwable cause) {
            this(retryAfter, cause, false);
        }

        private StoreUnavailable(Duration retryAfter, Throwable cause, boolean reached) {
            super("the store is unavailable", cause);
            this.retryAfter = retryAfter;
            this.reached = reached;
        }

        /** One that answers, but whose disks are full or fail. */
        public static StoreUnavailable withoutDisks(Duration retryAfter, Throwable cause) {
            return new StoreUnavailable(retryAfter, cause, true);
        }

        /** Whether the store answered: it is then its disks that it cannot use. */
        public boolean isReached() {
            return reached;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }
}
