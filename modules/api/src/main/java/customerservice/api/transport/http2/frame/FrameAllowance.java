package customerservice.api.transport.http2.frame;

import java.util.function.LongSupplier;

/**
 * How many frames a peer may send that do nothing for a request: pings, settings, small window updates, priorities, resets,
 * empty data. Each costs the peer nothing and the server a little; without limit they would be all that it does. Requests,
 * sent data and time earn new ones.
 */
public final class FrameAllowance {

    private static final int MAX = 2_000;
    private static final int PER_SECOND = 100;
    private static final long NANOS_PER_FRAME = 1_000_000_000L / PER_SECOND;

    /** A peer that takes large answers tells so with each frame of them, or each half. */
    private static final int BYTES_PER_FRAME = 1_024;

    private final LongSupplier sent;
    private int left = MAX;
    private long refilled = System.nanoTime();
    private long sentThen;

    /** @param sent how many bytes of answers have been sent */
    public FrameAllowance(LongSupplier sent) {
        this.sent = sent;
    }

    /** @throws ConnectionErrorException if there were too many */
    public void spend(int frames) {
        left -= frames;
        if (left < 0) {
            refill(System.nanoTime());
            if (left < 0) {
                throw new ConnectionErrorException(ErrorCode.ENHANCE_YOUR_CALM, "Too many frames for nothing");
            }
        }
    }

    public void earn(int frames) {
        left = Math.min(MAX, left + frames);
    }

    private void refill(long now) {
        long sentNow = sent.getAsLong();
        long earned = (now - refilled) / NANOS_PER_FRAME + (sentNow - sentThen) / BYTES_PER_FRAME;
        earn((int) Math.min(MAX, earned));
        refilled = now;
        sentThen = sentNow;
    }
}
