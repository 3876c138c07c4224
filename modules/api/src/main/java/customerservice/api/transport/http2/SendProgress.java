package customerservice.api.transport.http2;

/**
 * Whether a peer takes enough of one answer. Where the stream's own window is closed, the peer has decided not to take this
 * answer. Where only the connection's is, it may be busy with the others, and slow.
 */
final class SendProgress {

    private static final double BYTES_PER_NANO = 4 * 1_024 / 1e9;

    private final long periodNanos;
    private boolean started;
    private long since;
    private long streamThen;
    private long connectionThen;

    /** @param periodNanos over which the average is taken */
    SendProgress(long periodNanos) {
        this.periodNanos = periodNanos;
    }

    /**
     * Asked whenever the stream has to wait.
     *
     * @param stream what it has sent so far
     * @param connection what all streams have
     * @return how long it may wait; not positive if the peer is too slow
     */
    long nanosLeft(long now, long stream, long connection, boolean streamBlocks) {
        if (!started) {
            started = true;
            restart(now, stream, connection);
        }
        long nanos = now - since;
        if (nanos < periodNanos) {
            return periodNanos - nanos;
        }
        double least = nanos * BYTES_PER_NANO;
        if (stream - streamThen < least && (streamBlocks || connection - connectionThen < least)) {
            return 0;
        }
        restart(now, stream, connection);
        return periodNanos;
    }

    private void restart(long now, long stream, long connection) {
        since = now;
        streamThen = stream;
        connectionThen = connection;
    }
}
