package customerservice.api.transport.http1;

import customerservice.api.http.message.ProblemException;
import customerservice.api.transport.syntax.Octets;

/** A body in chunks (RFC 9112, section 7.1). Extensions and trailers are read and forgotten, within limits. */
final class ChunkedBody extends Http1Body {

    private static final int MAX_SIZE_DIGITS = 8;
    private static final int MAX_CHUNK_LINE = 1_024;

    /** Of everything but the data that nobody asked for: extensions of all chunks, and the trailers. */
    private static final int MAX_EXTRAS = 8 * 1_024;

    private final ConnectionInput input;
    private long limit = Long.MAX_VALUE;
    private long announced;
    private long chunkLeft;
    private int extras;
    private boolean begun;
    private boolean ended;
    private boolean broken;

    ChunkedBody(ConnectionInput input) {
        this.input = input;
    }

    @Override
    public long length() {
        return -1;
    }

    @Override
    public void limit(long bytes) {
        limit = announced - chunkLeft + bytes;
        if (announced > limit) {
            throw ProblemException.tooLarge(bytes);
        }
    }

    @Override
    public int read(byte[] into, int from, int count) {
        if (chunkLeft == 0 && !ended) {
            // Until the next chunk is there nobody knows where this body goes on.
            broken = true;
            nextChunk();
            broken = false;
        }
        if (ended) {
            return -1;
        }
        if (input.available() == 0) {
            input.need();
        }
        int read = input.take(into, from, (int) Math.min(count, chunkLeft));
        chunkLeft -= read;
        return read;
    }

    @Override
    boolean isRead() {
        return ended;
    }

    @Override
    boolean endsWithin(long bytes) {
        return !broken && chunkLeft <= bytes;
    }

    private void nextChunk() {
        if (begun) {
            endOfChunk();
        }
        begun = true;
        int lineEnd = input.lineEnd(0, MAX_CHUNK_LINE);
        if (lineEnd < 0) {
            throw ProblemException.malformed("The line of a chunk is too long.");
        }
        long size = size(input.octets(), input.start(), input.start() + lineEnd);
        input.take(lineEnd + 2);
        if (size == 0) {
            trailers();
            ended = true;
        } else if (size > limit - announced) {
            throw ProblemException.tooLarge(limit);
        } else {
            announced += size;
            chunkLeft = size;
        }
    }

    private void endOfChunk() {
        while (input.available() < 2) {
            input.need();
        }
        if (input.get(0) != '\r' || input.get(1) != '\n') {
            throw ProblemException.malformed("A chunk is longer than its size.");
        }
        input.take(2);
    }

    private long size(byte[] octets, int from, int to) {
        long size = 0;
        int at = from;
        while (at < to && Octets.hex(octets[at]) >= 0) {
            size = size << 4 | Octets.hex(octets[at]);
            at++;
        }
        if (at == from || at - from > MAX_SIZE_DIGITS) {
            throw ProblemException
                    .malformed("A chunk has no size, or one of more than " + MAX_SIZE_DIGITS + " digits.");
        }
        count(to - at);
        int extension = at;
        while (extension < to && Octets.isBlank(octets[extension])) {
            extension++;
        }
        if (at < to && (extension == to || octets[extension] != ';')) {
            throw ProblemException.malformed("The size of a chunk is malformed.");
        }
        for (int i = extension; i < to; i++) {
            if (!Octets.isFieldValue(octets[i])) {
                throw ProblemException.malformed("The extension of a chunk is malformed.");
            }
        }
        return size;
    }

    private void trailers() {
        while (true) {
            int lineEnd = input.lineEnd(0, MAX_EXTRAS - extras);
            if (lineEnd == 0) {
                input.take(2);
                return;
            }
            if (lineEnd < 0) {
                throw ProblemException.malformed("The trailers are too large.");
            }
            FieldLine.check(input.octets(), input.start(), input.start() + lineEnd);
            count(lineEnd + 2);
            input.take(lineEnd + 2);
        }
    }

    private void count(int octets) {
        extras += octets;
        if (extras > MAX_EXTRAS) {
            throw ProblemException.malformed("The extensions of chunks or the trailers are too large.");
        }
    }
}
