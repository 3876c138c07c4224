package customerservice.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.EdgeSettings;
import customerservice.api.RunningApi;
import customerservice.api.caller.TrustedProxies;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection may begin with when proxies speak the PROXY protocol. */
@Timeout(60)
class NewConnectionsTest {

    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

    private static RunningApi proxied(Duration limit, String... networks) {
        EdgeSettings usual = RunningApi.behind(networks);
        return new RunningApi(
                RunningApi.settings()
                        .withLimits(RunningApi.limits().withMaxConnections(2).withRequestTimeout(limit))
                        .withEdge(
                                new EdgeSettings(
                                        usual.trustedProxies(), true, List.of(), usual.rate(),
                                        usual.expensiveRate())));
    }

    private static RunningApi proxied(String... networks) {
        return proxied(Duration.ofSeconds(10), networks);
    }

    private static byte[] v2(String command, String rest) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        out.writeBytes(HexFormat.of().parseHex(command + rest));
        return out.toByteArray();
    }

    private static String seen(RunningApi api, byte[] header, String... fields) throws InterruptedException {
        try (Connection connection = api.connect()) {
            connection.send(header);
            assertEquals(404, connection.send(api.request("GET", "/nowhere", "", fields)).read().status());
        }
        return api.nextAccessEntry().caller().sourceAddress();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void proxySaysWhomItSpeaksFor() throws InterruptedException {
        try (var api = proxied("127.0.0.1")) {
            assertEquals("192.0.2.7", seen(api, ascii("PROXY TCP4 192.0.2.7 127.0.0.1 4711 80\r\n")));
            assertEquals("2001:db8:0:0:0:0:0:1", seen(api, ascii("PROXY TCP6 2001:db8::1 ::1 4711 80\r\n")));
            assertEquals("192.0.2.7", seen(api, v2("21", "11000c" + "c0000207" + "7f000001" + "12670050")));
            assertEquals(
                    "2001:db8:0:0:0:0:0:1",
                    seen(api, v2("21", "210024" + "20010db8000000000000000000000001" + "00".repeat(16) + "12670050")));
        }
    }

    @Test
    void proxyThatSpeaksForItselfIsTheClient() throws InterruptedException {
        try (var api = proxied("127.0.0.1")) {
            assertEquals("127.0.0.1", seen(api, v2("20", "000000")));
            assertEquals("127.0.0.1", seen(api, v2("20", "11000c" + "c0000207" + "7f000001" + "12670050")));
            assertEquals("127.0.0.1", seen(api, v2("21", "000000")));
            assertEquals("127.0.0.1", seen(api, ascii("PROXY TCP4 nonsense 127.0.0.1 4711 80\r\n")));
            assertEquals("127.0.0.1", seen(api, ascii("PROXY UNKNOWN ffff::1 ffff::1 1 2\r\n")));
            assertEquals("127.0.0.1", seen(api, ascii("PROXY UNKNOWN\r\n")));
        }
    }

    @Test
    void clientBehindTheProxyIsNotBelieved() throws InterruptedException {
        try (var api = proxied("127.0.0.1")) {
            assertEquals(
                    "192.0.2.7",
                    seen(api, ascii("PROXY TCP4 192.0.2.7 127.0.0.1 4711 80\r\n"), "X-Forwarded-For: 198.51.100.1"));
        }
    }

    @Test
    void secondProxyBehindTheFirstIsBelieved() throws InterruptedException {
        try (var api = proxied("127.0.0.1", "10.0.0.0/8")) {
            assertEquals(
                    "198.51.100.1",
                    seen(api, ascii("PROXY TCP4 10.0.0.7 127.0.0.1 4711 80\r\n"), "X-Forwarded-For: 198.51.100.1"));
        }
    }

    /** This host checks its own health without being a proxy. */
    @Test
    void thisHostMayConnectButIsNotBelieved() throws InterruptedException {
        try (var api = proxied("10.0.0.1")) {
            assertEquals("127.0.0.1", seen(api, v2("20", "000000")));
            assertEquals("127.0.0.1", seen(api, ascii("PROXY TCP4 192.0.2.7 127.0.0.1 4711 80\r\n")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n", "PROXY TCP5 1.1.1.1 2.2.2.2 1 2\r\n",
                "PROXY\r\nGET / HTTP/1.1\r\n\r\n", "PROXY TCP4 1.1.1.1 2.2.2.2 x y\r\n",
                "proxy TCP4 1.1.1.1 2.2.2.2 1 2\r\n"})
    void connectionThatBeginsOtherwiseIsClosed(String text) {
        try (var api = proxied("127.0.0.1"); Connection connection = api.connect()) {
            assertTrue(connection.send(text).isClosedByServer());
        }
    }

    /** Two are as many as are taken on. */
    @Test
    void silentConnectionsMakeRoomAfterTheirTime() {
        try (var api = proxied(Duration.ofSeconds(1), "127.0.0.1");
                Connection first = api.connect();
                Connection second = api.connect();
                Connection third = api.connect()) {
            third.send(v2("20", "000000"));
            assertEquals(200, third.send(api.request("GET", "/health/live", "")).read().status());
            assertTrue(first.isClosedByServer());
            assertTrue(second.isClosedByServer());
        }
    }

    @Test
    void silentConnectionDoesNotHoldUpTheEnd() {
        var api = proxied(Duration.ofMinutes(5), "127.0.0.1");
        try (Connection connection = api.connect()) {
            try (Connection other = api.connect()) {
                other.send(v2("20", "000000"));
                other.send(api.request("GET", "/health/live", "")).read();
            }
            assertTrue(api.server().stop(Duration.ofSeconds(20)));
            assertTrue(connection.isClosedByServer());
        }
    }

    /** The server takes any other exception for a fault of its own, and warns of it. */
    @Test
    void connectionThatIsGoneBeforeItIsServedIsClosedWithoutAWarning() {
        var connections = new NewConnections(
                TrustedProxies.NONE, false, true, Duration.ofSeconds(1));
        ConnectionContext unknown = only(ConnectionContext.class, peer());
        assertThrows(CloseConnectionException.class, () -> connections.channel(unknown));
    }

    private static PeerInfo peer() {
        return only(PeerInfo.class, new InetSocketAddress("192.0.2.1", 4_711));
    }

    /** Answers every question with the same. */
    private static <T> T only(Class<T> type, Object answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (proxy, method, given) -> answer));
    }

    @Test
    void protocolWithoutProxiesIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> proxied());
    }
}
