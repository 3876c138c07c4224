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

    private RandomSecret() {}

    /** @param random of cryptographic strength */
    public static String next(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
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
