package customerservice.api.http.capacity;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * How many requests are served at the same time; whoever finds no slot is refused at once. Tells when slots have ceased to
 * come back, which only a fault can cause: every request has a time limit.
 */
public final class RequestSlots {

    private final Semaphore free;
    private final long patienceNanos;
    private final LongSupplier nanoTime;

    /** When a slot was taken last; of no meaning while there are free ones. */
    private volatile long takenAt;

    /**
     * @param patience how long all slots may be taken without one coming back; longer than any request may take
     * @param nanoTime as {@link System#nanoTime}
     */
    public RequestSlots(int slots, Duration patience, LongSupplier nanoTime) {
        this.free = new Semaphore(slots);
        this.patienceNanos = patience.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Whether there was one; if so, it is to be given back by {@link #release}. */
    public boolean tryAcquire() {
        if (free.availablePermits() == 0) {
            return false;
        }
        // Before it is taken: whoever sees that there is none left sees also since when.
        takenAt = nanoTime.getAsLong();
        return free.tryAcquire();
    }

    public void release() {
        free.release();
    }

    /** Whether all slots have been taken for longer than the patience, and none came back meanwhile. */
    public boolean areStuck() {
        // One that came back and was taken again has moved the time on.
        return free.availablePermits() == 0 && nanoTime.getAsLong() - takenAt > patienceNanos;
    }
}
