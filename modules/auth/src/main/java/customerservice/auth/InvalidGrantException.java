package customerservice.auth;

/** The refresh token is not good, whyever ({@code invalid_grant}, RFC 6749, section 5.2). */
public final class InvalidGrantException extends AuthException {
    private static final long serialVersionUID = 1L;

    public InvalidGrantException() {
        super("the refresh token is not valid");
    }
}
