package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of TLS the image's options decide. */
class TlsIT {

    private static final int PATIENCE_MILLIS = 20_000;

    private static Site site;
    private static SSLContext trust;
    private static Server server;

    @BeforeAll
    static void serve() {
        LinkedImage image = Built.image();
        site = new Site(image);
        site.prepare();
        Map<String, String> environment = site.environment();
        trust = site.addTls(environment);
        server = Server.start(List.of(image.launcher().toString(), "serve"), environment);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        site.close();
    }

    private static SSLSocket connect(String protocol) throws IOException {
        var socket = (SSLSocket) trust.getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setEnabledProtocols(new String[]{protocol});
        return socket;
    }

    /** Asks once; gives the session of a connection that has ended, with what the server sent after the handshake. */
    private static SSLSession ask(String protocol) throws IOException {
        try (SSLSocket socket = connect(protocol)) {
            send(socket, "Connection: close\r\n");
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            return socket.getSession();
        }
    }

    private static void send(SSLSocket socket, String fields) throws IOException {
        socket.getOutputStream().write(
                ("GET /health/live HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void sessionIsResumedAgainAndAgain(String protocol) throws IOException {
        SSLSession first = ask(protocol);
        for (int i = 0; i < 3; i++) {
            assertEquals(first.getCreationTime(), ask(protocol).getCreationTime());
        }
    }

    @Test
    void sessionOfTls12KeepsItsName() throws IOException {
        byte[] name = ask("TLSv1.2").getId();
        assertTrue(name.length > 0);
        assertArrayEquals(name, ask("TLSv1.2").getId());
    }

    @Test
    void clientCannotHaveTheServerNegotiateAnew() throws IOException {
        try (SSLSocket socket = connect("TLSv1.2")) {
            send(socket, "");
            assertEquals('H', socket.getInputStream().read());
            assertThrows(SSLException.class, () -> {
                socket.startHandshake();
                send(socket, "Connection: close\r\n");
                socket.getInputStream().readAllBytes();
            });
        }
        ask("TLSv1.2");
    }
}
