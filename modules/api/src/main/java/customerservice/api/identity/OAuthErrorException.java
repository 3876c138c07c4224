package customerservice.api.identity;

/** A request that an OAuth endpoint refuses. Carries no stack trace: callers bring it about at will. */
public final class OAuthErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final OAuthError error;

    /** @param description for the client's developer; repeats nothing of the request */
    OAuthErrorException(OAuthError error, String description) {
        super(description, null, false, false);
        this.error = error;
    }

    public OAuthError error() {
        return error;
    }

    public String description() {
        return getMessage();
    }
}
