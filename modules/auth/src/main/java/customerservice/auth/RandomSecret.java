package customerservice.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * Secrets that are made here and shown once: 256 random bits in 43 characters of base64url. What is kept of one is its
 * SHA-256; nobody guesses such a secret, so a slow hash would protect nothing.
 */
public final class RandomSecret {

    private static final int BYTES = 32;
    private static final int CHARACTERS = 43;

    private RandomSecret() {}

    /** @param random of cryptographic strength */
    public static String next(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether it could be one: anything else is none of ours, and need not be looked for. */
    public static boolean hasForm(String text) {
        if (text.length() != CHARACTERS) {
            return false;
        }
        for (int i = 0; i < CHARACTERS; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /** In 64 lower-case hex digits. */
    public static String hash(String secret) {
        return Sha256.hex(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the same time wherever the two differ. */
    public static boolean matches(String secret, String hash) {
        return MessageDigest.isEqual(
                hash(secret).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }
}
