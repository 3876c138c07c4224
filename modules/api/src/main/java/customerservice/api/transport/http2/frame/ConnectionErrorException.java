package customerservice.api.transport.http2.frame;

/** The peer broke a rule that ends the connection (RFC 9113, section 5.4.1). It causes that at will: no stack trace. */
public final class ConnectionErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public ConnectionErrorException(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
