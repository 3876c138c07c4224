package customerservice.api.http.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes {@code application/x-www-form-urlencoded} strictly: well-formed percent-encoding of UTF-8, and nothing beyond
 * visible ASCII that is not encoded. A plus sign is a space, as HTML forms and most clients have it.
 */
public final class FormEncoding {

    private FormEncoding() {}

    /** Empty if it is not of that form. */
    public static Optional<String> decode(String text) {
        var bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F) {
                return Optional.empty();
            } else if (c == '%') {
                int high = i + 2 < text.length() ? hexDigit(text.charAt(i + 1)) : -1;
                int low = high < 0 ? -1 : hexDigit(text.charAt(i + 2));
                if (low < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else {
                bytes.put((byte) (c == '+' ? ' ' : c));
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** ASCII's only; other alphabets have digits too. */
    private static int hexDigit(char c) {
        return c < 0x7F ? Character.digit(c, 16) : -1;
    }
}
