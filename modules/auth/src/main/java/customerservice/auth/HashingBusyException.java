package customerservice.auth;

import java.time.Duration;
import java.util.Objects;

/** So many passwords are being hashed that this one was turned away; trying again is safe. */
public final class HashingBusyException extends AuthException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public HashingBusyException(Duration retryAfter) {
        super("too many passwords are being checked at once");
        this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
