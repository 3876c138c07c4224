package customerservice.api.http.capacity;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes all connections together may hold of what clients have sent and nobody has taken yet. What each may hold
 * is bounded on its own; that bound times the number of connections is more than the heap.
 */
public final class ByteBudget {

    private final AtomicLong left;

    public ByteBudget(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** A twelfth of what the heap may grow to. */
    public static ByteBudget ofHeap() {
        return new ByteBudget(Runtime.getRuntime().maxMemory() / 12);
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
