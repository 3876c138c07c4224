package customerservice.api.transport;

import java.time.Duration;

/**
 * Whether a peer takes what is written to it. It has to take a little at least, on average over a while: long enough for
 * the steps in which the kernel reports progress, and for a slow but honest reader of a long answer. Whoever takes nothing
 * would keep a thread and an answer for as long as it likes.
 */
final class WriteProgress {

    /** What is written at once, and progress is told after. */
    static final int PIECE = 32 * 1_024;

    static final int BYTES_PER_SECOND = 4 * 1_024;

    private final long windowNanos;
    private final double bytesPerNano;

    private volatile boolean writing;
    private volatile long written;

    /** Of whoever asks. */
    private boolean watched;
    private long since;
    private long writtenThen;

    /** @param window over which the average is taken */
    WriteProgress(Duration window, int bytesPerSecond) {
        this.windowNanos = window.toNanos();
        this.bytesPerNano = bytesPerSecond / 1e9;
    }

    /** From now on the peer has something to take. */
    void begins() {
        writing = true;
    }

    /** Only one thread may write at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void wrote(int bytes) {
        written += bytes;
    }

    void ends() {
        writing = false;
    }

    /** To be asked every now and then. */
    synchronized boolean isTooSlow(long now) {
        if (!writing) {
            watched = false;
            return false;
        }
        if (!watched) {
            watch(now);
            return false;
        }
        long nanos = now - since;
        if (nanos < windowNanos) {
            return false;
        }
        boolean slow = written - writtenThen < nanos * bytesPerNano;
        watch(now);
        return slow;
    }

    private void watch(long now) {
        watched = true;
        since = now;
        writtenThen = written;
    }
}
