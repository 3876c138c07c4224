package customerservice.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonOutputTest {

    private final JsonOutput out = new JsonOutput(16);

    private String text() {
        return new String(out.array(), out.start(), out.length(), StandardCharsets.UTF_8);
    }

    @Test
    void plainTextIsQuoted() {
        out.string("Ada Lovelace");

        assertEquals("\"Ada Lovelace\"", text());
    }

    @Test
    void quotesBackslashesAndControlsAreEscaped() {
        out.string("a\"b\\c\n\u0000\u001f\u007f");

        assertEquals("\"a\\\"b\\\\c\\u000a\\u0000\\u001f\\u007f\"", text());
    }

    @Test
    void textBeyondAsciiIsUtf8() {
        out.string("é€李\uD83D\uDE00");

        assertEquals("\"é€李\uD83D\uDE00\"", text());
    }

    @Test
    void halfOfAPairIsReplaced() {
        out.string("a\uD83D").string("\uDE00b").string("\uD83Dx");

        assertEquals("\"a\uFFFD\"\"\uFFFDb\"\"\uFFFDx\"", text());
    }

    @Test
    void numbersAreWrittenWhole() {
        out.number(0).raw(',').number(9).raw(',').number(10).raw(',').number(Long.MAX_VALUE).raw(',').number(-12);

        assertEquals("0,9,10,9223372036854775807,-12", text());
    }

    @Test
    void largeTextTakesLittleMoreThanItHas() {
        for (int i = 0; i < 110_000; i++) {
            out.raw("0123456789".getBytes(StandardCharsets.US_ASCII));
        }

        assertEquals(1_100_000, out.length());
        assertTrue(out.capacity() < 1_376_000, () -> "capacity " + out.capacity());
    }

    @Test
    void idIsWrittenAsTheJdkWritesIt() {
        UUID id = UUID.fromString("0192f0c1-7c5e-7d42-8d3c-2f9f3a1b5c6d");

        out.uuid(id);

        assertEquals("\"" + id + "\"", text());
    }

    @Test
    void bufferGrows() {
        String long1 = "x".repeat(10_000);
        String long2 = "€".repeat(10_000);

        out.string(long1).string(long2);

        assertEquals("\"" + long1 + "\"\"" + long2 + "\"", text());
    }

    @Test
    void bufferIsUsedAgain() {
        out.string("x".repeat(50_000));
        out.clear().string("y");

        assertEquals("\"y\"", text());
    }
}
