package customerservice.api.http.capacity;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of answers may wait to be written at the same time, in the whole process. An answer whose client does not
 * read it stays in memory until the write deadline; with enough such clients, it would be more than there is.
 */
public final class AnswerBudget {

    /** Smaller ones are not counted: a socket takes them without waiting for its client. */
    static final int UNCOUNTED = 8 * 1_024;

    /** Larger ones are pages, which leave a quarter to single customers: a change that was made should be answered. */
    static final int PAGE = 256 * 1_024;

    /** A tenth of the heap: connections, requests and the cache of customers have their own shares. */
    public static final AnswerBudget OF_HEAP = new AnswerBudget(Runtime.getRuntime().maxMemory() / 10);

    private final AtomicLong left;
    private final long leftByPages;

    AnswerBudget(long bytes) {
        this.left = new AtomicLong(bytes);
        this.leftByPages = bytes / 4;
    }

    /** Whether there is room for so many bytes; if so, they are to be given back by {@link #giveBack}. */
    public boolean take(int bytes) {
        if (bytes <= UNCOUNTED) {
            return true;
        }
        if (left.addAndGet(-bytes) < (bytes > PAGE ? leftByPages : 0)) {
            left.addAndGet(bytes);
            return false;
        }
        return true;
    }

    public void giveBack(int bytes) {
        if (bytes > UNCOUNTED) {
            left.addAndGet(bytes);
        }
    }

    /** Bytes, for tests. */
    long left() {
        return left.get();
    }
}
