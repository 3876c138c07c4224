package customerservice.api.transport.http2;

/** How much the peer may send, on a stream or on the connection (RFC 9113, section 5.2). Guarded by the streams' lock. */
final class ReceiveWindow {

    private final int size;
    private int left;
    private int consumed;

    /** @param size to which it is widened again and again */
    ReceiveWindow(int size) {
        this.size = size;
        this.left = size;
    }

    /** False if the peer has sent more than it may. */
    boolean receive(int bytes) {
        left -= bytes;
        return left >= 0;
    }

    /**
     * Tells of bytes that take no room any more.
     *
     * @return by how much the peer is to be told to widen the window; 0 as long as it is not worth a frame
     */
    int consume(int bytes) {
        consumed += bytes;
        if (consumed < size / 2) {
            return 0;
        }
        int increment = consumed;
        consumed = 0;
        left += increment;
        return increment;
    }
}
