package customerservice.api.transport.http2.frame;

/** The peer broke a rule that ends one stream (RFC 9113, section 5.4.2). It causes that at will: no stack trace. */
public final class StreamErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public StreamErrorException(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
