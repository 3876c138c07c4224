package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
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

/** Answers that nobody takes are given up after a while; who takes them slowly gets them whole. */
@Tag("attack")
@Timeout(120)
class UnreadAnswerIT {

    /** 1.7 MB, for which nobody needs a token. */
    private static final String FILE = "/docs/swagger-ui-bundle.js";
    private static final String GET = "GET " + FILE + " HTTP/1.1\r\nHost: a\r\n\r\n";

    /** Of 100 connections, more than the system keeps for them: 4 MB each. */
    private static final int CONNECTIONS = 100;
    private static final int ANSWERS = 4;
    private static final int CONNECTIONS_OF_STREAMS = 6;
    private static final int STREAMS = 100;
    private static final int SMALL_BUFFER = 4_096;
    private static final int MAX_WINDOW = Integer.MAX_VALUE;

    private static final int PIECE = 4_096;

    /** Their answers are more than the system keeps for a connection. */
    private static final int KEY_UPDATES = 20_000;

    /** Bytes per second of a reader who is slow and honest; 16,384 takes two minutes. */
    private static final int RATE = Integer.getInteger("attack.rate", 131_072);

    private static AttackSite site;

    @BeforeAll
    static void start() {
        site = new AttackSite(Map.of("CUSTOMER_SERVICE_SERVER_REQUEST_TIMEOUT", "1s"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @FunctionalInterface
    interface Step {
        void on(Peer peer) throws IOException;
    }

    /** What a peer does that has requests unanswered and reads nothing: the server has to answer some of it too. */
    private static Map<String, Step> steps() {
        return Map.of(
                "a ping", peer -> peer.send(new Frames().frame(Frames.PING, 0, 0, new byte[8]).bytes()),
                "settings", peer -> peer.send(new Frames().frame(Frames.SETTINGS, 0, 0).bytes()),
                "a fault", peer -> peer.send(new Frames().windowUpdate(0, 0).bytes()),
                "an end", Peer::finish,
                "an end without a farewell", Peer::finishWithoutFarewell);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Unread(String name, String protocol, int connections, byte[] requests) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static byte[] streams(Frames frames) {
        byte[] get = Frames.request("GET", FILE);
        for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
            frames.frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, stream, get);
        }
        return frames.bytes();
    }

    static Stream<Arguments> unread() {
        byte[] some = GET.repeat(ANSWERS).getBytes(StandardCharsets.US_ASCII);
        byte[] many = GET.repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        List<Unread> all = List.of(
                new Unread("some answers on each of many connections", "http/1.1", CONNECTIONS, some),
                new Unread("many answers on each connection", "http/1.1", CONNECTIONS_OF_STREAMS, many),
                new Unread("windows that stay closed", "h2", CONNECTIONS_OF_STREAMS,
                        streams(Frames.preface(Frames.INITIAL_WINDOW_SIZE, 0))),
                new Unread("a connection's window that stays closed", "h2", CONNECTIONS_OF_STREAMS,
                        streams(Frames.preface(Frames.INITIAL_WINDOW_SIZE, MAX_WINDOW))),
                new Unread("open windows of who does not read", "h2", CONNECTIONS_OF_STREAMS,
                        streams(Frames.preface(Frames.INITIAL_WINDOW_SIZE, MAX_WINDOW)
                                .windowUpdate(0, MAX_WINDOW - 65_535))));
        return Arrays.stream(Transport.values())
                .flatMap(transport -> all.stream().map(unread -> Arguments.of(transport, unread)));
    }

    @ParameterizedTest
    @MethodSource("unread")
    void answerThatNobodyTakesIsGivenUp(Transport transport, Unread unread, TestReporter reporter)
            throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < unread.connections(); i++) {
                Peer peer = target.connect(unread.protocol(), SMALL_BUFFER);
                peers.add(peer);
                peer.send(unread.requests());
            }
            target.checkServes();
            target.awaitConnections(0);
            target.awaitRequests(0);
        } finally {
            Target.closeAll(peers);
        }
        target.checkRecovered(reporter);
    }

    static Stream<Arguments> unreadAndThen() {
        return Arrays.stream(Transport.values())
                .flatMap(transport -> steps().keySet().stream().map(step -> Arguments.of(transport, step)));
    }

    @ParameterizedTest
    @MethodSource("unreadAndThen")
    void answersThatNobodyTakesAreGivenUpWhateverFollows(Transport transport, String step, TestReporter reporter)
            throws IOException {
        Target target = site.target(transport);
        target.prepare();
        byte[] requests = streams(Frames.preface(Frames.INITIAL_WINDOW_SIZE, MAX_WINDOW)
                .windowUpdate(0, MAX_WINDOW - 65_535));
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS_OF_STREAMS; i++) {
                Peer peer = target.connect("h2", SMALL_BUFFER);
                peers.add(peer);
                peer.send(requests);
            }
            target.awaitRequests(CONNECTIONS_OF_STREAMS * STREAMS);
            // Until no buffer takes any more.
            LockSupport.parkNanos(500_000_000);
            for (Peer peer : peers) {
                steps().get(step).on(peer);
            }
            target.awaitRequests(0);
            target.awaitConnections(0);
        } finally {
            Target.closeAll(peers);
        }
        target.checkRecovered(reporter);
    }

    /** Its answers are written where otherwise is read, so that nothing else notices. */
    @Test
    void keyUpdatesWhoseAnswersNobodyReadsAreGivenUp(TestReporter reporter) throws IOException {
        Target target = site.target(Transport.TLS);
        target.prepare();
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS_OF_STREAMS; i++) {
                Peer peer = target.connect("http/1.1", SMALL_BUFFER);
                peers.add(peer);
                peer.send("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
                Thread.startVirtualThread(() -> updateKeys(peer));
            }
            target.awaitConnections(0);
        } finally {
            Target.closeAll(peers);
        }
        target.checkRecovered(reporter);
    }

    private static void updateKeys(Peer peer) {
        try {
            for (int i = 0; i < KEY_UPDATES; i++) {
                peer.updateKeys();
            }
        } catch (IOException e) {
            // The server has closed it.
        }
    }

    /** What still comes after the last request must not have the answer thrown away (RFC 9112, section 9.6). */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void lastAnswerArrivesWhateverIsSentBehindItsRequest(Transport transport, TestReporter reporter)
            throws IOException {
        Target target = site.target(transport);
        target.prepare();
        int length = target.call("GET", FILE, "").length();
        try (Peer peer = target.connect("http/1.1", SMALL_BUFFER)) {
            peer.send("GET " + FILE + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            // Until the server is writing.
            peer.in().read();
            peer.send("\r\n");
            var piece = new byte[PIECE];
            long begin = System.nanoTime();
            long taken = 1;
            for (int read = peer.in().read(piece); read >= 0; read = peer.in().read(piece)) {
                taken += read;
                LockSupport.parkNanos(begin + taken * 1_000_000_000L / (8L * RATE) - System.nanoTime());
            }
            assertTrue(Math.abs(taken - length) < 100, taken + " of " + length + " bytes");
        }
        target.checkRecovered(reporter);
    }

    /** Who opens a window by a byte every now and then takes nothing either. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void windowsThatOpenByAByteAreGivenUp(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        try (Peer peer = target.connect("h2", 0)) {
            peer.send(streams(Frames.preface(Frames.INITIAL_WINDOW_SIZE, 0)));
            var frames = new Frames();
            for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
                frames.windowUpdate(stream, 1);
            }
            Target.await(() -> {
                peer.trySend(frames.bytes());
                return target.requests() == 0;
            }, () -> target.requests() + " requests are being served");
        }
        target.checkRecovered(reporter);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void slowReaderGetsAllOfIt(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        int length = target.call("GET", FILE, "").length();
        try (Peer peer = target.connect("http/1.1", SMALL_BUFFER)) {
            peer.send("GET " + FILE + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            var piece = new byte[PIECE];
            long begin = System.nanoTime();
            long taken = 0;
            for (int read = peer.in().read(piece); read >= 0; read = peer.in().read(piece)) {
                taken += read;
                LockSupport.parkNanos(begin + taken * 1_000_000_000L / RATE - System.nanoTime());
            }
            assertTrue(Math.abs(taken - length) < 100, taken + " of " + length + " bytes");
        }
        target.checkRecovered(reporter);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void slowReaderOfAStreamGetsAllOfIt(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        try (Peer peer = target.connect("h2", 0)) {
            Frames get = Frames.preface(Frames.HEADER_TABLE_SIZE, 0, Frames.INITIAL_WINDOW_SIZE, PIECE)
                    .frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, Frames.request("GET", FILE));
            peer.send(get.bytes());
            var answers = new Http2Answers(peer);
            long begin = System.nanoTime();
            long taken = 0;
            while (!answers.readUntilEnded(1, PIECE)) {
                assertTrue(answers.taken() > taken, "it ended after " + taken + " bytes");
                int more = (int) (answers.taken() - taken);
                taken += more;
                LockSupport.parkNanos(begin + taken * 1_000_000_000L / RATE - System.nanoTime());
                peer.send(new Frames().windowUpdate(0, more).windowUpdate(1, more).bytes());
            }
            assertEquals(List.of(200), answers.statuses());
        }
        target.checkRecovered(reporter);
    }
}
