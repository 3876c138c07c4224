package customerservice.api.transport.http1;

import customerservice.api.http.message.ProblemException;
import io.helidon.http.HeaderNames;

/** How long a request's body is (RFC 9112, section 6.3), refusing all that anybody could understand in another way. */
final class BodyFraming {

    /** It is in chunks. */
    static final long CHUNKED = -1;

    /** Some readers count no more; for them zeros in front would make another number of it. */
    private static final int MAX_DIGITS = 18;

    private BodyFraming() {}

    /**
     * The length in bytes, or {@link #CHUNKED}.
     *
     * @throws customerservice.api.http.message.ProblemException if it is not known
     */
    static long of(HeadFields fields, int minor) {
        int lengths = fields.lines(HeaderNames.CONTENT_LENGTH);
        if (fields.has(HeaderNames.TRANSFER_ENCODING)) {
            if (lengths > 0 || minor == 0) {
                throw ProblemException.malformed("Transfer-Encoding does not go with Content-Length or HTTP/1.0.");
            }
            // Unknown codings could be 501 (section 6.1), but no stranger should be able to bring about a 5xx.
            if (!fields.get(HeaderNames.TRANSFER_ENCODING).equalsIgnoreCase("chunked")) {
                throw ProblemException.malformed("The only transfer coding is chunked.");
            }
            return CHUNKED;
        }
        return switch (lengths) {
            case 0 -> 0;
            case 1 -> length(fields.get(HeaderNames.CONTENT_LENGTH));
            default -> throw ProblemException.malformed("There is more than one Content-Length.");
        };
    }

    /** Larger than any limit where it is too large to be counted. */
    private static long length(String value) {
        long length = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                throw ProblemException.malformed("Content-Length is not a number.");
            }
            length = i < MAX_DIGITS ? 10 * length + c - '0' : Long.MAX_VALUE;
        }
        if (value.isEmpty()) {
            throw ProblemException.malformed("Content-Length is empty.");
        }
        return length;
    }
}
