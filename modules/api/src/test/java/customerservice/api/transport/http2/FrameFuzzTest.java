package customerservice.api.transport.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.transport.hpack.HpackEncoder;
import customerservice.api.transport.http2.frame.Frames;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** Frames in any order, right and wrong, whole and in pieces: whatever they are, nothing is kept of them. */
@Timeout(120)
class FrameFuzzTest {

    private static final int CONNECTIONS = 2_000;
    private static final int MAX_FRAMES = 60;
    private static final long BUDGET = 1 << 20;
    private static final byte[] BODY = new byte[20_000];

    @Test
    void nothingIsLeftOfWhateverComes(TestReporter reporter) throws InterruptedException {
        long seed = Long.getLong("fuzz.seed", new Random().nextLong());
        reporter.publishEntry("seed", Long.toString(seed));
        var random = new Random(seed);
        var answered = new AtomicLong();
        for (int i = 0; i < CONNECTIONS; i++) {
            var budget = new ByteBudget(BUDGET);
            long connectionSeed = random.nextLong();
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                serve(new Random(connectionSeed), budget, executor, answered);
                executor.shutdown();
                assertTrue(executor.awaitTermination(30, TimeUnit.SECONDS), "a request goes on, seed " + seed);
            }
            assertEquals(BUDGET, budget.left(), "bytes are kept, seed " + seed);
        }
        assertTrue(answered.get() > CONNECTIONS / 10, answered + " requests came through");
    }

    private static void serve(Random random, ByteBudget budget, ExecutorService executor, AtomicLong answered) {
        Queue<byte[]> pieces = pieces(random);
        var connection = new Http2Connection(
                pieces.remove(),
                pieces::poll,
                (_, _, _) -> {},
                executor,
                stream -> answer(stream, answered),
                budget,
                () -> false,
                new PeerTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        try {
            connection.serve();
        } catch (ConnectionLostException e) {
            // It ended within a frame.
        }
    }

    private static void answer(Http2Stream stream, AtomicLong answered) {
        if (stream.id() % 3 == 0) {
            long deadline = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            while (stream.read(new byte[1_000], 0, 1_000, deadline) >= 0) {
                // All of it.
            }
        }
        stream.respond(new HpackEncoder(16).status(200), BODY, 0, stream.id() % 5 == 0 ? BODY.length : 10);
        answered.incrementAndGet();
    }

    private static Queue<byte[]> pieces(Random random) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(frame(Frames.SETTINGS, 0, 0, new byte[0]));
        for (int i = random.nextInt(MAX_FRAMES); i > 0; i--) {
            bytes.writeBytes(randomFrame(random));
        }
        byte[] all = bytes.toByteArray();
        if (random.nextInt(4) == 0) {
            all[random.nextInt(all.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Queue<byte[]> pieces = new ArrayDeque<>();
        pieces.add(new byte[24]);
        for (int from = 0; from < all.length;) {
            int to = Math.min(all.length, from + 1 + random.nextInt(random.nextBoolean() ? 20 : 8_192));
            pieces.add(Arrays.copyOfRange(all, from, to));
            from = to;
        }
        return pieces;
    }

    private static byte[] randomFrame(Random random) {
        int stream = random.nextInt(8) == 0 ? random.nextInt(20) : 1 + 2 * random.nextInt(10);
        int flags = random.nextInt(3) == 0 ? random.nextInt(256) : Frames.END_HEADERS | random.nextInt(2);
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> frame(Frames.HEADERS, flags, stream, head(random));
            case 4, 5 -> frame(Frames.DATA, flags & ~Frames.END_HEADERS, stream, new byte[random.nextInt(2_000)]);
            case 6 ->
                frame(Frames.WINDOW_UPDATE, 0, random.nextInt(3) == 0 ? 0 : stream, number(random.nextInt(70_000)));
            case 7 -> frame(Frames.RST_STREAM, 0, stream, number(random.nextInt(14)));
            case 8 -> frame(Frames.CONTINUATION, flags, stream, new byte[random.nextInt(50)]);
            default -> frame(random.nextInt(12), flags, random.nextInt(2) * stream, new byte[random.nextInt(20)]);
        };
    }

    private static byte[] head(Random random) {
        var fields = new HpackEncoder(64)
                .field(":method", "POST")
                .field(":scheme", "http")
                .field(":path", "/");
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.field("x" + random.nextInt(5), "v".repeat(random.nextInt(100)));
        }
        byte[] block = Arrays.copyOf(fields.array(), fields.length());
        if (random.nextInt(10) == 0) {
            block[random.nextInt(block.length)] = (byte) random.nextInt(256);
        }
        return block;
    }

    private static byte[] number(int value) {
        byte[] bytes = new byte[4];
        Frames.putInt(bytes, 0, value);
        return bytes;
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        byte[] frame = new byte[Frames.HEAD + payload.length];
        int at = Frames.putHead(frame, 0, payload.length, type, flags, stream);
        System.arraycopy(payload, 0, frame, at, payload.length);
        return frame;
    }
}
