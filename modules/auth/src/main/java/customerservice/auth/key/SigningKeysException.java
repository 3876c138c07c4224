package customerservice.auth.key;

import java.io.IOException;

/**
 * The signing keys cannot be used. Says where and why, and never repeats a value: it might be a secret. The cause is an
 * {@link IOException} where they could not be read, which may be over soon.
 */
public final class SigningKeysException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SigningKeysException(String message) {
        super(message);
    }

    SigningKeysException(String message, IOException cause) {
        super(message, cause);
    }
}
