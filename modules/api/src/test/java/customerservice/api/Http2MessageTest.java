package customerservice.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.transport.hpack.HpackEncoder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers in frames of HTTP/2 (RFC 9113, section 8). */
@Timeout(60)
class Http2MessageTest {

    private static final String BODY = "{\"name\":\"Ada\",\"email\":\"ada@example.com\"}";
    private static final String JSON = "content-type: application/json";

    /** 16,000 bytes and more as RFC 9113, section 6.5.2, counts them. */
    private static final String[] TOO_MANY = Collections.nCopies(420, "x-field: 1").toArray(String[]::new);

    private RunningApi api;
    private Http2Peer peer;

    @BeforeEach
    void start() {
        api = new RunningApi();
        peer = new Http2Peer(api);
    }

    @AfterEach
    void stop() {
        peer.close();
        api.close();
    }

    private void otherStreamsGoOn(int stream) {
        assertEquals(200, peer.call(stream, "GET", "/health/live").status());
        assertTrue(api.accessEntries.stream().noneMatch(entry -> entry.status() >= 500), api.accessEntries::toString);
    }

    @Test
    void requestsWithContentAreAnswered() {
        Reply created = peer.begin(1, "POST", "/v1/customers", JSON).data(1, BODY, true).answer(1);
        assertEquals(201, created.status());
        Reply found = peer.call(3, "GET", created.field("location").orElseThrow());
        assertEquals("Ada", found.json().get("name"));
    }

    @Test
    void contentMayComeInAnyPieces() {
        peer.begin(1, "POST", "/v1/customers", JSON);
        for (int i = 0; i < BODY.length(); i++) {
            peer.data(1, BODY.substring(i, i + 1), false);
        }
        peer.send(Http2Peer.DATA, Http2Peer.PADDED, 1, new byte[]{3, 0, 0, 0});
        peer.data(1, "", true);
        assertEquals(201, peer.answer(1).status());
    }

    @Test
    void paddingDoesNotUseUpTheWindow() {
        peer.begin(1, "POST", "/v1/customers", JSON);
        byte[] padded = new byte[257];
        padded[0] = (byte) 255;
        padded[1] = ' ';
        for (int i = 0; i < 600; i++) {
            peer.send(Http2Peer.DATA, Http2Peer.PADDED, 1, padded);
        }
        assertEquals(201, peer.data(1, BODY, true).answer(1).status());
    }

    @Test
    void trailersEndTheRequest() {
        peer.begin(1, "POST", "/v1/customers", JSON).data(1, BODY, false);
        var trailers = new HpackEncoder(16).field("x-checksum", "1");
        peer.send(
                Http2Peer.HEADERS, Http2Peer.END_HEADERS | Http2Peer.END_STREAM, 1, Http2Peer.block(trailers));
        assertEquals(201, peer.answer(1).status());
    }

    @Test
    void clientsThatWaitAreToldToGoOn() {
        peer.begin(1, "POST", "/v1/customers", JSON, "expect: 100-continue");
        assertEquals(Http2Peer.HEADERS, peer.next(1).type());
        assertEquals(201, peer.data(1, BODY, true).answer(1).status());
    }

    @Test
    void headBlocksMayGoOnInLaterFrames() {
        byte[] head = peer.head("GET", "/health/live");
        peer.send(Http2Peer.HEADERS, Http2Peer.END_STREAM, 1, head[0]);
        peer.send(Http2Peer.CONTINUATION, 0, 1, head[1], head[2]);
        peer.send(Http2Peer.CONTINUATION, Http2Peer.END_HEADERS, 1, Arrays.copyOfRange(head, 3, head.length));
        assertEquals(200, peer.answer(1).status());
    }

    @Test
    void methodsAreCaseSensitive() {
        String id = api.create("Ada", "ada@example.com");
        assertEquals(405, peer.call(1, "delete", "/v1/customers/" + id).status());
        assertEquals(200, peer.call(3, "GET", "/v1/customers/" + id).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"G@T", "GE T", "G\u00c4T", "GET,"})
    void aMethodThatIsNoTokenIsRefusedAndOtherStreamsGoOn(String method) {
        Reply reply = peer.call(1, method, "/v1/customers");
        assertEquals(400, reply.status());
        assertEquals("/problems/malformed-request", reply.problem());
        otherStreamsGoOn(3);
    }

    @Test
    void answersWithoutContentTellNoLength() {
        String id = api.create("Ada", "ada@example.com");
        Reply unchanged = peer.call(1, "GET", "/v1/customers/" + id, "if-none-match: \"1\"");
        assertEquals(304, unchanged.status());
        assertEquals(List.of(), unchanged.fields("content-length"));
        Reply gone = peer.call(3, "DELETE", "/v1/customers/" + id);
        assertEquals(204, gone.status());
        assertEquals(List.of(), gone.fields("content-length"));
    }

    @Test
    void answersToHeadTellTheLengthOfWhatIsNotSent() {
        Reply reply = peer.call(1, "HEAD", "/health/live");
        assertEquals(200, reply.status());
        assertTrue(reply.field("content-length").map(Integer::parseInt).orElse(0) > 0, reply.head());
        assertEquals(0, reply.body().length);
    }

    @Test
    void headerListsAboveTheLimitAreRefusedAndOtherStreamsGoOn() {
        Reply reply = peer.call(1, "GET", "/v1/customers", TOO_MANY);
        assertEquals(431, reply.status());
        otherStreamsGoOn(3);
    }

