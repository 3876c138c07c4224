package customerservice.api.transport.http2.exchange;

import customerservice.api.http.message.Content;
import customerservice.api.http.message.ProblemException;
import customerservice.api.transport.http2.Http2Stream;
import io.helidon.http.HeaderNames;

/** The content of an HTTP/2 request, as it comes in over its stream. */
final class Http2Content implements Content {

    private final Http2Stream stream;
    private final long allowedNanos;
    private final boolean continuing;
    private long left = Long.MAX_VALUE;
    private long limit;
    private long deadline;

    /** @param allowedNanos how long it may take to come, from when it is first read */
    Http2Content(Http2Stream stream, Http2Fields fields, long allowedNanos) {
        this.stream = stream;
        this.allowedNanos = allowedNanos;
        this.continuing = fields.get(HeaderNames.EXPECT).equalsIgnoreCase("100-continue");
    }

    @Override
    public long length() {
        return stream.contentLength();
    }

    @Override
    public void limit(long bytes) {
        if (length() > bytes) {
            throw ProblemException.tooLarge(bytes);
        }
        limit = bytes;
        left = bytes;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        if (deadline == 0) {
            deadline = System.nanoTime() + allowedNanos;
            if (continuing && stream.awaitsContent()) {
                stream.sendContinue();
            }
        }
        int count = stream.read(into, from, length, deadline);
        left -= Math.max(0, count);
        if (left < 0) {
            throw ProblemException.tooLarge(limit);
        }
        return count;
    }
}
