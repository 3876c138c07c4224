package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames of HTTP/2 that cost their sender little: endless, many, or small ones that mean much. */
@Tag("attack")
@Timeout(120)
class Http2AttackIT {

    private static final int MIB = 1_024 * 1_024;
    private static final int MAX_FRAME = 16_384;
    private static final int BLOCK = 65_536;
    private static final int CONNECTIONS = 10;
    private static final byte[] GET = Frames.request("GET", "/health/live");
    private static final byte[] POST = Frames.request(
            "POST", "/v1/auth/login", "content-type: application/json");

    private static AttackSite site;

    @BeforeAll
    static void start() {
        site = new AttackSite(Map.of("CUSTOMER_SERVICE_SERVER_REQUEST_TIMEOUT", "5s"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /** @param part what is sent again and again after {@code beginning}, by its number */
    record Flood(String name, Frames beginning, IntFunction<Frames> part) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static int stream(int number) {
        return 2 * number + 1;
    }

    /** What no client needs to send for long: the server has to end the connection. */
    static Stream<Arguments> endless() {
        byte[] line = new byte[MAX_FRAME];
        Frames open = Frames.preface().frame(Frames.HEADERS, 0, 1, GET);
        var field = new ByteArrayOutputStream();
        field.write(0);
        Frames.text(field, "x");
        Frames.integer(field, 0, 7, 200 * MIB);
        return withTransport(Stream.of(
                new Flood("empty CONTINUATION frames", open,
                        _ -> new Frames().frame(Frames.CONTINUATION, 0, 1)),
                new Flood("CONTINUATION frames of fields", open,
                        _ -> new Frames().frame(Frames.CONTINUATION, 0, 1, fields(MAX_FRAME - 10))),
                new Flood("CONTINUATION frames of one field",
                        Frames.preface().frame(Frames.HEADERS, 0, 1, field.toByteArray()),
                        _ -> new Frames().frame(Frames.CONTINUATION, 0, 1, line)),
                new Flood("SETTINGS", Frames.preface(),
                        _ -> new Frames().settings(Frames.INITIAL_WINDOW_SIZE, 1)),
                new Flood("PRIORITY", Frames.preface(),
                        i -> new Frames().frame(Frames.PRIORITY, 0, stream(i), 0, 0, 0, 0, 1)),
                new Flood("unknown frames", Frames.preface(), i -> new Frames().frame(0xBE, 0xFF, stream(i), 1, 2, 3)),
                new Flood("PING", Frames.preface(), _ -> new Frames().frame(Frames.PING, 0, 0, new byte[8])),
                new Flood("requests that are reset", Frames.preface(),
                        i -> new Frames().frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, stream(i), GET)
                                .reset(stream(i))),
                new Flood("bodies that are reset", Frames.preface(),
                        i -> new Frames().frame(Frames.HEADERS, Frames.END_HEADERS, stream(i), POST)
                                .frame(Frames.DATA, 0, stream(i), '{')
                                .reset(stream(i))),
                new Flood("empty DATA", Frames.preface().frame(Frames.HEADERS, Frames.END_HEADERS, 1, POST),
                        _ -> new Frames().frame(Frames.DATA, 0, 1)),
                new Flood("padding", Frames.preface().frame(Frames.HEADERS, Frames.END_HEADERS, 1, POST),
                        _ -> new Frames().frame(Frames.DATA, 8, 1, padding())),
                new Flood("empty trailers", Frames.preface().frame(Frames.HEADERS, Frames.END_HEADERS, 1, POST),
                        _ -> new Frames().frame(Frames.HEADERS, Frames.END_HEADERS, 1)),
                new Flood("table sizes", Frames.preface(),
                        i -> new Frames().frame(
                                Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, stream(i),
                                sizeUpdates(1_000)))));
    }

    private static byte[] fields(int length) {
        var fields = new byte[length - length % 5];
        for (int i = 0; i < fields.length; i += 5) {
            System.arraycopy(new byte[]{0, 1, 'x', 1, 'y'}, 0, fields, i, 5);
        }
        return fields;
    }

    private static byte[] padding() {
        var padding = new byte[256];
        padding[0] = (byte) 255;
        return padding;
    }

    private static byte[] sizeUpdates(int number) {
        byte[] block = Arrays.copyOf(new byte[0], number + GET.length);
        Arrays.fill(block, 0, number, (byte) 0x20);
        System.arraycopy(GET, 0, block, number, GET.length);
        return block;
    }

    private static Stream<Arguments> withTransport(Stream<?> attacks) {
        List<?> all = attacks.toList();
        return Arrays.stream(Transport.values())
                .flatMap(transport -> all.stream().map(attack -> Arguments.of(transport, attack)));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void floodEndsWithItsConnection(Transport transport, Flood flood, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        try (Peer peer = target.connect("h2", 0)) {
            Thread.startVirtualThread(() -> readOff(peer));
            peer.send(flood.beginning().bytes());
            int[] number = {0};
            assertTrue(peer.isClosedWhileSending(() -> {
                var block = new ByteArrayOutputStream();
                while (block.size() < BLOCK) {
                    block.writeBytes(flood.part().apply(number[0]++).bytes());
                }
                return block.toByteArray();
            }), "it goes on");
        }
        target.checkRecovered(reporter);
    }

    /** So that the server is not stopped by what it answers. */
    private static void readOff(Peer peer) {
        try {
            peer.in().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It is closed.
        }
    }

    static Stream<Arguments> mistakes() {
        int ended = Frames.END_HEADERS | Frames.END_STREAM;
        return withTransport(Stream.of(
                new Flood("list of 56 MB in 14 KB", Frames.preface()
                        .frame(Frames.HEADERS, ended, 1, entry(4_000))
                        .frame(Frames.HEADERS, ended, 3, bomb()), null),
                new Flood("lists of 56 MB on many streams", bombs(100), null),
                new Flood("table of 16 MB", Frames.preface()
                        .frame(Frames.HEADERS, ended, 1, sizeUpdate(16 * MIB)), null),
                new Flood("window of a connection beyond its limit",
                        Frames.preface().windowUpdate(0, Integer.MAX_VALUE), null),
                new Flood("window of a stream beyond its limit", Frames.preface()
                        .frame(Frames.HEADERS, Frames.END_HEADERS, 1, POST)
                        .windowUpdate(1, Integer.MAX_VALUE), null),
                new Flood("initial window beyond its limit", Frames.preface(Frames.INITIAL_WINDOW_SIZE, 1 << 31), null),
                new Flood("windows that overflow by a setting", Frames.preface(Frames.INITIAL_WINDOW_SIZE, 0)
                        .frame(Frames.HEADERS, Frames.END_HEADERS, 1, POST)
                        .windowUpdate(1, Integer.MAX_VALUE)
                        .settings(Frames.INITIAL_WINDOW_SIZE, Integer.MAX_VALUE), null),
                new Flood("empty increment", Frames.preface().windowUpdate(0, 0), null),
                new Flood("frame beyond the limit", Frames.preface()
                        .frame(Frames.DATA, 0, 1, new byte[MIB]), null)));
    }

    /** A request that enters one field into the table. */
    private static byte[] entry(int length) {
        var block = new ByteArrayOutputStream();
        block.writeBytes(GET);
        block.write(0x40);
        Frames.text(block, "x");
        Frames.text(block, "y".repeat(length));
        return block.toByteArray();
    }

    /** A request that names the newest field of the table many times, with a byte each. */
    private static byte[] bomb() {
        byte[] block = Arrays.copyOf(GET, GET.length + 14_000);
        Arrays.fill(block, GET.length, block.length, (byte) (0x80 | 62));
        return block;
    }

    private static Frames bombs(int streams) {
        int ended = Frames.END_HEADERS | Frames.END_STREAM;
        Frames frames = Frames.preface().frame(Frames.HEADERS, ended, 1, entry(4_000));
        for (int i = 1; i <= streams; i++) {
            frames.frame(Frames.HEADERS, ended, stream(i), bomb());
        }
        return frames;
    }

    private static byte[] sizeUpdate(int size) {
        var block = new ByteArrayOutputStream();
        Frames.integer(block, 0x20, 5, size);
        block.writeBytes(GET);
        return block.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakeEndsItsStreamOrItsConnection(Transport transport, Flood flood, TestReporter reporter)
            throws IOException {
        Target target = site.target(transport);
        target.prepare();
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Peer peer = target.connect("h2", 0);
                peers.add(peer);
                try {
                    peer.send(flood.beginning().bytes());
                } catch (IOException e) {
                    // Closed already: nothing more has to be sent.
                }
            }
            for (Peer peer : peers) {
                var answers = new Http2Answers(peer);
                answers.readUntilEnded(1);
                assertEquals(List.of(), answers.statuses().stream().filter(status -> status >= 500).toList());
            }
        } finally {
            Target.closeAll(peers);
        }
        target.checkRecovered(reporter);
    }

    /** As many as a connection may send at once, before a request on another stream. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void priorityAndUnknownFramesHarmNobody(Transport transport, TestReporter reporter) throws IOException {
        Target target = site.target(transport);
        target.prepare();
        try (Peer peer = target.connect("h2", 0)) {
            Frames frames = Frames.preface(Frames.HEADER_TABLE_SIZE, 0);
            for (int i = 0; i < 900; i++) {
                frames.frame(Frames.PRIORITY, 0, stream(i), 0, 0, 0, 0, 1).frame(0xBE, 0xFF, stream(i), 1, 2, 3);
            }
            frames.frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, stream(30_000), GET);
            peer.send(frames.bytes());
            var answers = new Http2Answers(peer);
            assertTrue(answers.readUntilEnded(1));
            assertEquals(List.of(200), answers.statuses());
        }
        target.checkRecovered(reporter);
    }
}
