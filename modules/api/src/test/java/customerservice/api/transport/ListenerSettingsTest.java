package customerservice.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ListenerSettingsTest {

    private static final long HEAP = 256L * 1_024 * 1_024;

    @Test
    void silentTlsConnectionsTakeHalfOfTheHeapAtMost() {
        assertEquals(1_489, ListenerSettings.overTls(4_096, HEAP));
    }

    @Test
    void fewerTlsConnectionsAreAsConfigured() {
        assertEquals(500, ListenerSettings.overTls(500, HEAP));
    }
}
