package customerservice.api.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WriteProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private final WriteProgress progress = new WriteProgress(Duration.ofSeconds(10), 1_000);

    /** Asked once a second, from one second up to and including another. */
    private boolean isTooSlow(int from, int to, int bytesPerSecond) {
        boolean slow = false;
        for (int second = from; second <= to; second++) {
            progress.wrote(bytesPerSecond);
            slow |= progress.isTooSlow(second * SECOND);
        }
        return slow;
    }

    @Test
    void peerThatTakesNothingIsTooSlowAfterAWhile() {
        progress.begins();

        assertFalse(isTooSlow(1, 10, 0));
        assertTrue(isTooSlow(11, 11, 0));
    }

    @Test
    void peerThatTakesALittleIsTooSlow() {
        progress.begins();

        assertTrue(isTooSlow(1, 11, 900));
    }

    @Test
    void peerThatTakesEnoughMayTakeForEver() {
        progress.begins();

        assertFalse(isTooSlow(1, 1_000, 1_100));
    }

    @Test
    void peerThatStopsIsTooSlowFromThenOn() {
        progress.begins();

        assertFalse(isTooSlow(1, 21, 1_000_000));
        assertTrue(isTooSlow(22, 41, 0));
    }

    /** The kernel takes much at once, then nothing for a while. */
    @Test
    void stepsAreTakenForTheirAverage() {
        progress.begins();

        for (int second = 1; second < 100; second += 10) {
            progress.wrote(12_000);
            assertFalse(isTooSlow(second, second + 9, 0));
        }
    }

    @Test
    void timeInWhichNothingIsWrittenDoesNotCount() {
        progress.begins();
        isTooSlow(1, 8, 0);
        progress.ends();
        isTooSlow(9, 9, 0);
        progress.begins();

        assertFalse(isTooSlow(10, 19, 0));
    }
}
