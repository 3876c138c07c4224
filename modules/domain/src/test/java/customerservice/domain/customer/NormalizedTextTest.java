package customerservice.domain.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NormalizedTextTest {

    private static final Pattern WHITE_SPACE = Pattern.compile("\\p{IsWhite_Space}");

    @Test
    void whiteSpaceIsWhatUnicodeTakesForIt() {
        List<String> different = new ArrayList<>();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            if (WHITE_SPACE.matcher(Character.toString(c)).matches() != NormalizedText.isWhiteSpace((char) c)) {
                different.add(Integer.toHexString(c));
            }
        }
        assertEquals(List.of(), different);
    }

    @Test
    void noWhiteSpaceCanBeSeen() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            if (NormalizedText.isWhiteSpace((char) c)) {
                assertEquals(false, NormalizedText.isVisible(c), Integer.toHexString(c));
            }
        }
    }

    /** So that it does not matter whether the text is looked at before it is normalised, as by the schema, or after. */
    @Test
    void normalisingMakesNothingVisibleAndHidesNothing() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String given = Character.toString(c);
            assertEquals(
                    NormalizedText.isVisible(c),
                    NormalizedText.hasVisible(Normalizer.normalize(given, Normalizer.Form.NFC)),
                    Integer.toHexString(c));
        }
    }

    @Test
    void noCharacterOfNfcIsSpeltInMoreThanFour() {
        int longest = 0;
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String decomposed = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
            longest = Math.max(longest, decomposed.codePointCount(0, decomposed.length()));
        }
        assertEquals(4, longest);
    }

    @Test
    void whatNoSpellingCouldBeIsNotNormalised() {
        String tooLong = "e\u0301".repeat(81);

        assertSame(tooLong, NormalizedText.of(tooLong, 40));
        assertEquals("\u00e9".repeat(80), NormalizedText.of("e\u0301".repeat(80), 40));
    }
}
