package customerservice.api.transport.http1;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What an HTTP/1.1 connection is doing, and since or until when, in one word: so that closing a connection which waits, and
 * beginning a request on it, are decided against each other. Its own thread goes from phase to phase; the timer's thread
 * and that of a drain only ever close.
 */
public final class ConnectionPhase {

    /** In the lowest bits of the word; the others are the time of {@link System#nanoTime}. */
    private static final long KIND = 7;
    private static final long SERVING = 0;
    private static final long WAITING = 1;
    private static final long READING = 2;
    private static final long LINGERING = 3;
    private static final long CLOSED = 4;

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

    /** The last answer is given, and what still comes is thrown away. */
    boolean lingers(long until) {
        return go((until & ~KIND) | LINGERING);
    }

    /** It is the server's turn. */
    public boolean serves() {
        return go(SERVING);
    }

    private boolean go(long next) {
        long current = word.get();
        return (current & KIND) != CLOSED && word.compareAndSet(current, next);
    }

    /** Also if it has lingered for long enough. */
    public boolean closeIfWaiting(long now, long atLeastNanos) {
        long current = word.get();
        long since = now - (current & ~KIND);
        boolean over = switch ((int) (current & KIND)) {
            case (int) WAITING -> since >= atLeastNanos;
            case (int) LINGERING -> since > 0;
            default -> false;
        };
        return over && word.compareAndSet(current, CLOSED);
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
