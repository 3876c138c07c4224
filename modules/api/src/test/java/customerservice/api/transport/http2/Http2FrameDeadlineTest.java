package customerservice.api.transport.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.transport.http2.frame.Frames;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The time that a frame or a header block may take to come: it is over when all has come, not when that is answered. */
class Http2FrameDeadlineTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Whether the peer would be late if nothing happened from then on. */
    private final List<Boolean> whileWaiting = new ArrayList<>();
    private final List<Boolean> whileAnswering = new ArrayList<>();
    private final Queue<byte[]> pieces = new ArrayDeque<>();
    private Http2Connection connection;

    private boolean isLateSometime() {
        return connection.isLate(System.nanoTime() + 2 * TIMEOUT.toNanos());
    }

    private byte[] next() {
        whileWaiting.add(isLateSometime());
        return pieces.poll();
    }

    private void write(byte[] frames, int from) {
        if (frames[from + 3] == Frames.PING || frames[from + 3] == Frames.RST_STREAM) {
            whileAnswering.add(isLateSometime());
        }
    }

    private void serve(Executor requests) {
        connection = new Http2Connection(
                SlowPeer.beginning(),
                this::next,
                (bytes, from, _) -> write(bytes, from),
                requests,
                _ -> {},
                new ByteBudget(1 << 20),
                () -> false,
                new PeerTimeouts(TIMEOUT, TIMEOUT));
        connection.serve();
    }

    private void sendCut(byte[] bytes, int at) {
        pieces.add(Arrays.copyOf(bytes, at));
        pieces.add(Arrays.copyOfRange(bytes, at, bytes.length));
    }

    @Test
    void doesNotRunWhileAFrameThatCameInPartsIsAnswered() {
        byte[] ping = SlowPeer.ping(1);
        for (int at = 1; at < ping.length; at++) {
            whileWaiting.clear();
            whileAnswering.clear();
            sendCut(ping, at);

            serve(Runnable::run);

            assertEquals(List.of(false), whileAnswering, "cut at " + at);
            assertEquals(List.of(false, true, false), whileWaiting, "cut at " + at);
        }
    }

    @Test
    void doesNotRunWhileABlockThatCameInPartsIsAnswered() {
        byte[] head = SlowPeer.head();
        pieces.add(SlowPeer.frame(Frames.HEADERS, Frames.END_STREAM, 1, Arrays.copyOf(head, 1)));
        pieces.add(SlowPeer.frame(Frames.CONTINUATION, 0, 1, Arrays.copyOfRange(head, 1, 2)));
        sendCut(SlowPeer.frame(Frames.CONTINUATION, Frames.END_HEADERS, 1, Arrays.copyOfRange(head, 2, head.length)),
                12);

        serve(Runnable::run);

        // The handler gives no answer, and the stream is reset.
        assertEquals(List.of(false), whileAnswering);
        assertEquals(List.of(false, true, true, true, false), whileWaiting);
    }

    @Test
    void doesNotRunWhileAStreamIsResetForAFrameThatComesInParts() {
        pieces.add(SlowPeer.request(1));
        byte[] data = SlowPeer.frame(Frames.DATA, 0, 1, new byte[200]);
        pieces.add(Arrays.copyOf(data, 5));
        sendCut(Arrays.copyOfRange(data, 5, data.length), 100);

        serve(_ -> {});

        assertEquals(List.of(false), whileAnswering);
    }

    @Test
    void runsThroughAllPiecesOfAFrame() {
        byte[] ping = SlowPeer.ping(1);
        for (byte octet : ping) {
            pieces.add(new byte[]{octet});
        }

        serve(Runnable::run);

        assertTrue(whileWaiting.subList(1, ping.length).stream().allMatch(late -> late));
    }
}
