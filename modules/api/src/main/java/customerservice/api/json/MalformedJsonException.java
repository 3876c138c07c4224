package customerservice.api.json;

/** The text is not a JSON object as this service takes it. Carries no stack trace: callers bring it about at will. */
public final class MalformedJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    /** @param pointer to the value at which reading ended, as far as known (RFC 6901) */
    MalformedJsonException(String pointer, String message) {
        super(message, null, false, false);
        this.pointer = pointer;
    }

    public String pointer() {
        return pointer;
    }
}
