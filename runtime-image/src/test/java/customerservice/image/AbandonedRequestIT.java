package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests whose rest never comes: what they held is given back when their connection ends, or their time is over. */
@Tag("attack")
@Timeout(180)
class AbandonedRequestIT {

    private static final int CONNECTIONS = 6;
    private static final int STREAMS = 100;
    private static final int TOKENLESS = Integer.getInteger("attack.tokenless", 36_000);
    private static final int SLOW = 400;
    private static final Duration SOON = Duration.ofSeconds(6);

    private static final byte[] LOGIN = Frames.request("POST", "/v1/auth/login", "content-type: application/json");
    private static final byte[] CREATE = Frames.request("POST", "/v1/customers", "content-type: application/json");

    private static AttackSite site;

    @BeforeAll
    static void start() {
        site = new AttackSite(Map.of());
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static List<Peer> postsOfOneByte(Target target) throws IOException {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Peer peer = target.connect("h2", 0);
            peers.add(peer);
            Frames frames = Frames.preface(Frames.HEADER_TABLE_SIZE, 0);
            for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
                frames.frame(Frames.HEADERS, Frames.END_HEADERS, stream, LOGIN).frame(Frames.DATA, 0, stream, '{');
            }
            peer.send(frames.bytes());
        }
        return peers;
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void bodiesWhoseConnectionsEndAreLetGo(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<Peer> peers = postsOfOneByte(target);
        target.awaitRequests(CONNECTIONS * STREAMS);
        Target.closeAll(peers);
        target.checkRecovered(reporter);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void bodiesThatNeverComeAreLetGoInTime(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<Peer> peers = postsOfOneByte(target);
        try {
            for (Peer peer : peers) {
                var answers = new Http2Answers(peer);
                answers.readUntilEnded(STREAMS);
                assertTrue(List.of(408, 503, Http2Answers.UNKNOWN).containsAll(answers.statuses()),
                        answers.statuses()::toString);
            }
            target.awaitRequests(0);
            target.checkServes();
        } finally {
            Target.closeAll(peers);
        }
        target.checkRecovered(reporter);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void bodiesThatAreResetAreLetGo(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<Peer> peers = postsOfOneByte(target);
        try {
            target.awaitRequests(CONNECTIONS * STREAMS);
            for (Peer peer : peers) {
                Frames frames = new Frames();
                for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
                    frames.reset(stream);
                }
                peer.send(frames.bytes());
            }
            target.awaitRequests(0);
            target.checkServes();
        } finally {
            Target.closeAll(peers);
        }
        target.checkRecovered(reporter);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void stopDoesNotWaitForBodiesThatNobodySends(Transport transport) throws IOException {
        try (Target target = site.serve(transport, Map.of())) {
            List<Peer> closed = postsOfOneByte(target);
            target.awaitRequests(CONNECTIONS * STREAMS);
            Target.closeAll(closed);
            List<Peer> open = postsOfOneByte(target);
            try {
                long begin = System.nanoTime();
                target.server().stop(Duration.ofSeconds(40));
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                assertTrue(took.compareTo(SOON) < 0, took::toString);
            } finally {
                Target.closeAll(open);
            }
        }
    }

    /** Each is answered, and its sender keeps the stream open. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void refusedRequestsWithoutAnEndLeaveNothing(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        int refused = 0;
        while (refused < TOKENLESS) {
            try (Peer peer = target.connect("h2", 0)) {
                Frames frames = Frames.preface(Frames.HEADER_TABLE_SIZE, 0);
                for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
                    frames.frame(Frames.HEADERS, Frames.END_HEADERS, stream, CREATE);
                    frames.frame(Frames.DATA, 0, stream, '{');
                }
                peer.send(frames.bytes());
                var answers = new Http2Answers(peer);
                answers.readUntilAnswered(STREAMS);
                assertEquals(401, answers.statuses().getFirst());
                refused += answers.statuses().size();
            }
        }
        target.checkRecovered(reporter);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void slowHeadsAndBodiesAreCutOffWhileOthersAreServed(Transport transport, TestReporter reporter)
            throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<Peer> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                Peer peer = target.connect();
                slow.add(peer);
                peer.send(i % 50 != 0
                        ? "GET /health/live HTTP/1.1\r\nHost: a\r\nX-"
                        : "POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                + "Content-Length: 100\r\n\r\ng");
            }
            target.checkServes();
            for (Peer peer : slow) {
                peer.readToEnd();
            }
        } finally {
            Target.closeAll(slow);
        }
        target.checkRecovered(reporter);
    }
}
