package customerservice.auth;

/** A scope was asked for that is not known, or not granted ({@code invalid_scope}, RFC 6749, section 5.2). */
public final class InvalidScopeException extends AuthException {
    private static final long serialVersionUID = 1L;

    public InvalidScopeException() {
        super("a scope is unknown or not granted");
    }
}
