package customerservice.api.transport.http2.frame;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.ConnectionLostException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Takes a connection's bytes apart into frames (RFC 9113, section 4.1). Holds nothing once everything is read, and of a
 * frame that comes in parts no more than has come: a connection that waits costs no buffer.
 */
public final class FrameReader {

    private static final byte[] NOTHING = {};

    private final Supplier<byte[]> source;
    private final ByteBudget budget;
    private byte[] bytes;
    private int start;
    private int end;
    private int budgeted;

    private int left;
    private int length;
    private int type;
    private int flags;
    private int streamId;

    /**
     * @param first what was read before
     * @param source waits for the next bytes; null when there will be no more
     */
    public FrameReader(byte[] first, Supplier<byte[]> source, ByteBudget budget) {
        this.bytes = first;
        this.end = first.length;
        this.source = source;
        this.budget = budget;
    }

    /** Whether all of the last frame was taken, and nothing has come of the next. */
    public boolean isBetweenFrames() {
        return left == 0 && start == end;
    }

    /** Waits until any bytes have come. False if none will. */
    public boolean needAny() {
        return need(1);
    }

    private boolean need(int count) {
        while (end - start < count) {
            byte[] piece = source.get();
            if (piece == null) {
                return false;
            }
            append(piece);
        }
        return true;
    }

    private void append(byte[] piece) {
        int available = end - start;
        if (available == 0) {
            bytes = piece;
            start = 0;
            end = piece.length;
            return;
        }
        if (bytes.length - end < piece.length) {
            grow(Math.max(available + piece.length, 2 * available));
        }
        System.arraycopy(piece, 0, bytes, end, piece.length);
        end += piece.length;
    }

    private void grow(int capacity) {
        if (capacity > budgeted) {
            if (!budget.take(capacity - budgeted)) {
                throw new ConnectionErrorException(ErrorCode.ENHANCE_YOUR_CALM, "Too many frames in parts at once");
            }
            budgeted = capacity;
        }
        int available = end - start;
        bytes = Arrays.copyOfRange(bytes, start, start + capacity);
        start = 0;
        end = available;
    }

    /** Takes the connection preface, which is known to have come. */
    public void skipPreface(int count) {
        take(count);
    }

    private void take(int count) {
        start += count;
        if (start == end) {
            clear();
        }
    }

    /** Whether all of the frame whose head was read last is there as soon as so many bytes more are. */
    public boolean isWholeWith(int more) {
        return end - start + more >= left;
    }

    /** Forgets what has come. */
    public void clear() {
        bytes = NOTHING;
        start = 0;
        end = 0;
        budget.giveBack(budgeted);
        budgeted = 0;
    }

    /**
     * Waits for the head of the next frame and takes it; the payload comes next.
     *
     * @return false if there will be no more frames
     */
    public boolean head() {
        if (!need(Frames.HEAD)) {
            return false;
        }
        length = number(0) >>> 8;
        type = bytes[start + 3] & 0xFF;
        flags = bytes[start + 4];
        streamId = number(5) & Frames.MAX_STREAM_ID;
        left = length;
        take(Frames.HEAD);
        return true;
    }

    /**
     * Waits for so much of the payload.
     *
     * @throws ConnectionLostException if it does not come
     */
    public void needPayload(int count) {
        if (!need(count)) {
            throw new ConnectionLostException();
        }
    }

    /** Waits for any of the payload; how much there is, up to a maximum. */
    public int piece(int max) {
        needPayload(1);
        return Math.min(max, end - start);
    }

    /** Takes so much of the payload, which has come. */
    public void skip(int count) {
        left -= count;
        take(count);
    }

    /** Takes what is left of the payload. */
    public void skipPayload() {
        while (left > 0) {
            skip(piece(left));
        }
    }

    /** How much of the payload was not taken yet. */
    public int left() {
        return left;
    }

    /** Four bytes, {@code offset} behind the next one, as a number. */
    public int number(int offset) {
        int at = start + offset;
        return (bytes[at] << 24)
                | ((bytes[at + 1] & 0xFF) << 16)
                | ((bytes[at + 2] & 0xFF) << 8)
                | (bytes[at + 3] & 0xFF);
    }

    public int octet(int offset) {
        return bytes[start + offset] & 0xFF;
    }

    /** Holds the next byte at {@link #start()}. */
    public byte[] bytes() {
        return bytes;
    }

    public int start() {
        return start;
    }

    /** Of the payload of the frame whose head was read last. */
    public int length() {
        return length;
    }

    public int type() {
        return type;
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    public int streamId() {
        return streamId;
    }
}
