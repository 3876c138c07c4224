package customerservice.auth.password;

import java.nio.CharBuffer;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * A password as bytes: UTF-8 of its NFC form, so that the same characters typed on another system are the same password
 * (RFC 8265, section 4.2). Leaves no copy behind that cannot be wiped, except of passwords that are not in NFC.
 */
final class PasswordBytes {

    /** In code points, before they are normalised. */
    static final int MAX_CHARACTERS = 256;

    private PasswordBytes() {}

    /**
     * Whether it is as short as a password may be. To be asked first: normalising takes the square of the length of a run
     * of combining characters, seconds for as many as fit into a request.
     */
    static boolean fits(char[] password) {
        return Character.codePointCount(password, 0, password.length) <= MAX_CHARACTERS;
    }

    /** @throws IllegalArgumentException if it does not {@link #fits fit} */
    static byte[] of(char[] password) {
        if (!fits(password)) {
            throw new IllegalArgumentException("longer than " + MAX_CHARACTERS + " characters");
        }
        if (Normalizer.isNormalized(CharBuffer.wrap(password), Normalizer.Form.NFC)) {
            return utf8(password);
        }
        char[] normalized = Normalizer.normalize(CharBuffer.wrap(password), Normalizer.Form.NFC).toCharArray();
        byte[] bytes = utf8(normalized);
        Arrays.fill(normalized, '\0');
        return bytes;
    }

    /**
     * The JDK's encoders leave copies in buffers that are out of reach, and make a question mark of half a surrogate
     * pair; here it becomes three bytes that nothing else becomes.
     */
    private static byte[] utf8(char[] password) {
        byte[] bytes = new byte[3 * password.length];
        int at = 0;
        for (int i = 0; i < password.length; i++) {
            int c = password[i];
            if (i + 1 < password.length && Character.isSurrogatePair(password[i], password[i + 1])) {
                c = Character.toCodePoint(password[i], password[++i]);
                bytes[at++] = (byte) (0xF0 | (c >> 18));
                bytes[at++] = (byte) (0x80 | ((c >> 12) & 0x3F));
                bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xC0 | (c >> 6));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            } else {
                bytes[at++] = (byte) (0xE0 | (c >> 12));
                bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        byte[] exact = Arrays.copyOf(bytes, at);
        Arrays.fill(bytes, (byte) 0);
        return exact;
    }
}
