package customerservice.api.http.message;

/** The client has gone, or its connection was cut: nobody is left to answer. Carries no stack trace; it happens all day. */
public final class ConnectionLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConnectionLostException() {
        this(null);
    }

    /** @param cause what reading or writing failed with; may be null */
    public ConnectionLostException(Throwable cause) {
        super("The connection is lost", cause, false, false);
    }
}
