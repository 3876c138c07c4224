package customerservice.api.http.capacity;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes all clients together may have here of one kind. What each may have is bounded on its own; that bound times
 * the number of clients is more than the heap.
 */
public final class ByteBudget {

    private final AtomicLong left;

    public ByteBudget(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** A twelfth of what the heap may grow to: for what connections have received of requests, and nobody has taken yet. */
    public static ByteBudget ofReceived() {
        return new ByteBudget(Runtime.getRuntime().maxMemory() / 12);
    }

    /** A sixteenth of what the heap may grow to: for bodies, from their first byte until they are answered. */
    public static ByteBudget ofBodies() {
        return new ByteBudget(Runtime.getRuntime().maxMemory() / 16);
    }

    /** False if there are not so many left; then nothing is taken. */
    public boolean take(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    public void giveBack(long bytes) {
        left.addAndGet(bytes);
    }

    public long left() {
        return left.get();
    }
}
