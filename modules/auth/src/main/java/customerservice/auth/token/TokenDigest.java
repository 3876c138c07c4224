package customerservice.auth.token;

import customerservice.auth.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The SHA-256 of a whole token: stands for it in memory, where the token itself would be a secret to keep. */
final class TokenDigest {

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
        // Characters beyond Latin-1 all become question marks, which no valid token contains.
        return new TokenDigest(ByteBuffer.wrap(Sha256.of(token.getBytes(StandardCharsets.ISO_8859_1))));
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
