package customerservice.api.transport.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ConnectionPhaseTest {

    private static final long NOW = 1_000_000;

    private final ConnectionPhase phase = new ConnectionPhase(NOW);

    @Test
    void waitingConnectionIsClosedAfterItsTimeOnly() {
        assertFalse(phase.closeIfWaiting(NOW + 99, 104));
        assertTrue(phase.closeIfWaiting(NOW + 104, 104));
        assertFalse(phase.serves());
        assertFalse(phase.waits(NOW));
        assertFalse(phase.reads(NOW));
    }

    @Test
    void connectionThatServesIsNotClosed() {
        assertTrue(phase.serves());

        assertFalse(phase.closeIfWaiting(NOW + 1_000, 0));
        assertFalse(phase.closeIfLate(NOW + 1_000));
        assertTrue(phase.waits(NOW + 1_000));
    }

    @Test
    void lateSenderIsCutOff() {
        assertTrue(phase.reads(NOW + 104));

        assertFalse(phase.closeIfWaiting(NOW + 1_000, 0));
        assertFalse(phase.closeIfLate(NOW + 104));
        assertTrue(phase.closeIfLate(NOW + 112));
        assertFalse(phase.serves());
    }

    @Test
    void lingeringConnectionIsClosedAfterItsTimeWhateverOthersWait() {
        assertTrue(phase.lingers(NOW + 100));

        assertFalse(phase.closeIfLate(NOW + 1_000));
        assertFalse(phase.closeIfWaiting(NOW + 96, 0));
        assertTrue(phase.closeIfWaiting(NOW + 104, Long.MAX_VALUE));
    }

    /** Seen from both sides, each time exactly one of them wins. */
    @Test
    void closingAndBeginningExcludeEachOther() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            var connection = new ConnectionPhase(NOW);
            var together = new CountDownLatch(1);
            var begun = new AtomicBoolean();
            Thread serving = Thread.ofPlatform().start(() -> {
                try {
                    together.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                begun.set(connection.serves());
            });
            together.countDown();
            boolean closed = connection.closeIfWaiting(NOW, 0);
            serving.join();

            assertEquals(closed, !begun.get());
        }
    }
}
