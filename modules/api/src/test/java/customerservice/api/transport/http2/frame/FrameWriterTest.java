package customerservice.api.transport.http2.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.http.message.ConnectionLostException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In what order frames are written when many threads have some, and that none waits for another to control the connection. */
@Timeout(60)
class FrameWriterTest {

    private static final byte[] DATA = data(1);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicBoolean writing = new AtomicBoolean();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final FrameWriter writer = new FrameWriter(this::output);
    private volatile boolean holds;

    private void output(byte[] bytes, int from, int length) {
        assertFalse(writing.getAndSet(true), "two threads write");
        if (holds) {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new ConnectionLostException(e);
            }
        }
        written.write(bytes, from, length);
        writing.set(false);
    }

    /** A frame of data is being written, and goes on being written. */
    private Future<Boolean> writeAndHold() throws InterruptedException {
        writer.settings();
        holds = true;
        Future<Boolean> held = executor.submit(() -> writer.write(() -> false, DATA, DATA.length));
        begun.await();
        return held;
    }

    private void letGo() {
        holds = false;
        goOn.countDown();
    }

    @AfterEach
    void end() {
        letGo();
        executor.close();
    }

    private static byte[] data(int stream) {
        byte[] frame = new byte[Frames.HEAD + 100];
        Frames.putHead(frame, 0, 100, Frames.DATA, 0, stream);
        return frame;
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    private record Frame(int type, int stream, long number) {}

    private List<Frame> frames() {
        ByteBuffer bytes = ByteBuffer.wrap(written.toByteArray());
        List<Frame> frames = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int lengthAndType = bytes.getInt();
            bytes.get();
            int stream = bytes.getInt();
            int length = lengthAndType >>> 8;
            long number = length == 8 ? bytes.getLong(bytes.position()) : 0;
            bytes.position(bytes.position() + length);
            frames.add(new Frame(lengthAndType & 0xFF, stream, number));
        }
        return frames;
    }

    private List<Integer> types() {
        return frames().stream().map(Frame::type).toList();
    }

    @Test
    void whatWaitsIsWrittenInItsOrderAndBeforeWhatComesNext() throws Exception {
        Future<Boolean> held = writeAndHold();
        writer.settingsAck();
        writer.pingAck(number(1), 0);
        writer.windowUpdate(1_000);
        Future<Boolean> next = executor.submit(() -> writer.write(() -> false, DATA, DATA.length));
        writer.goAway(1, ErrorCode.NO_ERROR);

        letGo();
        assertTrue(held.get());
        assertTrue(next.get());

        assertEquals(
                List.of(Frames.SETTINGS, Frames.DATA,
                        Frames.SETTINGS, Frames.PING, Frames.WINDOW_UPDATE, Frames.GOAWAY, Frames.DATA),
                types());
    }

    @Test
    void whatWaitsIsWrittenWhereNothingComesNext() throws Exception {
        Future<Boolean> held = writeAndHold();
        writer.pingAck(number(1), 0);

        letGo();
        held.get();

        assertEquals(List.of(Frames.SETTINGS, Frames.DATA, Frames.PING), types());
    }

    @Test
    void nothingOfAStreamFollowsOnItsReset() throws Exception {
        Future<Boolean> held = writeAndHold();
        var reset = new AtomicBoolean();
        writer.windowUpdate(reset::get, 1, 1_000);
        Future<Boolean> next = executor.submit(() -> writer.write(reset::get, DATA, DATA.length));
        reset.set(true);
        writer.reset(1, ErrorCode.CANCEL);
        writer.windowUpdate(reset::get, 1, 2_000);

        letGo();
        held.get();

        assertFalse(next.get());
        writer.windowUpdate(reset::get, 1, 3_000);
        assertEquals(List.of(Frames.SETTINGS, Frames.DATA, Frames.WINDOW_UPDATE, Frames.RST_STREAM), types());
    }

    @Test
    void settingsComeFirst() {
        writer.goAway(1, ErrorCode.NO_ERROR);
        writer.settings();
        writer.windowUpdate(1_000);

        assertEquals(List.of(Frames.SETTINGS, Frames.GOAWAY, Frames.WINDOW_UPDATE), types());
    }

    @Test
    void moreThanMayWaitIsALostConnection() throws Exception {
        Future<Boolean> held = writeAndHold();
        int most = WaitingFrames.MAX / (Frames.HEAD + 8);
        for (int i = 0; i < most; i++) {
            writer.pingAck(number(i), 0);
        }
        assertFalse(writer.isStuck());

        assertThrows(ConnectionLostException.class, () -> writer.pingAck(number(most), 0));

        assertTrue(writer.isStuck());
        assertThrows(ConnectionLostException.class, writer::settingsAck);
        letGo();
        assertTrue(held.get());
    }

    @Test
    void noneIsForgottenOrOvertakesAnotherOfItsThread() throws Exception {
        int threads = 4;
        int each = 5_000;
        writer.settings();
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 1; thread <= threads; thread++) {
            byte[] data = data(thread);
            int first = thread * each;
            all.add(executor.submit(() -> {
                for (int i = 0; i < each; i++) {
                    if (i % 10 == 0) {
                        writer.write(() -> false, data, data.length);
                    }
                    writer.pingAck(number(first + i), 0);
                }
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }

        List<Frame> frames = frames();
        assertEquals(1 + threads * (each + each / 10), frames.size());
        for (int thread = 1; thread <= threads; thread++) {
            int first = thread * each;
            List<Long> pings = frames.stream()
                    .filter(frame -> frame.type() == Frames.PING && frame.number() / each == first / each)
                    .map(Frame::number)
                    .toList();
            assertEquals(each, pings.size());
            assertEquals(pings.stream().sorted().toList(), pings);
        }
    }
}
