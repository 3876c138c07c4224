package customerservice.persistence.schema;

import java.util.Objects;

/** The schema could not be brought up to date; the message says why, and where someone has to act, how. */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MigrationException(String message) {
        super(Objects.requireNonNull(message, "message"));
    }

    MigrationException(String message, Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
    }
}
