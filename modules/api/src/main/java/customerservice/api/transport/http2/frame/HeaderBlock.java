package customerservice.api.transport.http2.frame;

import customerservice.api.http.capacity.ByteBudget;
import java.util.Arrays;

/**
 * The header block of a HEADERS frame that goes on in CONTINUATION frames (RFC 9113, section 4.3), bounded in bytes and in
 * frames: frames without content would else never end.
 */
public final class HeaderBlock {

    /** An honest encoder needs no more than the list that it encodes, which is limited to half of this. */
    private static final int MAX = 32 * 1_024;
    private static final int MAX_FRAMES = 16;
    private static final byte[] NOTHING = {};

    private final ByteBudget budget;
    private byte[] bytes = NOTHING;
    private int length;
    private int frames;
    private int streamId;
    private boolean endsStream;

    public HeaderBlock(ByteBudget budget) {
        this.budget = budget;
    }

    /** Of which stream a block has begun; 0 if none has. */
    public int streamId() {
        return streamId;
    }

    public boolean endsStream() {
        return endsStream;
    }

    public void begin(int streamId, boolean endsStream) {
        this.streamId = streamId;
        this.endsStream = endsStream;
    }

    /** @throws ConnectionErrorException if it is too long */
    public void add(byte[] fragment, int from, int count) {
        frames++;
        if (length + count > MAX || frames > MAX_FRAMES) {
            throw new ConnectionErrorException(ErrorCode.ENHANCE_YOUR_CALM, "The header block is too long");
        }
        if (length + count > bytes.length) {
            int larger = Math.min(MAX, Math.max(length + count, 2 * length));
            if (!budget.take(larger - bytes.length)) {
                throw new ConnectionErrorException(ErrorCode.ENHANCE_YOUR_CALM, "Too many header blocks at once");
            }
            bytes = Arrays.copyOf(bytes, larger);
        }
        System.arraycopy(fragment, from, bytes, length, count);
        length += count;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        budget.giveBack(bytes.length);
        bytes = NOTHING;
        length = 0;
        frames = 0;
        streamId = 0;
    }
}
