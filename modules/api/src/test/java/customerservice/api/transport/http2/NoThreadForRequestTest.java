package customerservice.api.transport.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.transport.hpack.HpackEncoder;
import customerservice.api.transport.http2.frame.Frames;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A request of HTTP/2 that gets no thread: nothing of what all connections share is kept for it. */
class NoThreadForRequestTest {

    private static final long BUDGET = 1 << 20;
    private static final int PREFACE = 24;

    private final ByteBudget budget = new ByteBudget(BUDGET);

    @Test
    void whatItTookIsGivenBackWhereTheProcessHasTooManyThreads() {
        Http2Connection connection = connection(_ -> {
            throw new OutOfMemoryError("unable to create native thread");
        });

        assertThrows(OutOfMemoryError.class, connection::serve);

        assertEquals(BUDGET, budget.left());
    }

    @Test
    void whatItTookIsGivenBackWhereTheServerStops() {
        Http2Connection connection = connection(_ -> {
            throw new RejectedExecutionException();
        });

        assertThrows(ConnectionLostException.class, connection::serve);

        assertEquals(BUDGET, budget.left());
    }

    private Http2Connection connection(Executor executor) {
        return new Http2Connection(
                oneRequest(),
                () -> null,
                (_, _, _) -> {},
                executor,
                _ -> {},
                budget,
                () -> false,
                new PeerTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }

    private static byte[] oneRequest() {
        var head = new HpackEncoder(64)
                .field(":method", "GET")
                .field(":scheme", "http")
                .field(":path", "/");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[PREFACE]);
        bytes.writeBytes(frame(Frames.SETTINGS, 0, 0, new byte[0], 0));
        bytes.writeBytes(frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, head.array(), head.length()));
        return bytes.toByteArray();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload, int length) {
        byte[] frame = new byte[Frames.HEAD + length];
        int at = Frames.putHead(frame, 0, length, type, flags, stream);
        System.arraycopy(payload, 0, frame, at, length);
        return frame;
    }
}
