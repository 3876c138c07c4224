package customerservice.api.transport.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import customerservice.api.transport.syntax.RequestHead;
import io.helidon.http.HeaderNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadParserTest {

    private static final String HOST = "Host: a\r\n";

    private final RequestHeadParser parser = new RequestHeadParser(new ByteBudget(1_000_000));

    private RequestHead head(String startLine) {
        return parser.parse(Octetwise.input(startLine + "\r\n" + HOST + "\r\n"));
    }

    private int refusal(String text) {
        return assertThrows(ProblemException.class, () -> parser.parse(Octetwise.input(text)), text).problem().status();
    }

    @Test
    void largeHeadComesOutOfTheBudgetUntilItIsForgotten() {
        var budget = new ByteBudget(10_000);
        var bounded = new RequestHeadParser(budget);
        String head = "GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(6_000) + "\r\n\r\n";
        ConnectionInput input = Octetwise.input(head, head.length(), budget);
        bounded.parse(input);
        assertEquals(10_000 - head.length(), budget.left());

        var another = new RequestHeadParser(budget);
        ConnectionInput more = Octetwise.input(head, head.length(), budget);
        assertSame(Problem.OVERLOADED, assertThrows(ProblemException.class, () -> another.parse(more)).problem());

        bounded.clear();
        assertEquals(10_000, budget.left());
    }

    @Test
    void usualHeadIsNotCounted() {
        var budget = new ByteBudget(10_000);
        String head = "GET / HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(3_000) + "\r\n\r\n";
        new RequestHeadParser(budget).parse(Octetwise.input(head, head.length(), budget));
        assertEquals(10_000, budget.left());
    }

    @Test
    void startLineHasMethodTargetAndVersion() {
        assertEquals(new RequestHead("GET", "/a/b", "c=d", "", 1), head("GET /a/b?c=d HTTP/1.1"));
    }

    @Test
    void methodIsTakenAsItIsWritten() {
        assertEquals("delete", head("delete / HTTP/1.1").method());
        assertEquals("GETS", head("GETS / HTTP/1.1").method());
        assertEquals("!#$%&'*+-.^_`|~9", head("!#$%&'*+-.^_`|~9 / HTTP/1.1").method());
    }

    @Test
    void methodIsAToken() {
        for (int octet = 0; octet < 256; octet++) {
            boolean token = octet > ' ' && octet < 0x7F && "\"(),/:;<=>?@[\\]{}".indexOf(octet) < 0;
            String text = "G" + (char) octet + "T / HTTP/1.1\r\n" + HOST + "\r\n";
            if (token) {
                assertEquals("G" + (char) octet + "T", parser.parse(Octetwise.input(text)).method());
            } else {
                assertEquals(400, refusal(text), text);
            }
        }
    }

    @Test
    void percentEncodingThatIsNotNeededMakesNoOtherPath() {
        assertEquals("/v1/a~b%2Fc", head("GET /%76%31/a%7eb%2fc HTTP/1.1").path());
    }

    @Test
    void laterMinorVersionIsTakenForTheHighestKnown() {
        assertEquals(0, head("GET / HTTP/1.0").minor());
        assertEquals(1, head("GET / HTTP/1.7").minor());
    }

    @Test
    void absoluteTargetNamesTheHost() {
        assertEquals(
                new RequestHead("GET", "/a", "b", "Example.com:80", 1), head("GET HTTP://Example.com:80/a?b HTTP/1.1"));
        assertEquals(new RequestHead("GET", "/", "b", "[::1]", 1), head("GET https://[::1]?b HTTP/1.1"));
    }

    @Test
    void targetCanBeTheServer() {
        assertEquals(new RequestHead("OPTIONS", "*", "", "", 1), head("OPTIONS * HTTP/1.1"));
        assertEquals(new RequestHead("OPTIONS", "*", "", "a", 1), head("OPTIONS http://a HTTP/1.1"));
        assertEquals(new RequestHead("OPTIONS", "/", "", "a", 1), head("OPTIONS http://a/ HTTP/1.1"));
        assertEquals(new RequestHead("CONNECT", "*", "", "a:443", 1), head("CONNECT a:443 HTTP/1.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "GET", "GET ", "GET /", "GET / ", "GET  HTTP/1.1", "GET HTTP/1.1", " GET / HTTP/1.1",
                "GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET / HTTP/1.1 ", "GET\t/ HTTP/1.1", "GET / http/1.1",
                "GET / HTTP/2.0", "GET / HTTP/1.10", "GET / HTTP/1.a", "GET / HTTP/1", "GET * HTTP/1.1",
                "GET a HTTP/1.1", "GET a/b HTTP/1.1", "GET //a b HTTP/1.1", "GET /%zz HTTP/1.1", "GET /%2 HTTP/1.1",
                "GET /%2?a HTTP/1.1", "GET /# HTTP/1.1", "GET /a?# HTTP/1.1", "GET /\" HTTP/1.1",
                "GET /\u00e4 HTTP/1.1",
                "GET /a\u0000 HTTP/1.1", "GET /?\u0001 HTTP/1.1", "GET /?\u007f HTTP/1.1", "GET http:// HTTP/1.1",
                "GET http:/// HTTP/1.1", "GET http://u@a/ HTTP/1.1", "GET http://a:x/ HTTP/1.1",
                "GET http://a:65536/ HTTP/1.1", "GET ftp://a/ HTTP/1.1", "GET http:/a HTTP/1.1",
                "CONNECT / HTTP/1.1", "OPTIONS ** HTTP/1.1", "OPTIONS http://[::1 HTTP/1.1",
                "OPTIONS http://[] HTTP/1.1"})
    void otherStartLinesAreRefused(String line) {
        assertEquals(400, refusal((line.isEmpty() ? "\u0000" : line) + "\r\n" + HOST + "\r\n"));
    }

    @Test
    void fewEmptyLinesBeforeARequestAreIgnored() {
        assertEquals("/a", parser.parse(Octetwise.input("\r\n\r\nGET /a HTTP/1.1\r\n" + HOST + "\r\n")).path());
        assertEquals(400, refusal("\r\n".repeat(50) + "GET / HTTP/1.1\r\n" + HOST + "\r\n"));
    }

    @Test
    void requestLineIsBounded() {
        String longest = "GET /" + "x".repeat(RequestHead.MAX_LINE_OCTETS - "GET / HTTP/1.1".length())
                + " HTTP/1.1\r\n";

        assertEquals(1, parser.parse(Octetwise.input(longest + HOST + "\r\n")).minor());
        assertEquals(414, refusal(longest.replace("x ", "xx ") + HOST + "\r\n"));
        assertEquals(414, refusal("x".repeat(1_000_000)));
    }

    @Test
    void fieldsBehindATooLongRequestLineAreKnown() {
        assertEquals(414, refusal("GET /" + "x".repeat(30_000) + " HTTP/1.1\r\nOrigin: https://a.example\r\n\r\n"));

        assertEquals("https://a.example", parser.fields().get(HeaderNames.ORIGIN));
    }

    @ParameterizedTest
    @CsvSource({"16384, 0", "16385, 431"})
    void fieldsAreBoundedTogether(int octets, int status) {
        String field = "X: " + "y".repeat(octets - HOST.length() - "X: \r\n".length()) + "\r\n";
        String text = "GET / HTTP/1.1\r\n" + HOST + field + "\r\n";

        if (status == 0) {
            parser.parse(Octetwise.input(text));
        } else {
            assertEquals(status, refusal(text));
        }
    }

    @Test
    void endlessFieldIsRefused() {
        assertEquals(431, refusal("GET / HTTP/1.1\r\n" + "X".repeat(1_000_000)));
    }

    @Test
    void numberOfFieldsIsBounded() {
        String fields = "X: y\r\n".repeat(RequestHeadParser.MAX_FIELDS - 1);

        parser.parse(Octetwise.input("GET / HTTP/1.1\r\n" + HOST + fields + "\r\n"));
        assertEquals(RequestHeadParser.MAX_FIELDS, parser.fields().count());
        assertEquals(431, refusal("GET / HTTP/1.1\r\n" + HOST + fields + "X: y\r\n\r\n"));
    }

    @Test
    void headThatComesOctetByOctetIsTheSame() {
        String text = "\r\nPOST /a%41?b HTTP/1.1\r\n" + HOST + "X-Test:  b c\t\r\nx-test:d\r\nEmpty:\r\n\r\nbody";
        ConnectionInput input = Octetwise.input(text, 1);

        assertEquals(new RequestHead("POST", "/aA", "b", "", 1), parser.parse(input));
        assertEquals("b c, d", parser.fields().get(HeaderNames.create("X-Test")));
        assertEquals("", parser.fields().get(HeaderNames.create("Empty")));
        assertEquals(4, parser.fields().count());
        input.need();
        assertEquals('b', input.get(0));
    }

    @Test
    void valueStaysReadableWhileTheBodyComes() {
        ConnectionInput input = Octetwise.input("POST / HTTP/1.1\r\nHost: host.example\r\n\r\n" + "x".repeat(50), 3);
        parser.parse(input);
        for (int i = 0; i < 10; i++) {
            input.need();
        }

        assertEquals("host.example", parser.fields().get(HeaderNames.HOST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " X: a", "\tX: a", ": a", "X : a", "X\t: a", "X", "X Y: a", "X(: a", "X\u00e4: a", "X: a\rb", "X: a\nb",
                "X: a\u0000", "X: \u0007", "X: \u007f", "X: a\r", "\rX: a", "X: a\r\n b"})
    void malformedFieldIsRefused(String line) {
        assertEquals(400, refusal("GET / HTTP/1.1\r\n" + HOST + line + "\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "Host: a\r\nHost: a\r\n", "Host:\r\n", "Host: a b\r\n", "Host: a,b\r\nhost: a\r\n", "Host: a/b\r\n",
                "Host: u@a\r\n", "Host: a:b\r\n", "Host: a:70000\r\n", "Host: [::1\r\n", "Host: [x]\r\n",
                "Host: [::1]a\r\n", "Host: a]\r\n", "Host: \u00e4\r\n", "Host: %\r\n",
                "Host: a%2\r\n", "Host: %zz\r\n"})
    void hostIsThereOnceAndValid(String hosts) {
        assertEquals(400, refusal("GET / HTTP/1.1\r\n" + hosts + "\r\n"));
        assertEquals(400, refusal("GET http://a/ HTTP/1.1\r\n" + hosts + "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a:80", "a:", "a_b", "192.0.2.1:8080", "[::1]:80", "[2001:db8::192.0.2.1]",
                "xn--a.example."})
    void everyKindOfHostIsTaken(String host) {
        parser.parse(Octetwise.input("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));

        assertEquals(host, parser.fields().get(HeaderNames.HOST));
    }

    @Test
    void oldVersionNeedsNoHost() {
        assertEquals(0, parser.parse(Octetwise.input("GET / HTTP/1.0\r\n\r\n")).minor());
    }

    @Test
    void headThatBreaksOffIsNoRequest() {
        String text = "GET / HTTP/1.1\r\n" + HOST + "\r\n";
        for (int length = 0; length < text.length(); length++) {
            ConnectionInput input = Octetwise.input(text.substring(0, length));
            assertThrows(ConnectionLostException.class, () -> parser.parse(input));
        }
    }
}
