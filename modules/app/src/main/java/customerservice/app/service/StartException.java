package customerservice.app.service;

/** The service cannot start, for a reason outside of it that the message tells in full. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message, null, false, false);
    }
}
