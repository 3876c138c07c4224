package customerservice.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ListenerSettingsTest {

    private static final int KIB = 1_024;
    private static final long HEAP = 256L * KIB * KIB;
    private static final long FILES = 65_536;

    @Test
    void connectionsTakeFiveSixteenthsOfTheHeapAtMost() {
        assertEquals(2_560, ListenerSettings.most(10_000, 32 * KIB, HEAP, FILES));
        assertEquals(930, ListenerSettings.most(10_000, 88 * KIB, HEAP, FILES));
    }

    @Test
    void fewerConnectionsAreAsConfigured() {
        assertEquals(500, ListenerSettings.most(500, 88 * KIB, HEAP, FILES));
    }

    @Test
    void connectionsLeaveFilesToOthers() {
        assertEquals(768, ListenerSettings.most(10_000, 32 * KIB, HEAP, 1_024));
        assertEquals(32, ListenerSettings.most(10_000, 32 * KIB, HEAP, 64));
    }

    @Test
    void limitOfOpenFilesIsThatOfTheProcess() {
        long limit = OpenFiles.limit();
        assertTrue(limit >= 64 && limit <= Integer.MAX_VALUE, () -> "limit " + limit);
    }
}
