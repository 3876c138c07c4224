package customerservice.api.transport.http1;

import customerservice.api.http.message.Content;
import customerservice.api.http.message.ProblemException;

/** The body of an HTTP/1.1 request, as far as it has come. */
abstract sealed class Http1Body implements Content permits LengthBody, ChunkedBody {

    private static final int SCRATCH = 4_096;

    static Http1Body of(ConnectionInput input, long length) {
        return length == BodyFraming.CHUNKED ? new ChunkedBody(input) : new LengthBody(input, length);
    }

    /** Whether all of it has been read. */
    abstract boolean isRead();

    /** Whether its end can be reached by reading on, and is not known to be further away than so many bytes. */
    abstract boolean endsWithin(long bytes);

    /**
     * Reads on to its end, so that the next request begins behind it.
     *
     * @throws ProblemException if it has none within so many bytes
     */
    final void skip(long bytes) {
        if (isRead()) {
            return;
        }
        limit(bytes);
        byte[] scratch = new byte[SCRATCH];
        while (read(scratch, 0, SCRATCH) >= 0) {
            // Nobody wants it.
        }
    }
}
