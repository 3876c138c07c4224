package customerservice.api.transport.http2;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.transport.hpack.HpackException;
import customerservice.api.transport.http2.frame.ConnectionErrorException;
import customerservice.api.transport.http2.frame.ErrorCode;
import customerservice.api.transport.http2.frame.FrameReader;
import customerservice.api.transport.http2.frame.FrameWriter;
import customerservice.api.transport.http2.frame.Frames;
import customerservice.api.transport.http2.frame.Output;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The server's side of an HTTP/2 connection (RFC 9113). One thread reads and answers what concerns the connection; each
 * request has a thread of its own. Nothing that a peer can send makes any of it grow without bound or wait without end.
 */
public final class Http2Connection {

    private static final System.Logger LOG = System.getLogger(Http2Connection.class.getName());

    /** The preface, which is known to have come. */
    private static final int PREFACE = 24;

    static final int MAX_HEADER_LIST = 16 * 1_024;
    static final int HEADER_TABLE = 4_096;
    private static final int CONNECTION_WINDOW = 512 * 1_024;

    private static final int SETTINGS_MAX_CONCURRENT_STREAMS = 0x3;
    private static final int SETTINGS_MAX_HEADER_LIST_SIZE = 0x6;

    /** RFC 9218, section 2.1: spares clients the frames. */
    private static final int SETTINGS_NO_RFC7540_PRIORITIES = 0x9;

    private final FrameReader frames;
    private final FrameWriter writer;
    private final Executor executor;
    private final Consumer<Http2Stream> handler;
    private final ByteBudget budget;
    private final long frameNanos;
    private final long answerNanos;

    private final Streams streams = new Streams();
    private final SendWindows windows = new SendWindows(streams);
    private final ReceiveWindow receiveWindow = new ReceiveWindow(CONNECTION_WINDOW);
    private final AnswerSender sender;
    private final Farewell farewell;
    private final InboundFrames inbound;

    private volatile long partialUntil;

    /**
     * @param first what has been read of the connection: the preface, and what came with it
     * @param input waits for what comes next; null when nothing will
     * @param executor runs each request on a thread of its own
     * @param handler answers a request; on its thread
     * @param draining whether the server is about to stop
     */
    public Http2Connection(
            byte[] first,
            Supplier<byte[]> input,
            Output output,
            Executor executor,
            Consumer<Http2Stream> handler,
            ByteBudget budget,
            BooleanSupplier draining,
            PeerTimeouts timeouts) {
        this.frames = new FrameReader(first, () -> receive(input), budget);
        this.writer = new FrameWriter(output);
        this.executor = executor;
        this.handler = handler;
        this.budget = budget;
        this.frameNanos = timeouts.frame().toNanos();
        this.answerNanos = timeouts.answer().toNanos();
        this.sender = new AnswerSender(writer, windows);
        this.farewell = new Farewell(streams, writer, executor, draining);
        this.inbound = new InboundFrames(this, frames, writer, streams, windows, farewell, budget);
    }

    /** Serves requests until either side ends the connection. */
    public void serve() {
        try {
            frames.skipPreface(PREFACE);
            writer.settings(
                    SETTINGS_MAX_CONCURRENT_STREAMS, Streams.MAX_OPEN,
                    SETTINGS_MAX_HEADER_LIST_SIZE, MAX_HEADER_LIST,
                    SETTINGS_NO_RFC7540_PRIORITIES, 1);
            writer.windowUpdate(CONNECTION_WINDOW - Frames.INITIAL_WINDOW);
            while (frames.head()) {
                came(0);
                inbound.handle();
            }
        } catch (ConnectionErrorException e) {
            fail(e.code());
        } catch (HpackException e) {
            fail(ErrorCode.COMPRESSION_ERROR);
        } finally {
            streams.lose();
            inbound.clear();
            frames.clear();
        }
    }

    /** A socket that is closed with data unread is reset, and a reset can overtake what was sent. */
    private void fail(ErrorCode code) {
        farewell.failed();
        writer.goAway(streams.lastId(), code);
        do {
            frames.clear();
        } while (frames.needAny());
    }

