package customerservice.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    private static final DateTimeFormatter MILLIS = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static String written(Instant instant) {
        byte[] out = new byte[Rfc3339.LENGTH];
        Rfc3339.write(instant, out, 0);
        return new String(out, StandardCharsets.US_ASCII);
    }

    @Test
    void timesAreWrittenAsTheJdkWritesThem() {
        var random = new Random(42);
        long from = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
        long to = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        for (int i = 0; i < 100_000; i++) {
            Instant instant = Instant.ofEpochMilli(random.nextLong(from, to));

            assertEquals(MILLIS.format(instant), written(instant));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00.000Z", "2000-02-29T23:59:59.999Z", "1900-02-28T00:00:00.000Z",
        "2100-03-01T12:00:00.001Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"})
    void turnsOfTheCalendarAreKept(String text) {
        assertEquals(text, written(Instant.parse(text)));
    }

    @Test
    void partsOfAMillisecondAreCutOff() {
        assertEquals("2026-11-22T10:00:00.123Z", written(Instant.parse("2026-11-22T10:00:00.123999Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T10:00:00Z", "2026-11-22T10:00:00.5Z", "2026-11-22t10:00:00.123456789z",
        "2026-11-22T12:30:00+02:30", "2026-11-22T00:00:00-10:00"})
    void everyFormOfATimeIsRead(String text) {
        assertEquals(
                Optional.of(java.time.OffsetDateTime.parse(text.toUpperCase(java.util.Locale.ROOT)).toInstant()),
                Rfc3339.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-11-22", "2026-11-22T10:00Z", "2026-11-22 10:00:00Z", "2026-11-22T10:00:00",
        "2026-11-22T10:00:00.Z", "2026-11-22T10:00:00.1234567890Z", "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T10:60:00Z", "2026-11-22T10:00:60Z",
        "2026-11-22T10:00:00+24:00", "2026-11-22T10:00:00+0200", "2026-11-22T10:00:00+02:60",
        "-026-11-22T10:00:00Z", "20a6-11-22T10:00:00Z", "2026-1a-22T10:00:00Z", "+2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00ZZ", "٢٠٢٦-11-22T10:00:00Z"})
    void anythingElseIsNotRead(String text) {
        assertEquals(Optional.empty(), Rfc3339.parse(text));
    }
}
