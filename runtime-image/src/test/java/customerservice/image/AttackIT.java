package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.testbed.Answer;
import customerservice.testbed.ApiClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The image under what no client sends by mistake: it refuses or closes, and goes on serving in bounded memory. */
@Timeout(120)
class AttackIT {

    private static final int IDLE = 10_000;
    private static final int SLOW = 400;
    private static final int DEFAULT_MAX_CONNECTIONS = 4_096;

    /** Of the heap, for a connection that waits: mostly its buffer for reading. */
    private static final int KIB_OF_ONE = 32;
    private static final int PATIENCE_MILLIS = 15_000;

    /** Never to be seen in the access log: it is only ever inside of something else, or behind what nobody understands. */
    private static final String HIDDEN = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HEAD = "Host: a\r\nContent-Type: application/json\r\n";

    /** Of what is left after a full collection, and of the threads that wait for work. */
    private static final long HEAP_LEFT_OVER = 16_384;
    private static final long THREADS_LEFT_OVER = 40;

    private static final LinkedImage IMAGE = Built.image();
    private static Site site;
    private static Server server;

    @BeforeAll
    static void start() {
        site = new Site(IMAGE);
        site.prepare();
        server = serve(
                Map.of("CUSTOMER_SERVICE_SERVER_IDLE_TIMEOUT", "2s", "CUSTOMER_SERVICE_SERVER_REQUEST_TIMEOUT", "1s"));
        // The first sign-in takes memory that later ones use again.
        checkServes(server);
    }

    @AfterAll
    static void stop() {
        server.close();
        site.close();
    }

    private static Server serve(Map<String, String> settings) {
        Map<String, String> environment = site.environment();
        environment.put("CUSTOMER_SERVICE_LIMITS_EXPENSIVE_RATE", "10000");
        environment.putAll(settings);
        return Server.start(List.of(IMAGE.launcher().toString(), "serve"), environment);
    }

    @AfterEach
    void servesOn() {
        checkServes(server);
    }

