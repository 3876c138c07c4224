package customerservice.domain.customer;

import java.text.Normalizer;

/**
 * Text as it is kept: in Unicode's normalization form C (UAX #15), so that what looks the same is the same, however it was
 * typed. What is white space and what can be seen goes by lists of characters here, not by the JDK's version of Unicode:
 * {@code openapi.yaml} has the same ones.
 */
public final class NormalizedText {

    /** No character of NFC stands for more characters than this, in whatever way it was spelt. */
    private static final int MAX_SPELLING = 4;

    /** Below it are only characters that stand for themselves and combine with none of each other. */
    private static final char FIRST_COMBINING = '\u0300';

    /**
     * First and last of what leaves no mark on paper, in rising order: white space, controls, what Unicode lets programs
     * ignore if they cannot show it (Default_Ignorable_Code_Point), the pattern of Braille without a dot, and the anchors
     * of annotations.
     */
    private static final int[] INVISIBLE = {
        0x0000, 0x0020,
        0x007F, 0x00A0,
        0x00AD, 0x00AD,
        0x034F, 0x034F,
        0x061C, 0x061C,
        0x115F, 0x1160,
        0x1680, 0x1680,
        0x17B4, 0x17B5,
        0x180B, 0x180F,
        0x2000, 0x200F,
        0x2028, 0x202F,
        0x205F, 0x206F,
        0x2800, 0x2800,
        0x3000, 0x3000,
        0x3164, 0x3164,
        0xFE00, 0xFE0F,
        0xFEFF, 0xFEFF,
        0xFFA0, 0xFFA0,
        0xFFF0, 0xFFFB,
        0x1BCA0, 0x1BCA3,
        0x1D173, 0x1D17A,
        0xE0000, 0xE0FFF
    };

    private NormalizedText() {}

    /**
     * In NFC; as it was given if no spelling of {@code max} characters is so long. Normalising takes the square of the
     * length of a run of combining characters, seconds for as many as fit into a request.
     *
     * @param max the most characters, in code points, that are of use to the caller
     */
    public static String of(String text, int max) {
        return isPlain(text) || isTooLongToSpell(text, max) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** Whether it has more characters than the longest spelling of {@code max} of them. */
    static boolean isTooLongToSpell(String text, int max) {
        return isLonger(text, MAX_SPELLING * max);
    }

    static boolean isLonger(String text, int max) {
        // A string is never shorter in chars than in code points, so most are settled without counting.
        return text.length() > max && text.codePointCount(0, text.length()) > max;
    }

    /** Without Unicode's White_Space at its ends, which is not what {@link String#strip} takes away. */
    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isWhiteSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isWhiteSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean hasVisible(String text) {
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (isVisible(codePoint)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_COMBINING) {
                return false;
            }
        }
        return true;
    }

    static boolean isWhiteSpace(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == '\u0085'
                || c == '\u00A0'
                || c == '\u1680'
                || (c >= '\u2000' && c <= '\u200A')
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u202F'
                || c == '\u205F'
                || c == '\u3000';
    }

    static boolean isVisible(int codePoint) {
        for (int i = 0; i < INVISIBLE.length && codePoint >= INVISIBLE[i]; i += 2) {
            if (codePoint <= INVISIBLE[i + 1]) {
                return false;
            }
        }
        return true;
    }
}
