package customerservice.api.transport.http2;

import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.transport.hpack.HpackEncoder;
import customerservice.api.transport.http2.frame.Frames;
import customerservice.api.transport.http2.frame.Output;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** The other side of an {@link Http2Connection}, in memory: it sends what it is told to, and reads nothing until it is let. */
final class SlowPeer implements Output {

    private static final int PREFACE = 24;
    private static final byte[] NOTHING = {};

    private final BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
    private final List<Frame> received = new ArrayList<>();
    private final CountDownLatch awaited = new CountDownLatch(1);
    private final CountDownLatch reads = new CountDownLatch(1);

    /** Preface and settings. */
    static byte[] beginning() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[PREFACE]);
        bytes.writeBytes(frame(Frames.SETTINGS, 0, 0));
        return bytes.toByteArray();
    }

    static byte[] request(int stream) {
        return frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, stream, head());
    }

    static byte[] head() {
        var fields = new HpackEncoder(64)
                .field(":method", "GET")
                .field(":scheme", "http")
                .field(":path", "/");
        return Arrays.copyOf(fields.array(), fields.length());
    }

    static byte[] ping(int number) {
        return frame(Frames.PING, 0, 0, 0, 0, 0, 0, 0, 0, (byte) (number >> 8), (byte) number);
    }

    static byte[] frame(int type, int flags, int stream, int... payload) {
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            bytes[i] = (byte) payload[i];
        }
        return frame(type, flags, stream, bytes);
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        byte[] frame = new byte[Frames.HEAD + payload.length];
        int at = Frames.putHead(frame, 0, payload.length, type, flags, stream);
        System.arraycopy(payload, 0, frame, at, payload.length);
        return frame;
    }

    SlowPeer send(byte[] bytes) {
        sent.add(bytes);
        return this;
    }

    /** Sends nothing more. */
    void end() {
        sent.add(NOTHING);
    }

    /** The connection's input. */
    byte[] next() {
        try {
            byte[] bytes = sent.take();
            return bytes.length == 0 ? null : bytes;
        } catch (InterruptedException e) {
            throw new ConnectionLostException(e);
        }
    }

    /** Until the first answer is being written. */
    void awaitAnswer() throws InterruptedException {
        awaited.await();
    }

    /** From now on it reads whatever comes. */
    void read() {
        reads.countDown();
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        if (bytes[from + 3] == Frames.HEADERS) {
            awaited.countDown();
            try {
                reads.await();
            } catch (InterruptedException e) {
                throw new ConnectionLostException(e);
            }
        }
        synchronized (received) {
            received.addAll(Frame.all(bytes, from, from + length));
        }
    }

    /** What it has read so far. */
    List<Frame> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** @param last the last octet of its payload */
    record Frame(int type, int stream, int flags, int last) {

        static List<Frame> all(byte[] bytes, int from, int to) {
            List<Frame> frames = new ArrayList<>();
            int at = from;
            while (at < to) {
                int length = (bytes[at] & 0xFF) << 16 | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF);
                int end = at + Frames.HEAD + length;
                frames.add(new Frame(bytes[at + 3], bytes[at + 8], bytes[at + 4], bytes[end - 1]));
                at = end;
            }
            return frames;
        }
    }
}
