package customerservice.api.transport.http2;

import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.transport.http2.frame.Frames;

/**
 * How much the peer lets this server send (RFC 9113, section 5.2), on each stream and on the connection. A peer that lets it
 * send nothing, or next to nothing, would keep a thread and an answer for as long as it likes: see {@link SendProgress}.
 */
final class SendWindows {

    private final Streams streams;
    private int initial = Frames.INITIAL_WINDOW;
    private long connection = Frames.INITIAL_WINDOW;
    private long sent;

    SendWindows(Streams streams) {
        this.streams = streams;
    }

    /** That of a new stream. */
    int initial() {
        return initial;
    }

    /** How many bytes of answers have been sent. */
    long sent() {
        streams.lock().lock();
        try {
            return sent;
        } finally {
            streams.lock().unlock();
        }
    }

    /** Takes what may be sent now, perhaps nothing. */
    int takeNow(Http2Stream stream, int wanted) {
        streams.lock().lock();
        try {
            int count = (int) Math.max(0, Math.min(wanted, Math.min(connection, stream.sendWindow())));
            connection -= count;
            sent += count;
            stream.sends(count);
            return count;
        } finally {
            streams.lock().unlock();
        }
    }

    /**
     * Waits until something may be sent, and takes it.
     *
     * @throws ConnectionLostException if the peer is gone, has reset the stream or takes too little of it
     */
    int take(Http2Stream stream, int wanted) {
        streams.lock().lock();
        try {
            int count = takeNow(stream, wanted);
            while (count == 0) {
                if (stream.isReset() || streams.isLost()) {
                    throw new ConnectionLostException();
                }
                long nanos = stream.progress()
                        .nanosLeft(System.nanoTime(), stream.sent(), sent, stream.sendWindow() <= 0);
                if (nanos <= 0) {
                    throw new ConnectionLostException();
                }
                stream.await(nanos);
                count = takeNow(stream, wanted);
            }
            return count;
        } finally {
            streams.lock().unlock();
        }
    }

    /** False if the window gets larger than it may be. */
    boolean widen(int increment) {
        streams.lock().lock();
        try {
            connection += increment;
            streams.wakeAll();
            return connection <= Frames.MAX_WINDOW;
        } finally {
            streams.lock().unlock();
        }
    }

    /** The same for a stream's. */
    boolean widen(Http2Stream stream, int increment) {
        streams.lock().lock();
        try {
            stream.wake();
            return stream.widen(increment);
        } finally {
            streams.lock().unlock();
        }
    }

    /** The peer's setting changes the windows of all streams by the difference (section 6.9.2). */
    boolean resize(int newInitial) {
        streams.lock().lock();
        try {
            long difference = (long) newInitial - initial;
            initial = newInitial;
            boolean valid = true;
            for (Http2Stream stream : streams.all()) {
                valid &= stream.widen(difference);
            }
            streams.wakeAll();
            return valid;
        } finally {
            streams.lock().unlock();
        }
    }
}
