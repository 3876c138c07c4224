package customerservice.api.transport.http2;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.transport.http2.frame.Frames;
import java.util.Arrays;

/**
 * What has come of a stream's content and was not read yet, in one piece: as many single bytes, each in a frame and object
 * of its own, would cost many times their number. Guarded by the connection's lock.
 */
final class ReceivedData {

    private static final byte[] NOTHING = {};

    private final ByteBudget budget;
    private byte[] bytes = NOTHING;
    private int start;
    private int end;

    ReceivedData(ByteBudget budget) {
        this.budget = budget;
    }

    int available() {
        return end - start;
    }

    /** False if there is no room for it. */
    boolean add(byte[] data, int from, int count) {
        int available = end - start;
        if (bytes.length - end < count) {
            int capacity = Math.max(available + count, Math.min(2 * available, Frames.INITIAL_WINDOW));
            if (capacity > bytes.length) {
                if (!budget.take(capacity - bytes.length)) {
                    return false;
                }
                bytes = Arrays.copyOfRange(bytes, start, start + capacity);
            } else {
                System.arraycopy(bytes, start, bytes, 0, available);
            }
            start = 0;
            end = available;
        }
        System.arraycopy(data, from, bytes, end, count);
        end += count;
        return true;
    }

    /** Takes what is there, up to so much. */
    int take(byte[] into, int from, int length) {
        int count = Math.min(length, end - start);
        System.arraycopy(bytes, start, into, from, count);
        start += count;
        if (start == end) {
            clear();
        }
        return count;
    }

    void clear() {
        budget.giveBack(bytes.length);
        bytes = NOTHING;
        start = 0;
        end = 0;
    }
}
