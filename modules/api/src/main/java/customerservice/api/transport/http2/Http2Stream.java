package customerservice.api.transport.http2;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.transport.hpack.HpackEncoder;
import customerservice.api.transport.http2.frame.ErrorCode;
import customerservice.api.transport.http2.frame.Frames;
import customerservice.api.transport.http2.frame.StreamErrorException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * One request and its answer (RFC 9113, section 5.1). One thread reads the request and gives the answer; that of the
 * connection tells what comes in.
 */
public final class Http2Stream {

    private static final HpackEncoder CONTINUE = new HpackEncoder(8).status(100);

    private final Http2Connection connection;
    private final Streams streams;
    private final int id;
    private final MessageHead head;
    private final Condition changed;
    private final ReceivedData data;
    private final ReceiveWindow receiveWindow = new ReceiveWindow(Frames.INITIAL_WINDOW);
    private final SendProgress progress;

    private volatile boolean remoteEnded;
    private volatile boolean localEnded;
    private volatile boolean reset;
    private long received;
    private long sendWindow;
    private long sent;

    Http2Stream(Http2Connection connection, int id, MessageHead head, boolean ended, int sendWindow,
            ByteBudget budget) {
        this.connection = connection;
        this.streams = connection.streams();
        this.id = id;
        this.head = head;
        this.remoteEnded = ended;
        this.sendWindow = sendWindow;
        this.changed = streams.lock().newCondition();
        this.data = new ReceivedData(budget);
        this.progress = new SendProgress(connection.answerNanos());
    }

    int id() {
        return id;
    }

    public MessageHead head() {
        return head;
    }

    /** The length of the content, in bytes; 0 if there is none, -1 if only its end tells. */
    public long contentLength() {
        streams.lock().lock();
        try {
            return remoteEnded && received == 0 ? 0 : head.contentLength();
        } finally {
            streams.lock().unlock();
        }
    }

    /** Whether nothing of the content has come yet, and something has to. */
    public boolean awaitsContent() {
        streams.lock().lock();
        try {
            return !remoteEnded && received == 0;
        } finally {
            streams.lock().unlock();
        }
    }

    /**
     * Waits for a part of the content.
     *
     * @param length at least 1
     * @param deadline of {@link System#nanoTime}
     * @return how many bytes; -1 at its end
     * @throws ConnectionLostException if the stream or the connection has ended, or the time is over
     */
    public int read(byte[] into, int from, int length, long deadline) {
        int count;
        int widen;
        streams.lock().lock();
        try {
            while (data.available() == 0) {
                if (reset || streams.isLost()) {
                    throw new ConnectionLostException();
                }
                if (remoteEnded) {
                    return -1;
                }
                long nanos = deadline - System.nanoTime();
                if (nanos <= 0) {
                    throw new ConnectionLostException();
                }
                await(nanos);
            }
            count = data.take(into, from, length);
            widen = consumed(count);
        } finally {
            streams.lock().unlock();
        }
        connection.consumed(count);
        connection.widen(this, widen);
        return count;
    }

    /** Tells a client that waits for it to go on with the content (RFC 9110, section 15.2.1). */
    public void sendContinue() {
        connection.sender().interim(this, CONTINUE);
    }

    /**
     * Sends the whole answer; waits as long as the peer takes some of it.
     *
     * @throws ConnectionLostException if it cannot be sent
     */
    public void respond(HpackEncoder fields, byte[] body, int from, int length) {
        connection.sender().respond(this, fields, body, from, length);
    }

    boolean isReset() {
        return reset;
    }

    /** The next frame is the answer's last. Before it is sent, since the client may open another stream at once. */
    void localEnds() {
        streams.lock().lock();
        try {
            localEnded = true;
            if (remoteEnded) {
                streams.ended(id);
            }
        } finally {
            streams.lock().unlock();
        }
    }

    boolean isLocalEnded() {
        return localEnded;
    }

    boolean isRemoteEnded() {
        return remoteEnded;
    }

    /** Whether all of the content has come; its end may still have to be told. */
    boolean isContentComplete() {
        streams.lock().lock();
        try {
            return remoteEnded || received == head.contentLength();
        } finally {
            streams.lock().unlock();
        }
    }

    /**
     * So many bytes of data are coming, padding included.
     *
     * @throws StreamErrorException if they may not
     */
    void receives(int bytes) {
        streams.lock().lock();
        try {
            if (remoteEnded) {
                throw new StreamErrorException(ErrorCode.STREAM_CLOSED, "Data after the end of a request");
            }
            if (!receiveWindow.receive(bytes)) {
                throw new StreamErrorException(ErrorCode.FLOW_CONTROL_ERROR, "More data than the stream may carry");
            }
        } finally {
            streams.lock().unlock();
        }
    }

    /**
     * Takes a part of the content.
     *
     * @return whether it is kept, and not dropped because nobody will read it
     * @throws StreamErrorException if it is longer than announced
     */
    boolean receive(byte[] bytes, int from, int count) {
        streams.lock().lock();
        try {
            received += count;
            if (head.contentLength() >= 0 && received > head.contentLength()) {
                throw new StreamErrorException(ErrorCode.PROTOCOL_ERROR, "The content is longer than announced");
            }
            if (localEnded || reset) {
                return false;
            }
            if (!data.add(bytes, from, count)) {
                throw new StreamErrorException(ErrorCode.ENHANCE_YOUR_CALM, "Too much content at once");
            }
            wake();
            return true;
        } finally {
            streams.lock().unlock();
        }
    }

    /** @throws StreamErrorException if the content is shorter than announced */
    void remoteEnds() {
        streams.lock().lock();
        try {
            if (head.contentLength() > received) {
                throw new StreamErrorException(ErrorCode.PROTOCOL_ERROR, "The content is shorter than announced");
            }
            remoteEnded = true;
            if (localEnded) {
                streams.ended(id);
            }
            wake();
        } finally {
            streams.lock().unlock();
        }
    }

    /** So many bytes of data take no room any more; by how much the peer is to be told to widen the window. */
    int consumed(int bytes) {
        streams.lock().lock();
        try {
            return remoteEnded || localEnded ? 0 : receiveWindow.consume(bytes);
        } finally {
            streams.lock().unlock();
        }
    }

    /** Drops what nobody will read; how many bytes. */
    int discard() {
        streams.lock().lock();
        try {
            int count = data.available();
            data.clear();
            return count;
        } finally {
            streams.lock().unlock();
        }
    }

    /** Ends it early; false if it has ended. */
    boolean reset(boolean byPeer) {
        streams.lock().lock();
        try {
            if (reset || (localEnded && remoteEnded)) {
                return false;
            }
            reset = true;
            if (byPeer) {
                streams.ended(id);
            } else {
                streams.reset(id);
            }
            wake();
            return true;
        } finally {
            streams.lock().unlock();
        }
    }

    /** This and all that follows is to be called under the lock. */
    void wake() {
        changed.signalAll();
    }

    /** May return early. */
    @SuppressWarnings("WaitNotInLoop") // those who call it loop
    void await(long nanos) {
        try {
            boolean _ = changed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionLostException(e);
        }
    }

    long sendWindow() {
        return sendWindow;
    }

    /** False if it gets larger than it may be. */
    boolean widen(long increment) {
        sendWindow += increment;
        return sendWindow <= Frames.MAX_WINDOW;
    }

    void sends(int count) {
        sendWindow -= count;
        sent += count;
    }

    long sent() {
        return sent;
    }

    SendProgress progress() {
        return progress;
    }
}
