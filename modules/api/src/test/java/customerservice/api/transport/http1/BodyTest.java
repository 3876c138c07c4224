package customerservice.api.transport.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.http.message.ProblemException;
import customerservice.api.transport.syntax.RequestHead;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a body ends. */
class BodyTest {

    private static final String NEXT = "GET /next";

    private final RequestHeadParser parser = new RequestHeadParser(new ByteBudget(1_000_000));

    private long framing(String version, String fields) {
        RequestHead head = parser
                .parse(Octetwise.input("POST / HTTP/" + version + "\r\nHost: a\r\n" + fields + "\r\n"));
        return BodyFraming.of(parser.fields(), head.minor());
    }

    private int refusal(String version, String fields) {
        return assertThrows(ProblemException.class, () -> framing(version, fields), fields).problem().status();
    }

    private static String read(Http1Body body) {
        var out = new ByteArrayOutputStream();
        byte[] piece = new byte[3];
        for (int count = body.read(piece, 0, 3); count >= 0; count = body.read(piece, 0, 3)) {
            out.write(piece, 0, count);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static int chunkRefusal(String chunks) {
        var body = new ChunkedBody(Octetwise.input(chunks));
        body.limit(65_536);
        int status = assertThrows(ProblemException.class, () -> read(body), chunks).problem().status();
        assertFalse(body.endsWithin(1_000_000));
        return status;
    }

    private static String rest(ConnectionInput input) {
        return new String(input.takeAll(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void lengthIsAnnouncedOrZero() {
        assertEquals(0, framing("1.1", ""));
        assertEquals(0, framing("1.1", "Content-Length: 0\r\n"));
        assertEquals(12, framing("1.0", "content-length: 0012\r\n"));
        assertEquals(Long.MAX_VALUE, framing("1.1", "Content-Length: 99999999999999999999\r\n"));
        assertEquals(Long.MAX_VALUE, framing("1.1", "Content-Length: " + "0".repeat(30) + "39\r\n"));
        assertEquals(BodyFraming.CHUNKED, framing("1.1", "Transfer-Encoding: Chunked\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length:\r\n", "Content-Length: -1\r\n", "Content-Length: +1\r\n", "Content-Length: 0x1\r\n",
                "Content-Length: 1, 1\r\n", "Content-Length: 1 1\r\n", "Content-Length: 1\r\nContent-Length: 1\r\n",
                "Content-Length: \u00b2\r\n", "Transfer-Encoding:\r\n", "Transfer-Encoding: gzip\r\n",
                "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: chunked, chunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n", "Transfer-Encoding: chunked;q=1\r\n",
                "Transfer-Encoding: \"chunked\"\r\n", "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n",
                "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"})
    void ambiguousLengthIsRefused(String fields) {
        assertEquals(400, refusal("1.1", fields));
    }

    @Test
    void oldVersionHasNoChunks() {
        assertEquals(400, refusal("1.0", "Transfer-Encoding: chunked\r\n"));
    }

    @Test
    void bodyOfKnownLengthEndsThere() {
        ConnectionInput input = Octetwise.input("12345" + NEXT, 4);

        assertEquals("12345", read(new LengthBody(input, 5)));
        assertEquals("GET", rest(input));
    }

    @Test
    void bodyThatBreaksOffIsLost() {
        var body = new LengthBody(Octetwise.input("1234"), 5);

        assertThrows(ConnectionLostException.class, () -> read(body));
    }

    @Test
    void knownLengthAboveTheLimitIsRefusedUnread() {
        var body = new LengthBody(Octetwise.input(""), 6);

        assertEquals(413, assertThrows(ProblemException.class, () -> body.limit(5)).problem().status());
    }

    @Test
    void chunksMakeABodyHoweverTheyArrive() {
        String text = "1\r\na\r\n00A;n=v;q=\"a b\"\r\n0123456789\r\n2 ; x\r\n\r\n\r\n0\r\nX-Sum: 1\r\nY:\r\n\r\n"
                + NEXT;
        for (int atOnce = 1; atOnce <= text.length(); atOnce++) {
            ConnectionInput input = Octetwise.input(text, atOnce);

            assertEquals("a0123456789\r\n", read(new ChunkedBody(input)));
            while (input.more()) {
                // Everything that follows.
            }
            assertEquals(NEXT, rest(input));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n", "x\r\n", "-1\r\n", "+2\r\nab\r\n0\r\n\r\n", "0x2\r\nab\r\n0\r\n\r\n", " 2\r\nab\r\n0\r\n\r\n",
                "2 \r\nab\r\n0\r\n\r\n", "2 2\r\nab\r\n0\r\n\r\n", ";a\r\n", "2\nab\n0\n\n", "1\r\naXX0\r\n\r\n",
                "1\r\nab\r\n0\r\n\r\n", "2\r\nab0\r\n\r\n", "1;\u0000\r\na\r\n0\r\n\r\n", "1;a\rb\r\na\r\n0\r\n\r\n",
                "ffffffffffffffff\r\n", "100000000\r\n", "000000000000001\r\n", "0\r\nX\r\n\r\n", "0\r\n : a\r\n\r\n",
                "0\r\nX: a\nb\r\n\r\n", "0\r\n a\r\n\r\n"})
    void malformedChunksAreRefused(String chunks) {
        assertEquals(400, chunkRefusal(chunks));
    }

    @Test
    void chunkThatIsTooLargeIsRefusedUnread() {
        assertEquals(413, chunkRefusal("10001\r\n"));
        assertEquals(413, chunkRefusal("ffffffff\r\n"));
        assertEquals(413, chunkRefusal(("8000\r\n" + "x".repeat(0x8000) + "\r\n").repeat(2) + "1\r\n"));
    }

    @Test
    void everythingAroundTheDataIsBounded() {
        assertEquals(400, chunkRefusal("1".repeat(1_000_000)));
        assertEquals(400, chunkRefusal("1;" + "x".repeat(1_000_000)));
        assertEquals(400, chunkRefusal(("1;" + "x".repeat(1_000) + "\r\na\r\n").repeat(100)));
        assertEquals(400, chunkRefusal("0\r\nX: " + "y".repeat(1_000_000)));
        assertEquals(400, chunkRefusal("0\r\n" + "X: y\r\n".repeat(100_000)));
    }

    @Test
    void unwantedBodyIsSkippedWithinBounds() {
        ConnectionInput input = Octetwise.input("2\r\nab\r\n0\r\n\r\n" + NEXT);
        new ChunkedBody(input).skip(2);

        assertEquals(NEXT, rest(input));
        assertThrows(
                ProblemException.class, () -> new ChunkedBody(Octetwise.input("2\r\nab\r\n0\r\n\r\n")).skip(1));
        assertTrue(new LengthBody(input, 5).endsWithin(5));
        assertFalse(new LengthBody(input, 5).endsWithin(4));
    }
}
