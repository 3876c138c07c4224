package customerservice.auth.delay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnsTest {

    private static final Instant START = Instant.parse("2026-11-23T10:00:00.250Z");

    private final Turns turns = new Turns(Duration.ofMinutes(15), Duration.ofMinutes(1));

    @ParameterizedTest
    @ValueSource(strings = {"ada", "bob 192.0.2.7", "", "polygenelubricants"})
    void everybodyHasOneTurnInEveryPeriod(String whose) {
        int seconds = 0;
        for (int i = 0; i < 900; i++) {
            seconds += turns.left(whose, START.plusSeconds(i)).isZero() ? 1 : 0;
        }

        assertEquals(60, seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "bob 192.0.2.7", "", "polygenelubricants"})
    void whoeverWaitsAsLongAsHeIsToldHasIt(String whose) {
        for (int i = 0; i < 900; i++) {
            Instant now = START.plusSeconds(i);
            Duration left = turns.left(whose, now);

            assertTrue(left.compareTo(Duration.ofMinutes(14)) <= 0, left::toString);
            assertEquals(Duration.ZERO, turns.left(whose, now.plus(left)));
        }
    }

    @Test
    void turnsAreSpreadOverThePeriod() {
        Set<Duration> different = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            different.add(turns.left("user" + i, START));
        }

        assertEquals(15, different.size());
    }
}
