package customerservice.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedUuidTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");
    private final SplittableRandom random = new SplittableRandom(1);

    private UUID at(Instant instant) {
        return TimeOrderedUuid.next(Clock.fixed(instant, ZoneOffset.UTC), random);
    }

    @Test
    void versionIs7AndVariantIsTheRfcs() {
        UUID uuid = at(NOW);
        assertEquals(7, uuid.version());
        assertEquals(2, uuid.variant());
    }

    @Test
    void first48BitsAreTheMilliseconds() {
        assertEquals(NOW.toEpochMilli(), at(NOW).getMostSignificantBits() >>> 16);
    }

    @Test
    void laterOnesSortLater() {
        assertTrue(at(NOW).toString().compareTo(at(NOW.plusMillis(1)).toString()) < 0);
    }

    @Test
    void twoOfOneMillisecondDiffer() {
        assertNotEquals(at(NOW), at(NOW));
    }

    @Test
    void theOther74BitsAreRandom() {
        long high = 0;
        long low = 0;
        UUID first = at(NOW);
        for (int i = 0; i < 200; i++) {
            UUID other = at(NOW);
            high |= first.getMostSignificantBits() ^ other.getMostSignificantBits();
            low |= first.getLeastSignificantBits() ^ other.getLeastSignificantBits();
        }

        assertEquals(0x0FFFL, high);
        assertEquals(0x3FFF_FFFF_FFFF_FFFFL, low);
    }
}
