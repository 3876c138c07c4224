package customerservice.auth;

/** No such service account, or another secret: which of these, nobody is told ({@code invalid_client}, RFC 6749, 5.2). */
public final class InvalidClientException extends AuthException {
    private static final long serialVersionUID = 1L;

    public InvalidClientException() {
        super("the client is unknown or its secret is wrong");
    }
}
