package customerservice.api;

/** A request that an OAuth endpoint refuses. Carries no stack trace: callers bring it about at will. */
final class OAuthErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final OAuthError error;

    /** @param description for the client's developer; repeats nothing of the request */
    OAuthErrorException(OAuthError error, String description) {
        super(description, null, false, false);
        this.error = error;
    }

    OAuthError error() {
        return error;
    }

    String description() {
        return getMessage();
    }
}
