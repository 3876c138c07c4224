package customerservice.auth.key;

import java.math.BigInteger;
import java.util.Base64;

/** Positive numbers as JWKs hold them: big-endian, in base64url without padding (RFC 7518, section 2). */
final class Base64UrlUInt {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64UrlUInt() {}

    /** In as few bytes as it takes. */
    static String of(BigInteger value) {
        return of(value, (value.bitLength() + 7) / 8);
    }

    /** In so many bytes, with leading zeros, as the coordinates of a point are (RFC 7518, section 6.2.1.2). */
    static String of(BigInteger value, int length) {
        byte[] bytes = value.toByteArray(); // may have one more byte, for the sign
        byte[] exact = new byte[length];
        int used = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - used, exact, length - used, used);
        return ENCODER.encodeToString(exact);
    }
}
