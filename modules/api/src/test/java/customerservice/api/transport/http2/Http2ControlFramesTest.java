package customerservice.api.transport.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.transport.hpack.HpackEncoder;
import customerservice.api.transport.http2.frame.Frames;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a connection does for a peer that takes its time to read an answer: all but to write past it. */
@Timeout(60)
class Http2ControlFramesTest {

    /** Two frames of data, and within the first window. */
    private static final byte[] BODY = new byte[20_000];

    private final SlowPeer peer = new SlowPeer();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch third = new CountDownLatch(1);
    private Future<?> served;

    private void beginAnswer() throws InterruptedException {
        peer.send(SlowPeer.request(1));
        var connection = new Http2Connection(
                SlowPeer.beginning(),
                peer::next,
                peer,
                executor,
                this::answer,
                new ByteBudget(1 << 20),
                () -> false,
                new PeerTimeouts(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        served = executor.submit(connection::serve);
        peer.awaitAnswer();
    }

    private void answer(Http2Stream stream) {
        if (stream.id() == 3) {
            third.countDown();
        }
        stream.respond(new HpackEncoder(16).status(200), BODY, 0, BODY.length);
    }

    @AfterEach
    void end() {
        peer.read();
        peer.end();
        executor.close();
    }

    @Test
    void isReadOnWhileAnAnswerWaits() throws InterruptedException {
        beginAnswer();

        peer.send(SlowPeer.ping(1)).send(SlowPeer.frame(Frames.SETTINGS, 0, 0)).send(SlowPeer.request(3));

        assertTrue(third.await(20, TimeUnit.SECONDS), "the request after a ping has not begun");
    }

    @Test
    void answersAPingBeforeItGoesOnWithAnAnswer() throws InterruptedException {
        beginAnswer();
        peer.send(SlowPeer.ping(1))
                .send(SlowPeer.frame(Frames.SETTINGS, 0, 0))
                .send(SlowPeer.ping(2))
                .send(SlowPeer.request(3));
        assertTrue(third.await(20, TimeUnit.SECONDS), "the request after the pings has not begun");

        peer.read();
        peer.end();
        executor.close();

        List<SlowPeer.Frame> frames = peer.received();
        assertEquals(
                List.of(Frames.SETTINGS, Frames.WINDOW_UPDATE, Frames.SETTINGS,
                        Frames.HEADERS, Frames.DATA, Frames.PING, Frames.SETTINGS, Frames.PING),
                frames.stream().limit(8).map(SlowPeer.Frame::type).toList());
        assertEquals(1, frames.get(5).last());
        assertEquals(2, frames.get(7).last());
    }

    @Test
    void endsWhereThePeerReadsNothingAndAsksOn() throws InterruptedException {
        beginAnswer();

        for (int i = 0; i < 1_500; i++) {
            peer.send(SlowPeer.ping(i));
        }

        var lost = assertThrows(ExecutionException.class, () -> served.get(20, TimeUnit.SECONDS));
        assertInstanceOf(ConnectionLostException.class, lost.getCause());
    }
}
