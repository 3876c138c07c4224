package customerservice.auth;

/**
 * Everything that a call into this module can refuse; the family is closed so that the one place which turns these into
 * answers is checked by the compiler.
 *
 * <p>No message repeats what was given, and none carries a stack trace: an attacker should not choose how much we spend.
 */
public abstract sealed class AuthException extends RuntimeException
        permits InvalidTokenException, InvalidCredentialsException, HashingBusyException, AttemptDelayedException,
        InvalidClientException, InvalidGrantException, InvalidScopeException {

    private static final long serialVersionUID = 1L;

    AuthException(String message) {
        super(message, null, false, false);
    }
}
