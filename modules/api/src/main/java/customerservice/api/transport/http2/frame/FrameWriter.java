package customerservice.api.transport.http2.frame;

import customerservice.api.http.message.ConnectionLostException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Writes whole frames, of several streams one after the other.
 *
 * <p>Who writes may wait for the peer, and the next one who has frames of a stream waits with it. Frames that control a stream
 * or the connection are put by instead, for whoever writes next: the thread that reads the connection sends them, and has to
 * go on reading.
 */
public final class FrameWriter {

    private final Output output;
    private final ReentrantLock lock = new ReentrantLock();
    private final WaitingFrames waiting = new WaitingFrames();

    /** Whether the settings have been written, which come before all else (RFC 9113, section 3.4). */
    private volatile boolean begun;

    public FrameWriter(Output output) {
        this.output = output;
    }

    /** Whether the peer has left so much unread that the connection is to end; it is of no use any more. */
    public boolean isStuck() {
        return waiting.isFull();
    }

    /**
     * Writes frames of a stream, none of which may follow on its end (RFC 9113, section 5.1).
     *
     * @param isReset whether the stream has been reset; asked while nothing else is written
     * @return false if it has been reset
     */
    public boolean write(BooleanSupplier isReset, byte[] frames, int length) {
        boolean written;
        lock.lock();
        try {
            writeWaiting();
            // Not before: the reset may have been among those that waited.
            written = !isReset.getAsBoolean();
            if (written) {
                output.write(frames, 0, length);
            }
        } finally {
            lock.unlock();
        }
        writeWhatIsLeft();
        return written;
    }

    /**
     * Writes the settings that the connection begins with.
     *
     * @param settings identifiers and values by turns
     */
    public void settings(int... settings) {
        byte[] frame = frame(settings.length * 3, Frames.SETTINGS, 0, 0);
        int at = Frames.HEAD;
        for (int i = 0; i < settings.length; i += 2) {
            at = Frames.putShort(frame, at, settings[i]);
            at = Frames.putInt(frame, at, settings[i + 1]);
        }
        lock.lock();
        try {
            output.write(frame, 0, frame.length);
            begun = true;
        } finally {
            lock.unlock();
        }
        writeWhatIsLeft();
    }

    public void settingsAck() {
        control(frame(0, Frames.SETTINGS, Frames.ACK, 0));
    }

    public void pingAck(byte[] bytes, int from) {
        byte[] frame = frame(8, Frames.PING, Frames.ACK, 0);
        System.arraycopy(bytes, from, frame, Frames.HEAD, 8);
        control(frame);
    }

    /** Widens the connection's window. */
    public void windowUpdate(int increment) {
        control(windowUpdateFrame(0, increment));
    }

    /**
     * Widens a stream's window, unless it has been reset.
     *
     * @param isReset asked while no reset can get in between
     */
    public void windowUpdate(BooleanSupplier isReset, int streamId, int increment) {
        control(isReset, windowUpdateFrame(streamId, increment));
    }

    /** Of a stream that is known as reset from now on. */
    public void reset(int streamId, ErrorCode code) {
        byte[] frame = frame(4, Frames.RST_STREAM, 0, streamId);
        Frames.putInt(frame, Frames.HEAD, code.number());
        control(frame);
    }

    public void goAway(int lastStreamId, ErrorCode code) {
        byte[] frame = frame(8, Frames.GOAWAY, 0, 0);
        Frames.putInt(frame, Frames.putInt(frame, Frames.HEAD, lastStreamId), code.number());
        control(frame);
    }

    private void control(byte[] frame) {
        control(() -> false, frame);
    }

    /**
     * Writes a frame at once if nobody else writes or is about to, and else leaves it to them.
     *
     * @throws ConnectionLostException if too much waits already
     */
    private void control(BooleanSupplier isVoid, byte[] frame) {
        if (mayWrite()) {
            try {
                writeWaiting();
                if (!isVoid.getAsBoolean()) {
                    output.write(frame, 0, frame.length);
                }
            } finally {
                lock.unlock();
            }
        } else {
            waiting.add(isVoid, frame);
        }
        writeWhatIsLeft();
    }

    /** What others have put by while this thread wrote, or this thread while another was about to let go. */
    private void writeWhatIsLeft() {
        while (!waiting.isEmpty() && mayWrite()) {
            try {
                writeWaiting();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Whether this thread now has the lock. If others wait for it, the next of them writes what was put by. */
    private boolean mayWrite() {
        return begun && !lock.hasQueuedThreads() && lock.tryLock();
    }

    private void writeWaiting() {
        WaitingFrames.Batch batch = waiting.take();
        if (batch != null) {
            output.write(batch.bytes(), 0, batch.length());
        }
    }

    private static byte[] windowUpdateFrame(int streamId, int increment) {
        byte[] frame = frame(4, Frames.WINDOW_UPDATE, 0, streamId);
        Frames.putInt(frame, Frames.HEAD, increment);
        return frame;
    }

    private static byte[] frame(int length, int type, int flags, int streamId) {
        byte[] frame = new byte[Frames.HEAD + length];
        Frames.putHead(frame, 0, length, type, flags, streamId);
        return frame;
    }
}
