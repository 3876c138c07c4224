package customerservice.api.transport.http1;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What an HTTP/1.1 connection is doing, and since or until when, in one word: so that closing a connection which waits, and
 * beginning a request on it, are decided against each other. Its own thread goes from phase to phase; the timer's thread
 * and that of a drain only ever close.
 */
public final class ConnectionPhase {

    /** In the lowest bits of the word; the others are the time of {@link System#nanoTime}. */
    private static final long KIND = 3;
    private static final long SERVING = 0;
    private static final long WAITING = 1;
    private static final long READING = 2;
    private static final long CLOSED = 3;

    private final AtomicLong word;

    /** Waiting. */
    public ConnectionPhase(long now) {
        word = new AtomicLong((now & ~KIND) | WAITING);
    }

    /** Nothing has come since the last answer. False if the connection has been closed meanwhile, as with all others. */
    boolean waits(long now) {
        return go((now & ~KIND) | WAITING);
    }

    /** A request has begun, and its next part has to come in time. */
    public boolean reads(long deadline) {
        return go((deadline & ~KIND) | READING);
    }

    /** It is the server's turn. */
    public boolean serves() {
        return go(SERVING);
    }

    private boolean go(long next) {
        long current = word.get();
        return (current & KIND) != CLOSED && word.compareAndSet(current, next);
    }

    public boolean closeIfWaiting(long now, long atLeastNanos) {
        long current = word.get();
        return (current & KIND) == WAITING
                && now - (current & ~KIND) >= atLeastNanos
                && word.compareAndSet(current, CLOSED);
    }

    public boolean closeIfLate(long now) {
        long current = word.get();
        return (current & KIND) == READING
                && now - (current & ~KIND) > 0
                && word.compareAndSet(current, CLOSED);
    }

    public void close() {
        word.set(CLOSED);
    }
}
