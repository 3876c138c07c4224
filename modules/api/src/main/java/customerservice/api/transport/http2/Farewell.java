package customerservice.api.transport.http2;

import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.transport.http2.frame.ErrorCode;
import customerservice.api.transport.http2.frame.FrameWriter;
import customerservice.api.transport.http2.frame.Frames;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * How a connection ends without a request lost (RFC 9113, section 6.8): the client is told that the end is near, then which
 * request was the last, and the connection is closed when that is answered and the client had time to close it itself.
 */
final class Farewell {

    /** Between the last answer, or the last word, and the close. */
    private static final long LINGER_NANOS = Duration.ofSeconds(1).toNanos();

    private enum Phase {
        NOT_BEGUN,
        /** Requests that are on their way are still served. */
        ANNOUNCED,
        /** Later requests are refused, as never begun: the client may try them elsewhere. */
        LAST_NAMED,
        /** The client broke a rule, and was told which. */
        FAILED
    }

    private final Streams streams;
    private final FrameWriter writer;
    private final Executor executor;
    private final BooleanSupplier draining;
    private Phase phase = Phase.NOT_BEGUN;
    private long since;
    private int lastId = Frames.MAX_STREAM_ID;

    Farewell(Streams streams, FrameWriter writer, Executor executor, BooleanSupplier draining) {
        this.streams = streams;
        this.writer = writer;
        this.executor = executor;
        this.draining = draining;
    }

    /** Whether a new stream is to be refused. */
    synchronized boolean refuses(int streamId) {
        return streamId > lastId;
    }

    /** The connection's last word has been a connection error. */
    synchronized void failed() {
        phase = Phase.FAILED;
        since = System.nanoTime();
    }

    /** Announces the end, if that has not been done. */
    synchronized void announce() {
        if (phase == Phase.NOT_BEGUN) {
            phase = Phase.ANNOUNCED;
            since = System.nanoTime();
            send(Frames.MAX_STREAM_ID);
        }
    }

    /**
     * Takes the next step, if it is time.
     *
     * @param atLeastNanos how long no request must have been served; in a drain also between the announcement and the last
     *     request
     * @return whether the connection can be closed
     */
    synchronized boolean proceed(long now, long atLeastNanos) {
        long waitingSince = streams.waitingSince();
        boolean waited = waitingSince != 0 && now - waitingSince >= atLeastNanos;
        return switch (phase) {
            case NOT_BEGUN -> {
                if (waited) {
                    nameLast(now);
                } else if (draining.getAsBoolean()) {
                    announce();
                }
                yield false;
            }
            case ANNOUNCED -> {
                if (waited || now - since >= atLeastNanos) {
                    nameLast(now);
                }
                yield false;
            }
            case LAST_NAMED -> waitingSince != 0
                    && now - waitingSince >= LINGER_NANOS
                    && now - since >= LINGER_NANOS;
            case FAILED -> isOver(now);
        };
    }

    /** Whether the peer of a failed connection had time to see why. */
    synchronized boolean isOver(long now) {
        return phase == Phase.FAILED && now - since >= LINGER_NANOS;
    }

    private void nameLast(long now) {
        phase = Phase.LAST_NAMED;
        since = now;
        lastId = streams.lastId();
        send(lastId);
    }

    /** On a thread of its own: the one that asks is to serve all connections, and a peer may read nothing. */
    private void send(int streamId) {
        try {
            executor.execute(() -> goAway(streamId));
        } catch (RejectedExecutionException e) {
            // Everything ends.
        }
    }

    private void goAway(int streamId) {
        try {
            writer.goAway(streamId, ErrorCode.NO_ERROR);
        } catch (ConnectionLostException e) {
            // The client has closed before it was told.
        }
    }
}
