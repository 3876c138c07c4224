package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no client sends by mistake: each is refused, or its connection closed, and nothing hidden in it is served. */
@Tag("attack")
@Timeout(120)
class MalformedRequestIT {

    /** Never to be seen in the access log: it is only ever inside of something else, or behind what nobody understands. */
    private static final String HIDDEN = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HEAD = "Host: a\r\nContent-Type: application/json\r\n";

    private static AttackSite site;

    @BeforeAll
    static void start() {
        site = new AttackSite(Map.of());
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    static Stream<String> broken() {
        String get = "GET /health/live HTTP/1.1\r\nHost: a\r\n";
        String post = "POST /v1/customers HTTP/1.1\r\n" + HEAD;
        String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
        List<String> corpus = new ArrayList<>();
        for (int c = 0; c < 0x20; c++) {
            corpus.add("GET /health" + (char) c + "live HTTP/1.1\r\nHost: a\r\n\r\n");
            if (c != '\t') {
                corpus.add(get + "X-Test: a" + (char) c + "b\r\n\r\n");
            }
            corpus.add(get + "X-T" + (char) c + "est: a\r\n\r\n");
        }
        for (String version : List.of("HTTP/0.9", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/9", "HTTP", "http/1.1",
                "")) {
            corpus.add("GET /health/live " + version + "\r\nHost: a\r\n\r\n");
        }
        for (String length : List.of("-1", "+1", "0x1", "1e1", "", " ", "9223372036854775808", "99999999999999999999",
                "1, 2", "1,1", "1 1", "\u00b2", "4\r\nContent-Length: 40", "40\r\nContent-Length: 4")) {
            corpus.add(post + "Content-Length: " + length + "\r\n\r\n" + HIDDEN);
        }
        for (String coding : List.of("chunked\r\nContent-Length: 4", "xchunked", "chunked, identity",
                "identity, chunked",
                "chunked, chunked", "gzip, chunked", "chunked\r\nTransfer-Encoding: identity",
                "identity\r\nTransfer-Encoding: chunked", "\"chunked\"", "chunked;q=1", "\u000bchunked", "chun\0ked",
                "")) {
            corpus.add(post + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n" + HIDDEN);
        }
        corpus.add(post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN);
        corpus.add(post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + HIDDEN);
        corpus.add(post + " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN);
        corpus.add(post + "X: a\r\n\tTransfer-Encoding: chunked\r\nContent-Length: 99\r\n\r\n0\r\n\r\n" + HIDDEN);
        corpus.add(post + "Transfer\u00adEncoding: chunked\r\nContent-Length: 99\r\n\r\n0\r\n\r\n" + HIDDEN);
        for (String chunk : List.of("-1", "0x5", "g", "", " 5", "5 5", "ffffffffffffffff", "80000000", "100000000",
                "5;" + "x".repeat(20_000), "5\n", "00000000000000000000000000000000000005")) {
            corpus.add(chunked + chunk + "\r\n" + HIDDEN + "\r\n0\r\n\r\n");
        }
        corpus.add(chunked + "5\r\nabcdefgh\r\n0\r\n\r\n");
        corpus.add(chunked + "1\r\na\r\n0\r\nContent-Length: 5\r\nX: " + "y".repeat(40_000) + "\r\n\r\n");
        corpus.add("GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        corpus.add(get + "X: " + "y".repeat(100_000) + "\r\n\r\n");
        corpus.add(get + "X: y\r\n".repeat(20_000) + "\r\n");
        corpus.add(get + "X: a\r\n b\r\n\r\n");
        corpus.add("\0".repeat(5_000));
        corpus.add("\r\n".repeat(5_000));
        corpus.add("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + "\u00aa".repeat(600));
        corpus.add("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "garbage".repeat(100));
        corpus.add("PRI * HTTP/1.1\r\nHost: a\r\n\r\n");
        return corpus.stream();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void brokenRequestIsRefusedOrItsConnectionClosed(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (String request : broken().toList()) {
            count++;
            String answer = talk(target, request);
            if (answer.contains("/smuggled") || (request.contains("smuggled") && Peer.statuses(answer).contains(404))) {
                wrong.add("smuggled by " + printable(request));
            }
            for (int status : Peer.statuses(answer)) {
                boolean harmless = status == 200 && !request.contains("smuggled");
                if (!isRefusal(status) && !harmless) {
                    wrong.add(status + " for " + printable(request));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(count > 100);
        target.checkRecovered(reporter);
    }

    private static boolean isRefusal(int status) {
        return (status >= 400 && status < 500) || status == 501 || status == 505;
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void requestThatBreaksOffAnywhereIsNoFault(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        String body = "{\"name\":\"Ada\"}";
        String request = "POST /v1/customers HTTP/1.1\r\n" + HEAD + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
        for (int length = 0; length < request.length(); length++) {
            for (int status : Peer.statuses(talk(target, request.substring(0, length)))) {
                assertTrue(status >= 400 && status < 500, status + " after " + length + " bytes");
            }
        }
        target.checkRecovered(reporter);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void noByteInAMethodIsAFault(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<String> wrong = new ArrayList<>();
        for (int c = 0; c < 256; c++) {
            for (String method : List.of(String.valueOf((char) c), "GE" + (char) c, "G" + (char) c + "T")) {
                String said = talk(target, method + " /v1/customers HTTP/1.1\r\nHost: a\r\n\r\n");
                if (!Peer.statuses(said).stream().allMatch(MalformedRequestIT::isRefusal)) {
                    wrong.add(Peer.statuses(said) + " for " + printable(method) + " " + c);
                }
            }
        }
        assertEquals(List.of(), wrong);
        target.checkRecovered(reporter);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void noByteInAMethodIsAFaultOverHttp2(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<String> wrong = new ArrayList<>();
        for (int c = 0; c < 256; c++) {
            try (Peer peer = target.connect("h2", 0)) {
                peer.send(Frames.preface(Frames.HEADER_TABLE_SIZE, 0)
                        .frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1,
                                Frames.request("G" + (char) c + "T", "/v1/customers"))
                        .bytes());
                var answers = new Http2Answers(peer);
                answers.readUntilEnded(1);
                if (!answers.statuses().stream().allMatch(MalformedRequestIT::isRefusal)) {
                    wrong.add(answers.statuses() + " for " + c);
                }
            }
        }
        assertEquals(List.of(), wrong);
        target.checkRecovered(reporter);
    }

    /** RFC 9110, 9.1: they are case-sensitive, and a proxy's rule about DELETE lets these pass. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void methodInOtherLettersDoesNothing(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        String authorization = target.authorization();
        List<String> wrong = new ArrayList<>();
        for (String method : List.of("get", "Get", "head", "post", "put", "patch", "delete", "Delete", "options")) {
            List<Integer> statuses = new ArrayList<>(Peer.statuses(talk(target, method + " /v1/customers HTTP/1.1\r\n"
                    + HEAD + authorization + "\r\nContent-Length: 2\r\n\r\n{}")));
            try (Peer peer = target.connect("h2", 0)) {
                peer.send(Frames.preface(Frames.HEADER_TABLE_SIZE, 0)
                        .frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1,
                                Frames.request(method, "/v1/customers", "authorization: "
                                        + authorization.substring("Authorization: ".length())))
                        .bytes());
                var answers = new Http2Answers(peer);
                answers.readUntilEnded(1);
                statuses.addAll(answers.statuses());
            }
            if (!List.of(400, 405, 501).containsAll(statuses)) {
                wrong.add(method + " " + statuses);
            }
        }
        assertEquals(List.of(), wrong);
        target.checkRecovered(reporter);
    }

    /** Sends, closes its side, and reads until the other does, which it has to within the limit. */
    private static String talk(Target target, String request) throws IOException {
        try (Peer peer = target.connect()) {
            try {
                peer.send(request).finish();
            } catch (IOException e) {
                // It was closed while this still wrote; what it said may be there all the same.
            }
            return peer.readToEnd();
        }
    }

    private static String printable(String request) {
        return request.substring(0, Math.min(400, request.length())).replaceAll("[^ -~]", "?");
    }
}
