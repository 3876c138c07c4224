package customerservice.api.transport.http2.frame;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Writes whole frames, of several streams one after the other. */
public final class FrameWriter {

    private final Output output;
    private final ReentrantLock lock = new ReentrantLock();

    public FrameWriter(Output output) {
        this.output = output;
    }

    /**
     * Writes frames of a stream, none of which may follow on its end (RFC 9113, section 5.1).
     *
     * @param isReset whether the stream has been reset; asked while nothing else is written
     * @return false if it has been reset
     */
    public boolean write(BooleanSupplier isReset, byte[] frames, int length) {
        lock.lock();
        try {
            if (isReset.getAsBoolean()) {
                return false;
            }
            output.write(frames, 0, length);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] frame) {
        lock.lock();
        try {
            output.write(frame, 0, frame.length);
        } finally {
            lock.unlock();
        }
    }

    /** @param settings identifiers and values by turns */
    public void settings(int... settings) {
        byte[] frame = frame(settings.length * 3, Frames.SETTINGS, 0, 0);
        int at = Frames.HEAD;
        for (int i = 0; i < settings.length; i += 2) {
            at = Frames.putShort(frame, at, settings[i]);
            at = Frames.putInt(frame, at, settings[i + 1]);
        }
        write(frame);
    }

    public void settingsAck() {
        write(frame(0, Frames.SETTINGS, Frames.ACK, 0));
    }

    public void pingAck(byte[] bytes, int from) {
        byte[] frame = frame(8, Frames.PING, Frames.ACK, 0);
        System.arraycopy(bytes, from, frame, Frames.HEAD, 8);
        write(frame);
    }

    public void windowUpdate(int streamId, int increment) {
        byte[] frame = frame(4, Frames.WINDOW_UPDATE, 0, streamId);
        Frames.putInt(frame, Frames.HEAD, increment);
        write(frame);
    }

    public void reset(int streamId, ErrorCode code) {
        byte[] frame = frame(4, Frames.RST_STREAM, 0, streamId);
        Frames.putInt(frame, Frames.HEAD, code.number());
        write(frame);
    }

    public void goAway(int lastStreamId, ErrorCode code) {
        byte[] frame = frame(8, Frames.GOAWAY, 0, 0);
        Frames.putInt(frame, Frames.putInt(frame, Frames.HEAD, lastStreamId), code.number());
        write(frame);
    }

    private static byte[] frame(int length, int type, int flags, int streamId) {
        byte[] frame = new byte[Frames.HEAD + length];
        Frames.putHead(frame, 0, length, type, flags, streamId);
        return frame;
    }
}