    @Test
    void theLimitHoldsForTheDecodedList() {
        // 4 KB once, then 10,000 bytes that each stand for it.
        var bomb = new HpackEncoder(16_000)
                .field(":method", "GET")
                .field(":scheme", "http")
                .field(":authority", "localhost")
                .field(":path", "/health/live");
        byte[] literal = HpackEncoder.encoded("x", "v".repeat(3_900));
        literal[0] |= 0x40;
        bomb.field(literal);
        byte[] references = new byte[10_000];
        Arrays.fill(references, (byte) 0xBE);
        bomb.field(references);
        peer.send(Http2Peer.HEADERS, Http2Peer.END_HEADERS | Http2Peer.END_STREAM, 1, Http2Peer.block(bomb));
        assertEquals(431, peer.answer(1).status());
        otherStreamsGoOn(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Upper-Case: 1", "connection: close", "transfer-encoding: chunked", "keep-alive: 1", "te: gzip", ":status: 200",
        "x: a\nb", "x: a\rb", "x: a\0b", "x:  a", "x y: 1", ":method: GET", "content-length: 1, 1",
        "content-length: -1", "content-length: 5"
    })
    void malformedHeadsEndTheirStreamAndOtherStreamsGoOn(String field) {
        peer.request(1, "GET", "/health/live", field);
        assertEquals(Http2Peer.PROTOCOL_ERROR, peer.reset(1));
        otherStreamsGoOn(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {":method", ":scheme", ":path"})
    void headsThatLackAPartOfTheTargetEndTheirStream(String missing) {
        var head = new HpackEncoder(64);
        for (String field : List.of(":method GET", ":scheme http", ":path /health/live")) {
            if (!field.startsWith(missing)) {
                head.field(field.substring(0, field.indexOf(' ')), field.substring(field.indexOf(' ') + 1));
            }
        }
        peer.send(Http2Peer.HEADERS, Http2Peer.END_HEADERS | Http2Peer.END_STREAM, 1, Http2Peer.block(head));
        assertEquals(Http2Peer.PROTOCOL_ERROR, peer.reset(1));
        otherStreamsGoOn(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {":scheme ftp", ":scheme ht tp://evil/?", ":authority "})
    void targetsOfAnotherKindThanHttpAreRefused(String other) {
        var head = new HpackEncoder(64);
        for (String field : List.of(":method GET", ":scheme http", ":authority localhost", ":path /health/live")) {
            String sent = field.startsWith(other.substring(0, other.indexOf(' '))) ? other : field;
            head.field(sent.substring(0, sent.indexOf(' ')), sent.substring(sent.indexOf(' ') + 1));
        }
        peer.send(Http2Peer.HEADERS, Http2Peer.END_HEADERS | Http2Peer.END_STREAM, 1, Http2Peer.block(head));
        assertEquals(400, peer.answer(1).status());
        otherStreamsGoOn(3);
    }

    @Test
    void contentOfAnotherLengthThanAnnouncedEndsTheStream() {
        peer.begin(1, "POST", "/v1/customers", JSON, "content-length: 5").data(1, BODY, true);
        assertEquals(Http2Peer.PROTOCOL_ERROR, peer.reset(1));
        peer.begin(3, "POST", "/v1/customers", JSON, "content-length: 500").data(3, BODY, true);
        assertEquals(Http2Peer.PROTOCOL_ERROR, peer.reset(3));
        otherStreamsGoOn(5);
        assertEquals(0, api.store.size());
    }

    @Test
    void largeContentIsRefused() {
        peer.begin(1, "POST", "/v1/customers", JSON, "content-length: 70000");
        assertEquals(413, peer.answer(1).status());
        otherStreamsGoOn(3);
    }

    @Test
    void hostAndAuthorityMayNotDiffer() {
        assertEquals(400, peer.call(1, "GET", "/health/live", "host: other").status());
        assertEquals(200, peer.call(3, "GET", "/health/live", "host: localhost").status());
    }

    @Test
    void malformedPathsAreRefused() {
        assertEquals(400, peer.call(1, "GET", "/health/%zz").status());
        assertEquals(400, peer.call(3, "GET", "health/live").status());
        otherStreamsGoOn(5);
    }

    @Test
    void aBlockThatIsNotHpackEndsTheConnection() {
        peer.send(Http2Peer.HEADERS, Http2Peer.END_HEADERS | Http2Peer.END_STREAM, 1, (byte) 0x80);
        assertEquals(Http2Peer.COMPRESSION_ERROR, peer.goAway());
        assertTrue(peer.isClosedByServer());
    }

    @Test
    void requestsAreRecordedAsTheyCame() throws InterruptedException {
        peer.call(1, "GET", "/v1/customers", "x-request-id: abc-123");
        assertEquals("abc-123", api.nextAccessEntry().caller().requestId());
    }

    @Test
    void aRefusedHeadIsRecorded() throws InterruptedException {
        peer.call(1, "GET", "/v1/customers", TOO_MANY);
        assertEquals(431, api.nextAccessEntry().status());
    }

    @Test
    void contentThatNobodyReadsNeedNotBeSent() {
        Reply reply = peer.begin(1, "POST", "/v1/customers", JSON, "authorization: none").answer(1);
        assertEquals(401, reply.status());
        assertEquals(Http2Peer.NO_ERROR, peer.reset(1));
        // What was on its way is no error.
        peer.data(1, BODY, false).data(1, BODY, true);
        otherStreamsGoOn(3);
    }

    @Test
    void oneAnswerMayTakeManyFrames() {
        Reply reply = peer.call(1, "GET", "/openapi.yaml");
        assertEquals(200, reply.status());
        assertEquals(Optional.of(Integer.toString(reply.body().length)), reply.field("content-length"));
    }
}
