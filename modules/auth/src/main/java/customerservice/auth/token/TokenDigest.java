package customerservice.auth.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a whole token: stands for it in memory, where the token itself would be a secret to keep. */
final class TokenDigest {

    private static final MessageDigest SHA_256 = sha256();

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private TokenDigest(ByteBuffer digest) {
        this.first = digest.getLong();
        this.second = digest.getLong();
        this.third = digest.getLong();
        this.fourth = digest.getLong();
    }

    static TokenDigest of(String token) {
        try {
            // Characters beyond Latin-1 all become question marks, which no valid token contains.
            byte[] bytes = token.getBytes(StandardCharsets.ISO_8859_1);
            return new TokenDigest(ByteBuffer.wrap(((MessageDigest) SHA_256.clone()).digest(bytes)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenDigest digest
                && first == digest.first
                && second == digest.second
                && third == digest.third
                && fourth == digest.fourth;
    }

    /** Any 32 bits of a SHA-256 are as good as any others. */
    @Override
    public int hashCode() {
        return (int) first;
    }
}
