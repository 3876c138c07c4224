package customerservice.api.http.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class RequestSlotsTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // which soon overflows, as nanoTime may
    private final RequestSlots slots = new RequestSlots(2, Duration.ofSeconds(20), nanos::get);

    @Test
    void noMoreSlotsAreGivenOutThanThereAre() {
        exhaust();
        assertFalse(slots.tryAcquire());
    }

    @Test
    void releasedSlotIsGivenOutAgain() {
        exhaust();
        slots.release();
        assertTrue(slots.tryAcquire());
    }

    @Test
    void exhaustedSlotsAreNotStuckAtOnce() {
        exhaust();
        pass(20);
        assertFalse(slots.areStuck());
    }

    @Test
    void slotsThatDoNotComeBackAreStuck() {
        exhaust();
        pass(21);
        assertTrue(slots.areStuck());
    }

    /** Whoever takes the last slot asks for the time, and so does this, at each of his steps. */
    @Test
    void slotsThatAreBeingTakenAreNotStuck() {
        List<Boolean> stuck = new ArrayList<>();
        var taken = new AtomicReference<RequestSlots>();
        taken.set(new RequestSlots(1, Duration.ofSeconds(20), () -> {
            RequestSlots slots = taken.getAndSet(null);
            if (slots != null) {
                stuck.add(slots.areStuck());
                taken.set(slots);
            }
            return nanos.get();
        }));
        RequestSlots last = taken.get();
        last.tryAcquire();
        last.release();
        pass(3_600);
        stuck.clear();

        assertTrue(last.tryAcquire());

        assertEquals(List.of(false), stuck);
    }

    @Test
    void slotsThatComeBackEveryNowAndThenAreNotStuck() {
        exhaust();
        for (int i = 0; i < 5; i++) {
            pass(15);
            slots.release();
            assertTrue(slots.tryAcquire());
            assertFalse(slots.areStuck());
        }
    }

    @Test
    void freeSlotIsEnoughNotToBeStuck() {
        slots.tryAcquire();
        pass(3_600);
        assertFalse(slots.areStuck());
    }

    @Test
    void stuckSlotsThatComeBackAfterAllAreNotStuckAnyMore() {
        exhaust();
        pass(21);
        slots.release();
        assertFalse(slots.areStuck());
        slots.tryAcquire();
        assertFalse(slots.areStuck());
    }

    private void exhaust() {
        slots.tryAcquire();
        slots.tryAcquire();
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
