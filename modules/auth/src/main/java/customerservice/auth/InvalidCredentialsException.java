package customerservice.auth;

/** No such user, another password, or a user who may not sign in: which of these, nobody is told. */
public final class InvalidCredentialsException extends AuthException {
    private static final long serialVersionUID = 1L;

    public InvalidCredentialsException() {
        super("the username or the password is wrong");
    }
}
