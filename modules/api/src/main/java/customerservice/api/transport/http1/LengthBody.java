package customerservice.api.transport.http1;

import customerservice.api.http.message.ProblemException;

/** A body whose length is known (RFC 9112, section 6.2); none is one of length 0. */
final class LengthBody extends Http1Body {

    private final ConnectionInput input;
    private final long length;
    private long left;

    LengthBody(ConnectionInput input, long length) {
        this.input = input;
        this.length = length;
        this.left = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void limit(long bytes) {
        if (left > bytes) {
            throw ProblemException.tooLarge(bytes);
        }
    }

    @Override
    public int read(byte[] into, int from, int count) {
        if (left == 0) {
            return -1;
        }
        if (input.available() == 0) {
            input.need();
        }
        int read = input.take(into, from, (int) Math.min(count, left));
        left -= read;
        return read;
    }

    @Override
    boolean isRead() {
        return left == 0;
    }

    @Override
    boolean endsWithin(long bytes) {
        return left <= bytes;
    }
}
