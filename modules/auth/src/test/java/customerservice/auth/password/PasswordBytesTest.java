package customerservice.auth.password;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordBytesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain ASCII 123 ~", "\u007f\u0080\u07ff\u0800\uffff", "\u00e9\u20ac",
        "\ud83d\ude00\udbff\udfff"})
    void wellFormedTextBecomesUtf8(String text) {
        assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), PasswordBytes.of(text.toCharArray()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "e\u0301", "\u0301", "\ud83d\ude00"})
    void moreThan256CharactersAreNotEvenNormalised(String character) {
        char[] longest = character.repeat(256 / character.codePointCount(0, character.length())).toCharArray();
        char[] longer = (new String(longest) + character).toCharArray();
        PasswordBytes.of(longest);
        assertThrows(IllegalArgumentException.class, () -> PasswordBytes.of(longer));
    }
}