    private byte[] receive(Supplier<byte[]> input) {
        if (partialUntil == 0 && (!frames.isBetweenFrames() || inbound.isInHeaderBlock())) {
            partialUntil = System.nanoTime() + frameNanos;
        }
        boolean headIsThere = frames.left() > 0;
        byte[] piece = input.get();
        if (headIsThere && piece != null) {
            came(piece.length);
        }
        return piece;
    }

    /** So many bytes, after the head of a frame. The peer's time ends before anything is written: it may be slow to read. */
    private void came(int bytes) {
        if (frames.isWholeWith(bytes) && !inbound.leavesHeaderBlock()) {
            partialUntil = 0;
        }
    }

    /**
     * Takes the next step towards the connection's end, if no request was served for so long or the server stops.
     *
     * @return whether the connection can be closed now
     */
    public boolean endIfWaiting(long now, long atLeastNanos) {
        return farewell.proceed(now, atLeastNanos);
    }

    /** Whether the peer takes longer for something than it may. */
    public boolean isLate(long now) {
        long until = partialUntil;
        return writer.isStuck() || farewell.isOver(now) || (until != 0 && now - until > 0);
    }

    /** Tells the client to go elsewhere with its next requests. */
    public void announceEnd() {
        farewell.announce();
    }

    /** Everything that waits for the peer waits no more. */
    public void end() {
        streams.lose();
    }

    Streams streams() {
        return streams;
    }

    AnswerSender sender() {
        return sender;
    }

    long answerNanos() {
        return answerNanos;
    }

    /** Has a request answered whose stream was just opened. */
    void start(Http2Stream stream) {
        try {
            executor.execute(() -> run(stream));
        } catch (RejectedExecutionException e) {
            notStarted(stream);
            throw new ConnectionLostException(e);
        } catch (RuntimeException | Error e) {
            // As where the process may have no more threads: this connection ends, but the budget is everybody's.
            notStarted(stream);
            throw e;
        }
    }

    private void notStarted(Http2Stream stream) {
        budget.giveBack(stream.head().cost());
        streams.finished();
    }

    private void run(Http2Stream stream) {
        try {
            handler.accept(stream);
        } catch (ConnectionLostException e) {
            // There is nobody to tell.
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A request of HTTP/2 failed", e);
        } finally {
            finish(stream);
        }
    }

    /** What has not ended ends now, and what is left of the content is dropped. */
    private void finish(Http2Stream stream) {
        try {
            endEarly(stream);
        } catch (ConnectionLostException e) {
            // Then there is nothing to end.
        } finally {
            int unread = stream.discard();
            budget.giveBack(stream.head().cost());
            streams.finished();
            giveUp(unread);
        }
    }

    private void endEarly(Http2Stream stream) {
        if (!stream.isLocalEnded()) {
            reset(stream, ErrorCode.CANCEL);
        } else if (stream.isContentComplete()) {
            // What is to come at most is the frame that says so.
            stream.reset(false);
        } else {
            // The client need not go on with content that nobody reads (RFC 9113, section 8.1).
            reset(stream, ErrorCode.NO_ERROR);
        }
    }

    private void giveUp(int unread) {
        try {
            consumed(unread);
        } catch (ConnectionLostException e) {
            // Then nothing more comes.
        }
    }

    /** Ends a stream early, unless it has ended. */
    void reset(Http2Stream stream, ErrorCode code) {
        if (stream.reset(false)) {
            writer.reset(stream.id(), code);
        }
    }

    /** So many bytes of content take no room any more. */
    void consumed(int bytes) {
        int increment;
        streams.lock().lock();
        try {
            increment = receiveWindow.consume(bytes);
        } finally {
            streams.lock().unlock();
        }
        if (increment > 0) {
            writer.windowUpdate(increment);
        }
    }

    /** False if the peer has sent more than it may. */
    boolean receives(int bytes) {
        streams.lock().lock();
        try {
            return receiveWindow.receive(bytes);
        } finally {
            streams.lock().unlock();
        }
    }

    /** Tells the peer of a wider window of the stream, unless it is by nothing. */
    void widen(Http2Stream stream, int increment) {
        if (increment > 0) {
            writer.windowUpdate(stream::isReset, stream.id(), increment);
        }
    }
}
