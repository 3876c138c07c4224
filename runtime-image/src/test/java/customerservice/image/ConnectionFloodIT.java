package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.testbed.ApiClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** More connections than anybody needs, which say nothing, or nothing that leads anywhere. */
@Tag("attack")
@Timeout(120)
class ConnectionFloodIT {

    private static final int IDLE = 10_000;
    private static final int DEFAULT_MAX_CONNECTIONS = 2_500;

    /** As many as fit into the time that a head may take. */
    private static final int HANDSHAKES = 1_000;

    /** Of the heap, for a connection that waits: mostly its buffer for reading. */
    private static final int KIB_OF_ONE = 32;

    private static AttackSite site;

    @BeforeAll
    static void start() {
        site = new AttackSite(Map.of());
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static void open(Target target, int number, byte[] beginning, List<SocketChannel> to) throws IOException {
        var address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), target.server().address().getPort());
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open(address);
            to.add(channel);
            channel.write(ByteBuffer.wrap(beginning));
        }
    }

    private static void close(List<SocketChannel> channels) throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    @Test
    void tenThousandIdleConnectionsLeaveRoomForOthers(TestReporter reporter) throws IOException {
        List<SocketChannel> idle = new ArrayList<>();
        Map<String, String> room = Map.of(
                "CUSTOMER_SERVICE_LIMITS_MAX_CONNECTIONS", "11000", "CUSTOMER_SERVICE_JVM_OPTIONS", "-Xmx1200m");
        try (Target roomy = site.serve(Transport.CLEAR, room)) {
            try {
                open(roomy, IDLE, new byte[0], idle);
                roomy.checkServes();
                Figures during = roomy.figures();
                Target.publish(reporter, "during", during);
                assertTrue(during.isWithin(KIB_OF_ONE, IDLE, roomy.before()), during::toString);
            } finally {
                close(idle);
            }
            roomy.checkRecovered(reporter);
        }
    }

    /** More than are taken on; the others wait in the queue of the system, and are cut off in their turn. */
    @Test
    void moreConnectionsThanAreTakenOnDoNotReachTheManagementListener(TestReporter reporter) throws IOException {
        Target target = site.target(Transport.CLEAR);
        target.prepare();
        List<SocketChannel> idle = new ArrayList<>();
        try {
            var address = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), target.server().address().getPort());
            for (int i = 0; i < IDLE; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(address);
                idle.add(channel);
            }
            assertEquals(
                    200, ApiClient.anonymous(target.server().managementAddress()).get("/health/ready").status());
            Figures during = target.figures();
            Target.publish(reporter, "during", during);
            assertTrue(
                    during.isWithin(KIB_OF_ONE, DEFAULT_MAX_CONNECTIONS, target.before()),
                    during::toString);
        } finally {
            close(idle);
        }
        target.checkRecovered(reporter);
    }

    /** As many as are taken on, each after a request with the largest head. */
    @Test
    void idleConnectionsKeepNothingOfTheirLastRequest(TestReporter reporter) throws IOException {
        String request = "GET /health/live?" + "x".repeat(7_000) + " HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(15_000)
                + "\r\n\r\n";
        List<Peer> peers = new ArrayList<>();
        try (Target patient = site.serve(Transport.CLEAR, Map.of("CUSTOMER_SERVICE_SERVER_IDLE_TIMEOUT", "60s"))) {
            try {
                for (int i = 0; i < DEFAULT_MAX_CONNECTIONS - 50; i++) {
                    Peer peer = patient.connect();
                    peers.add(peer);
                    peer.send(request);
                }
                patient.awaitRequests(0);
                patient.checkServes();
                Figures during = patient.figures();
                Target.publish(reporter, "during", during);
                assertTrue(
                        during.isWithin(KIB_OF_ONE, DEFAULT_MAX_CONNECTIONS, patient.before()),
                        during::toString);
            } finally {
                Target.closeAll(peers);
            }
            patient.checkRecovered(reporter);
        }
    }

    /** accept(2) fails while the process may open no more files: a moment later it listens again. */
    @Test
    void listenerThatHasGivenUpListensAgain() throws IOException {
        try (Target target = site.serve(Transport.CLEAR, Map.of())) {
            String pid = String.valueOf(target.server().process().pid());
            limitFiles(pid, "10");
            try (Peer refused = target.connect()) {
                refused.trySend("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Target.await(() -> target.tryConnect("http/1.1") == null, () -> "it still listens");
            }
            limitFiles(pid, "4096");
            Target.await(() -> {
                Peer peer = target.tryConnect("http/1.1");
                if (peer != null) {
                    peer.close();
                }
                return peer != null;
            }, () -> "it does not listen again");
            assertEquals(
                    200, ApiClient.anonymous(target.server().address()).get("/health/live").status());
        }
    }

    private static void limitFiles(String pid, String number) {
        LinkedImage.run(List.of("prlimit", "--pid", pid, "--nofile=" + number + ":"), Map.of(), "")
                .expectSuccess();
    }

    static Stream<Arguments> beginnings() {
        byte[] hello = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3};
        byte[] endless = new byte[16_384];
        System.arraycopy(new byte[]{0x16, 3, 1, 0x3F, (byte) 0xFB, 1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF}, 0,
                endless, 0, 9);
        return Stream.of(
                Arguments.of("silence", new byte[0]),
                Arguments.of("half of a ClientHello", hello),
                Arguments.of("a ClientHello of 16 MB", endless),
                Arguments.of("HTTP in clear", "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    /** As many as are taken on, and they take the place of nobody for longer than a handshake may take. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("beginnings")
    void handshakesThatLeadNowhereAreCutOff(String name, byte[] beginning, TestReporter reporter) throws IOException {
        Target target = site.target(Transport.TLS);
        target.prepare();
        List<SocketChannel> silent = new ArrayList<>();
        try {
            open(target, DEFAULT_MAX_CONNECTIONS, beginning, silent);
            target.awaitConnections(0);
            target.checkServes();
        } finally {
            close(silent);
        }
        target.checkRecovered(reporter);
    }

    static Stream<Arguments> heads() {
        String line = "GET /" + "x".repeat(8_000) + " HTTP/1.1\r\nHost: a\r\n";
        byte[] http1 = (line + "X: " + "y".repeat(15_000)).getBytes(StandardCharsets.US_ASCII);
        byte[] http2 = Frames.preface()
                .frame(Frames.HEADERS, 0, 1, new byte[16_384])
                .frame(Frames.CONTINUATION, 0, 1, new byte[16_000])
                .bytes();
        return Arrays.stream(Transport.values()).flatMap(transport -> Stream.of(
                Arguments.of(transport, "http/1.1", http1), Arguments.of(transport, "h2", http2)));
    }

    /** The most that a head may have but for its end, on as many connections as are taken on. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("heads")
    void headsThatDoNotEndAreCutOff(Transport transport, String protocol, byte[] head, TestReporter reporter)
            throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < (transport == Transport.TLS ? HANDSHAKES : DEFAULT_MAX_CONNECTIONS); i++) {
                Peer peer = target.tryConnect(protocol);
                if (peer != null) {
                    peers.add(peer);
                    peer.trySend(head);
                }
            }
            target.awaitConnections(0);
            target.checkServes();
        } finally {
            Target.closeAll(peers);
        }
        target.checkRecovered(reporter);
    }

    /** Requests that nobody waits for; each ends in the middle of its handshake, head, body or answer. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void connectionsThatAreResetAnywhereLeaveNothing(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        String body = "{}";
        String post = "POST /v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body + "GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int length = 0; length <= post.length(); length++) {
            for (int i = 0; i < 3; i++) {
                try (Peer peer = target.connect()) {
                    peer.send(post.substring(0, length)).resetOnClose();
                }
            }
        }
        target.checkRecovered(reporter);
    }
}
