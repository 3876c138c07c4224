package customerservice.api.http;

import customerservice.api.http.message.ByteRange;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import customerservice.auth.Sha256;
import io.helidon.http.HeaderNames;
import java.util.Objects;
import java.util.Optional;

/**
 * Bytes that are the same for every answer, with a strong entity tag made of them; perhaps gzipped as well. They are sent
 * as RFC 9110 has it: conditionally (section 13), and in parts (section 14).
 */
public final class StaticContent {

    private static final Field ACCEPT_RANGES = new Field("Accept-Ranges", "bytes");
    private static final FieldName CONTENT_RANGE = new FieldName("Content-Range");

    /** Of a SHA-256, in hex digits. */
    private static final int HASH = 32;

    private static final byte[] NONE = {};

    private final byte[] plain;
    private final byte[] gzipped;
    private final String hash;
    private final String tag;

    private StaticContent(byte[] plain, byte[] gzipped) {
        this.plain = Objects.requireNonNull(plain, "plain");
        this.gzipped = Objects.requireNonNull(gzipped, "gzipped");
        this.hash = Sha256.hex(plain).substring(0, HASH);
        this.tag = '"' + hash + '"';
    }

    /** @param bytes not empty; not changed afterwards */
    public static StaticContent of(byte[] bytes) {
        return new StaticContent(bytes, NONE);
    }

    /** @param gzipped not changed afterwards */
    public static StaticContent ofGzipped(byte[] gzipped) {
        return new StaticContent(Gzip.decompress(gzipped), gzipped);
    }

    /** Lower-case hex digits that stand for these bytes and no others. */
    public String hash() {
        return hash;
    }

    /** Not to be changed. */
    public byte[] bytes() {
        return plain;
    }

    /**
     * Answers a GET or HEAD with all of it, a part, or 304.
     *
     * @throws ProblemException if a precondition is not met, or there is no such part
     */
    public void send(Exchange exchange, Field contentType, Field cacheControl) {
        boolean current = Preconditions.hasCurrent(exchange, tag);
        boolean compressed = gzipped.length > 0 && exchange.acceptsGzip();
        byte[] bytes = compressed ? gzipped : plain;
        String own = compressed ? EntityTags.gzipped(tag) : tag;
        Answer answer = exchange.answer();
        Optional<ByteRange> range = current ? Optional.empty() : range(exchange, own, bytes.length);
        if (range.isPresent() && range.get().length() == 0) {
            answer.field(CONTENT_RANGE, "bytes */" + bytes.length);
            throw new ProblemException(Problem.RANGE_NOT_SATISFIABLE, "It has " + bytes.length + " bytes.");
        }
        answer.field(cacheControl);
        if (current) {
            sendNotModified(exchange);
            return;
        }
        answer.field(contentType);
        answer.field(ACCEPT_RANGES);
        answer.field(FieldName.ETAG, own);
        if (gzipped.length > 0) {
            answer.field(Field.VARY_ENCODING);
        }
        if (compressed) {
            answer.field(Field.GZIP);
        }
        if (range.isEmpty()) {
            exchange.send(200, bytes);
            return;
        }
        int from = range.get().from();
        int length = range.get().length();
        answer.field(CONTENT_RANGE, "bytes " + from + "-" + (from + length - 1) + "/" + bytes.length);
        exchange.send(206, bytes, from, length);
    }

    private void sendNotModified(Exchange exchange) {
        if (gzipped.length > 0) {
            exchange.sendNotModified(tag);
        } else {
            exchange.answer().field(FieldName.ETAG, tag);
            exchange.send(304);
        }
    }

    /** Of GET only, and only if the client has the other parts of this very representation (section 13.1.5). */
    private static Optional<ByteRange> range(Exchange exchange, String tag, int length) {
        boolean wanted = exchange.method() == HttpMethod.GET
                && exchange.has(HeaderNames.RANGE)
                && (!exchange.has(HeaderNames.IF_RANGE) || exchange.field(HeaderNames.IF_RANGE).strip().equals(tag));
        return wanted ? ByteRange.of(exchange.field(HeaderNames.RANGE), length) : Optional.empty();
    }
}
