package customerservice.auth;

import java.time.Duration;
import java.util.Objects;

/** Too many sign-ins have failed; this one was refused before its password was looked at. */
public final class SignInDelayedException extends AuthException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public SignInDelayedException(Duration retryAfter) {
        super("too many sign-ins have failed");
        this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
    }

    /** After which an attempt is looked at again; more than zero. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
