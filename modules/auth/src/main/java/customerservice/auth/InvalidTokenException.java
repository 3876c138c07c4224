package customerservice.auth;

import java.util.Objects;

/** The access token is not one of ours, or not any more ({@code invalid_token} of RFC 6750, section 3.1). */
public final class InvalidTokenException extends AuthException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public InvalidTokenException(Reason reason) {
        super(reason.detail);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }

    /** Why; for logs and metrics. Only {@link #EXPIRED} and {@link #REVOKED} are of use to an honest client. */
    public enum Reason {
        MALFORMED("is not a JWT in compact form"),
        TOO_LARGE("is too large"),
        WRONG_TYPE("is not of type at+jwt"),
        UNSUPPORTED_HEADER("has a header that is not accepted"),
        UNKNOWN_KEY("is signed with an unknown key"),
        WRONG_ALGORITHM("is signed with another algorithm than its key's"),
        BAD_SIGNATURE("has a signature that does not match"),
        WRONG_ISSUER("comes from another issuer"),
        WRONG_AUDIENCE("is meant for another audience"),
        EXPIRED("has expired"),
        NOT_YET_VALID("is not valid yet"),
        REVOKED("has been revoked"),
        INCOMPLETE("lacks a claim, or has it in another form");

        private final String detail;

        Reason(String detail) {
            this.detail = "the access token " + detail;
        }
    }
}
