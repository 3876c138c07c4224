package customerservice.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that are as large as they may be, that never come to their end, and for which nobody needs a token. */
@Tag("attack")
@Timeout(120)
class HeldRequestsIT {

    /** Fewer than are taken on over TLS, so that the rest of a test gets in; the heap has room for less than all of it. */
    private static final int HEADS = 850;
    private static final int HEADS_IN_CLEAR = 1_900;
    private static final int BODIES = 500;
    private static final String HEAD = "X: " + "x".repeat(16_000) + "\r\n\r\n";
    private static final String TARGET = "/" + "n".repeat(8_000);
    private static final String CHUNK = "8000\r\n" + "x".repeat(32_768) + "\r\n";
    private static final int LARGEST_BODY = 16 * 1_024 * 1_024;

    private static AttackSite site;

    @BeforeAll
    static void start() {
        // Time enough for all of them to be there at once.
        site = new AttackSite(Map.of(
                "CUSTOMER_SERVICE_SERVER_IDLE_TIMEOUT", "8s",
                "CUSTOMER_SERVICE_SERVER_REQUEST_TIMEOUT", "8s",
                "CUSTOMER_SERVICE_LIMITS_MAX_BODY_BYTES", String.valueOf(LARGEST_BODY)));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /** In two parts, as larger buffers are needed for those. */
    private static void send(Peer peer, String head) {
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        int last = bytes.length - 3;
        peer.trySend(Arrays.copyOf(bytes, last));
        peer.trySend(Arrays.copyOfRange(bytes, last, bytes.length));
    }

    private static void connect(Target target, List<Peer> peers, int number, String head) throws IOException {
        for (int i = 0; i < number; i++) {
            Peer peer = target.connect();
            peers.add(peer);
            send(peer, head);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void largeHeadsAndBodiesAreHeldWithinTheirBounds(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        int heads = transport == Transport.TLS ? HEADS - BODIES : HEADS_IN_CLEAR;
        List<Peer> peers = new ArrayList<>();
        try {
            connect(target, peers, BODIES,
                    "POST /v1/auth/login?" + TARGET.substring(100) + " HTTP/1.1\r\nHost: a\r\n"
                            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n" + HEAD);
            for (Peer peer : peers) {
                peer.trySend((CHUNK + CHUNK).getBytes(StandardCharsets.US_ASCII));
            }
            connect(target, peers, heads,
                    "POST " + TARGET + " HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n" + HEAD);
            target.checkServes();
        } finally {
            Target.closeAll(peers);
        }
        target.checkRecovered(reporter);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void bodiesThatAreOnlyAnnouncedTakeNoRoom(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<Peer> peers = new ArrayList<>();
        try {
            connect(target, peers, BODIES,
                    "POST /v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                            + LARGEST_BODY + "\r\n\r\n");
            target.checkServes();
        } finally {
            Target.closeAll(peers);
        }
        target.checkRecovered(reporter);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void largestBodiesAtTheSameTimeAreMoreThanAreTaken(Transport transport, TestReporter reporter)
            throws IOException {
        Target target = site.target(transport);
        target.prepare();
        byte[] piece = new byte[1_024 * 1_024];
        Arrays.fill(piece, (byte) ' ');
        List<Peer> peers = new ArrayList<>();
        try {
            connect(target, peers, 40,
                    "POST /v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                            + LARGEST_BODY + "\r\n\r\n");
            for (int sent = 0; sent < LARGEST_BODY - piece.length; sent += piece.length) {
                for (Peer peer : peers) {
                    peer.trySend(piece);
                }
            }
            target.checkServes();
        } finally {
            Target.closeAll(peers);
        }
        target.checkRecovered(reporter);
    }
}
