package customerservice.app.configuration;

/** A value that its key does not take; the message is worded to follow {@code <place>: <key>: }. */
final class InvalidValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidValueException(String message) {
        super(message, null, false, false);
    }
}
