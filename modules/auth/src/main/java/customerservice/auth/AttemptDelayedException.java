package customerservice.auth;

import java.time.Duration;
import java.util.Objects;

/** Too many attempts have failed lately; this one came too early. */
public final class AttemptDelayedException extends AuthException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public AttemptDelayedException(Duration retryAfter) {
        super("too many attempts have failed");
        this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
    }

    /** After which an attempt is looked at again; more than zero. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