    private static void checkServes(Server server) {
        ApiClient client = ApiClient.signIn(server.address(), Site.USER, Site.PASSWORD);
        assertEquals(200, client.get("/v1/customers").status());
        Answer health = client.get("/health/deep");
        assertEquals("UP", health.string("status"), health::toString);
        assertFalse(server.output().contains("/smuggled"), "a smuggled request was served");
        List<String> faults = server.output().lines()
                .filter(line -> line.contains("\"exception\":") || line.contains("\"status\":500")
                        || !line.startsWith("{"))
                .toList();
        assertEquals(List.of(), faults);
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

    @Test
    void brokenRequestIsRefusedOrItsConnectionClosed() throws IOException {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (String request : broken().toList()) {
            count++;
            String answer = talk(request);
            if (answer.contains("/smuggled") || (request.contains("smuggled") && statuses(answer).contains(404))) {
                wrong.add("smuggled by " + printable(request));
            }
            for (int status : statuses(answer)) {
                boolean refusal = (status >= 400 && status < 500) || status == 501 || status == 505;
                boolean harmless = status == 200 && !request.contains("smuggled");
                if (!refusal && !harmless) {
                    wrong.add(status + " for " + printable(request));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(count > 100);
    }

    @Test
    void requestThatBreaksOffAnywhereIsNoFault() throws IOException {
        String body = "{\"name\":\"Ada\"}";
        String request = "POST /v1/customers HTTP/1.1\r\n" + HEAD + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
        for (int length = 0; length < request.length(); length++) {
            for (int status : statuses(talk(request.substring(0, length)))) {
                assertTrue(status >= 400 && status < 500, status + " after " + length + " bytes");
            }
        }
    }

    /** Sends, closes its side, and reads until the other does, which it has to within the limit. */
    private static String talk(String request) throws IOException {
        return talk(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String talk(byte[] request) throws IOException {
        try (Socket socket = connect()) {
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (SocketException e) {
                return ""; // It was closed while this still wrote.
            }
        }
    }

    private static Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static List<Integer> statuses(String answer) {
        Matcher status = Pattern.compile("HTTP/1\\.1 (\\d{3}) ").matcher(answer);
        List<Integer> found = new ArrayList<>();
        while (status.find()) {
            found.add(Integer.parseInt(status.group(1), 10));
        }
        return found;
    }

    private static String printable(String request) {
        return request.substring(0, Math.min(400, request.length())).replaceAll("[^ -~]", "?");
    }

    enum Flood {
        RESETS,
        PINGS,
        SETTINGS,
        CONTINUATIONS,
        WINDOW_UPDATES,
        EMPTY_DATA,
        PRIORITIES
    }

    static Stream<Flood> floods() {
        return Stream.of(Flood.values());
    }

    @ParameterizedTest
    @MethodSource("floods")
    void floodOfFramesEndsWithItsConnection(Flood flood, TestReporter reporter) throws IOException {
        Figures before = Figures.of(server);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(bytes, 4, 0, 0, new byte[0]);
        byte[] head = {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'a'};
        if (flood == Flood.CONTINUATIONS) {
            frame(bytes, 1, 0, 1, head);
        }
        for (int i = 0; i < 20_000; i++) {
            int stream = 2 * i + 1;
            switch (flood) {
                case RESETS -> {
                    frame(bytes, 1, 5, stream, head);
                    frame(bytes, 3, 0, stream, new byte[]{0, 0, 0, 8});
                }
                case PINGS -> frame(bytes, 6, 0, 0, new byte[8]);
                case SETTINGS -> frame(bytes, 4, 0, 0, new byte[0]);
                case CONTINUATIONS -> frame(bytes, 9, 0, 1, new byte[]{0, 1, 'x', 1, 'y'});
                case WINDOW_UPDATES -> frame(bytes, 8, 0, 0, new byte[]{0, 0, 0, 1});
                case EMPTY_DATA -> frame(bytes, 0, 0, 1, new byte[0]);
                case PRIORITIES -> frame(bytes, 2, 0, stream, new byte[]{0, 0, 0, 0, 1});
            }
        }
        talk(bytes.toByteArray());
        Figures after = Figures.of(server);
        reporter.publishEntry(Map.of("before", before.toString(), flood.name(), after.toString()));
        after.checkBounded(before);
    }

    private static void frame(ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload) {
        ByteBuffer head = ByteBuffer.allocate(9);
        head.put((byte) 0).putShort((short) payload.length).put((byte) type).put((byte) flags).putInt(stream);
        out.writeBytes(head.array());
        out.writeBytes(payload);
    }

    @Test
    void slowHeadsAndBodiesAreCutOffWhileOthersAreServed() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                Socket socket = connect();
                slow.add(socket);
                String begin = i % 2 == 0
                        ? "GET /health/live HTTP/1.1\r\nHost: a\r\nX-"
                        : "POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                + "Content-Length: 100\r\n\r\ng";
                socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
            }
            checkServes(server);
            for (Socket socket : slow) {
                assertTrue(isClosed(socket));
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void tenThousandIdleConnectionsLeaveRoomForOthers(TestReporter reporter) throws IOException {
        List<SocketChannel> idle = new ArrayList<>();
        try (Server roomy = serve(Map.of("CUSTOMER_SERVICE_LIMITS_MAX_CONNECTIONS", "11000"))) {
            try {
                checkServes(roomy);
                Figures before = Figures.of(roomy);
                var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), roomy.address().getPort());
                for (int i = 0; i < IDLE; i++) {
                    idle.add(SocketChannel.open(address));
                }
                checkServes(roomy);
                Figures during = Figures.of(roomy);
                for (SocketChannel channel : idle) {
                    channel.close();
                }
                checkServes(roomy);
                Figures after = Figures.of(roomy);
                reporter.publishEntry(
                        Map.of("before", before.toString(), "during", during.toString(), "after", after.toString()));
                assertTrue(during.heapKib() - before.heapKib() < KIB_OF_ONE * IDLE, during::toString);
                after.checkBounded(before);
            } finally {
                for (SocketChannel channel : idle) {
                    channel.close();
                }
            }
        }
    }

    /** More than are taken on; the others wait in the queue of the system, and are cut off in their turn. */
    @Test
    void moreConnectionsThanAreTakenOnDoNotReachTheManagementListener(TestReporter reporter) throws IOException {
        List<SocketChannel> idle = new ArrayList<>();
        try {
            Figures before = Figures.of(server);
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.address().getPort());
            for (int i = 0; i < IDLE; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(address);
                idle.add(channel);
            }
            assertEquals(200, ApiClient.anonymous(server.managementAddress()).get("/health/ready").status());
            Figures during = Figures.of(server);
            for (SocketChannel channel : idle) {
                channel.close();
            }
            checkServes(server);
            Figures after = Figures.of(server);
            reporter.publishEntry(
                    Map.of("before", before.toString(), "during", during.toString(), "after", after.toString()));
            assertTrue(during.heapKib() - before.heapKib() < KIB_OF_ONE * DEFAULT_MAX_CONNECTIONS, during::toString);
            after.checkBounded(before);
        } finally {
            for (SocketChannel channel : idle) {
                channel.close();
            }
        }
    }

    /** Of the process, after a full collection. */
    private record Figures(long heapKib, long rssKib, long threads) {

        private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

        static Figures of(Server server) throws IOException {
            String pid = String.valueOf(server.process().pid());
            String jcmd = IMAGE.home().resolve("bin/jcmd").toString();
            LinkedImage.run(List.of(jcmd, pid, "GC.run"), Map.of(), "").expectSuccess();
            Matcher used = USED.matcher(
                    LinkedImage.run(List.of(jcmd, pid, "GC.heap_info"), Map.of(), "").expectSuccess());
            long heap = 0;
            while (used.find()) {
                heap += Long.parseLong(used.group(1));
            }
            String status = Files.readString(Path.of("/proc", pid, "status"));
            return new Figures(heap, field(status, "VmRSS"), field(status, "Threads"));
        }

        private static long field(String status, String name) {
            return status.lines()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }

        void checkBounded(Figures before) {
            assertTrue(heapKib - before.heapKib < HEAP_LEFT_OVER, () -> before + ", then " + this);
            assertTrue(threads - before.threads < THREADS_LEFT_OVER, () -> before + ", then " + this);
        }
    }
}
