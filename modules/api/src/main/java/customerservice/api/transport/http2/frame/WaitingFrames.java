package customerservice.api.transport.http2.frame;

import customerservice.api.http.message.ConnectionLostException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** Frames that were put by until somebody can write them, in their order. Holds nothing while there are none. */
final class WaitingFrames {

    /**
     * In bytes. A reset and a window for each request that may be at work are less than half of it; the rest are some 500
     * pings that a peer has sent without reading a byte.
     */
    static final int MAX = 16 * 1_024;

    private static final int FIRST = 64;
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int length;
    private boolean full;

    /**
     * Adds a frame.
     *
     * @param isVoid whether it must not be written after those that were added before
     * @throws ConnectionLostException if there is no room for it, or was none once: the peer has missed one
     */
    synchronized void add(BooleanSupplier isVoid, byte[] frame) {
        if (isVoid.getAsBoolean()) {
            return;
        }
        if (full || length + frame.length > MAX) {
            full = true;
            throw new ConnectionLostException();
        }
        if (length + frame.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(FIRST, Math.min(MAX, 2 * (length + frame.length))));
        }
        System.arraycopy(frame, 0, bytes, length, frame.length);
        length += frame.length;
    }

    synchronized boolean isEmpty() {
        return length == 0;
    }

    /** Whether there was no room for a frame. */
    synchronized boolean isFull() {
        return full;
    }

    /** Takes all; null if there are none. */
    synchronized Batch take() {
        if (length == 0) {
            return null;
        }
        var batch = new Batch(bytes, length);
        bytes = NOTHING;
        length = 0;
        return batch;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Batch(byte[] bytes, int length) {}
}
