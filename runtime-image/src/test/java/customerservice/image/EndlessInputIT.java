package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Input that has no end, at every place where HTTP/1.1 lets a client decide how much it sends. */
@Tag("attack")
@Timeout(120)
class EndlessInputIT {

    private static final int BLOCK = 65_536;

    private static AttackSite site;

    @BeforeAll
    static void start() {
        site = new AttackSite(Map.of("CUSTOMER_SERVICE_SERVER_REQUEST_TIMEOUT", "10s"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /** @param beginning what is sent once, before what is repeated */
    record Endless(String name, String beginning, String repeated) {

        @Override
        public String toString() {
            return name;
        }

        byte[] block() {
            return repeated.repeat(BLOCK / repeated.length()).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    static Stream<Arguments> endless() {
        Stream<Endless> heads = Stream.of(
                new Endless("method", "", "X"),
                new Endless("request line", "GET /", "x"),
                new Endless("query", "GET /v1/customers?q=", "x"),
                new Endless("version", "GET / HTTP/1.", "1"),
                new Endless("empty lines", "", "\r\n"),
                new Endless("empty lines after a request", "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n", "\r\n"),
                new Endless("header name", "GET / HTTP/1.1\r\nHost: a\r\n", "x"),
                new Endless("header line", "GET / HTTP/1.1\r\nHost: a\r\nX: ", "x"),
                new Endless("blanks in a header line", "GET / HTTP/1.1\r\nHost: a\r\nX:", " "),
                new Endless("header lines", "GET / HTTP/1.1\r\nHost: a\r\n", "X: y\r\n"),
                new Endless("content length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ", "0"));
        // Nobody reads the one's body, since it has no token; the other one's is read.
        Stream<Endless> bodies = Stream.of("/v1/customers", "/v1/auth/login").flatMap(path -> {
            String chunked = "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n";
            return Stream.of(
                    new Endless("chunk size to " + path, chunked, "1"),
                    new Endless("chunk size of zeros to " + path, chunked, "0"),
                    new Endless("chunk extension to " + path, chunked + "1;", "x"),
                    new Endless("chunks of one byte to " + path, chunked, "1\r\n{\r\n"),
                    new Endless("chunk extensions to " + path, chunked, "1;x=\"" + "y".repeat(4_000) + "\"\r\n{\r\n"),
                    new Endless("trailer line to " + path, chunked + "0\r\nX: ", "x"),
                    new Endless("trailer lines to " + path, chunked + "0\r\n", "X: y\r\n"));
        });
        List<Endless> all = Stream.concat(heads, bodies).toList();
        return Arrays.stream(Transport.values())
                .flatMap(transport -> all.stream().map(endless -> Arguments.of(transport, endless)));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void endlessInputEndsWithItsConnection(Transport transport, Endless endless, TestReporter reporter)
            throws IOException {
        Target target = site.target(transport);
        target.prepare();
        try (Peer peer = target.connect()) {
            peer.send(endless.beginning());
            byte[] block = endless.block();
            assertTrue(peer.isClosedWhileSending(() -> block), "it goes on");
        }
        target.checkRecovered(reporter);
    }
}
