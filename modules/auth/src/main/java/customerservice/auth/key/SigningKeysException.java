package customerservice.auth.key;

/** The signing keys cannot be used. Says where and why, and never repeats a value: it might be a secret. */
public final class SigningKeysException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SigningKeysException(String message) {
        super(message);
    }
}
