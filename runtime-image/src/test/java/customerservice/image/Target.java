package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.testbed.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.TestReporter;

/** A running image that is attacked, and what has to be true of it afterwards. */
final class Target implements AutoCloseable {

    /** Of requests at the same time, unless a test configures another number: few, so that one that is lost is missed. */
    static final int PLACES = 16;

    /** That are filled: fewer than may wait for the database, and so few that they are there before it gives up. */
    private static final int MOST_PLACES = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final LinkedImage IMAGE = Built.image();
    private static final Pattern ACTIVE = Pattern.compile("(?m)^http_server_active_requests (\\d+)");
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    /** Of a log line: a fault of the service, and no refusal (501, 505) or overload (503). */
    private static final Pattern FAULT = Pattern.compile("\"exception\":|\"status\":5(?!01|03|05)\\d\\d|^[^{]");

    private final Site site;
    private final Map<String, String> environment;
    private final Optional<SSLContext> trust;
    private final int places;
    private Server server;
    private String authorization;
    private Figures before;
    private boolean well;
    private int logRead;

    Target(Site site, Map<String, String> environment, Optional<SSLContext> trust) {
        this.site = site;
        this.environment = environment;
        this.trust = trust;
        // Of tests that are cut off, no server is left.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
        this.places = Math.min(
                MOST_PLACES,
                Integer.parseInt(environment.get("CUSTOMER_SERVICE_LIMITS_MAX_CONCURRENT_REQUESTS"), 10));
        start();
    }

    private void start() {
        server = Server.start(List.of(IMAGE.launcher().toString(), "serve"), environment);
        logRead = 0;
        // What the first of each takes, of time too, the later ones use again.
        await(this::isReady, this::lastOfTheLog);
        signIn();
        checkServes();
        checkEveryPlaceIsFree();
        before = figures();
        well = true;
    }

    private boolean isReady() {
        try (Peer peer = connect()) {
            return Peer.statuses(peer.send(request("GET", "/health/ready", "")).readToEnd()).equals(List.of(200));
        } catch (IOException e) {
            return false;
        }
    }

    /** To be called before an attack: what an earlier one did is not held against this one. */
    void prepare() {
        if (!well) {
            server.close();
            start();
        }
        well = false;
    }

    Server server() {
        return server;
    }

    Figures before() {
        return before;
    }

    Figures figures() {
        return Figures.of(server, IMAGE);
    }

    /** A connection that speaks HTTP/1.1. */
    Peer connect() throws IOException {
        return connect("http/1.1", 0);
    }

    Peer connect(String protocol, int receiveBuffer) throws IOException {
        return Peer.connect(server.address().getPort(), trust, protocol, receiveBuffer);
    }

    /** Null if the server does not take it. */
    Peer tryConnect(String protocol) {
        try {
            return connect(protocol, 0);
        } catch (IOException e) {
            return null;
        }
    }

    /** What one request is answered with, head and all. */
    String call(String method, String path, String body, String... fields) {
        try (Peer peer = connect()) {
            return peer.send(request(method, path, body, fields)).readToEnd();
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + "\n" + lastOfTheLog(), e);
        }
    }

    private static String request(String method, String path, String body, String... fields) {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return head + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** The field that carries an administrator's access token, which is good for longer than a class of tests takes. */
    String authorization() {
        return authorization;
    }

    private void signIn() {
        String body = "{\"username\":\"" + Site.USER + "\",\"password\":\"" + Site.PASSWORD + "\"}";
        String[] answer = {""};
        // 429 while hashes take longer than they should, on a busy machine
        await(() -> {
            answer[0] = call("POST", "/v1/auth/login", body);
            return !Peer.statuses(answer[0]).equals(List.of(429));
        }, () -> answer[0]);
        Matcher token = TOKEN.matcher(answer[0]);
        assertTrue(token.find(), answer[0]);
        authorization = "Authorization: Bearer " + token.group(1);
    }

    /** It reads the database, and has nothing in its log that should not be there. */
    void checkServes() {
        assertTrue(server.process().isAlive(), () -> "it has ended:\n" + lastOfTheLog());
        String list = call("GET", "/v1/customers?limit=1", "", authorization);
        assertEquals(List.of(200), Peer.statuses(list), list);
        String health = call("GET", "/health/deep", "");
        assertTrue(health.contains("\"status\":\"UP\""), health);
        String log = server.output();
        String fresh = log.substring(Math.min(logRead, log.length()));
        logRead = log.length();
        assertFalse(fresh.contains("/smuggled"), "a smuggled request was served");
        assertEquals(List.of(), fresh.lines().filter(line -> FAULT.matcher(line).find()).limit(5).toList());
    }

    /** After an attack: served on by the same process, and nothing is kept of what the attacker took. */
    void checkRecovered(TestReporter reporter) {
        checkRecovered(reporter, 0);
    }

    /** @param cachedKib of customers that may be in memory since */
    void checkRecovered(TestReporter reporter, int cachedKib) {
        awaitRequests(0);
        checkServes();
        signIn();
        checkEveryPlaceIsFree();
        Figures[] after = {figures()};
        // A connection that was just closed takes a moment to end.
        await(() -> {
            if (!after[0].isBounded(before, cachedKib)) {
                after[0] = figures();
            }
            return after[0].isBounded(before, cachedKib);
        }, () -> "it held " + before + ", and holds " + after[0]);
        publish(reporter, "before", before);
        publish(reporter, "after", after[0]);
        checkServes();
        well = true;
    }

    /** Printed as well: Surefire's reports have what is printed, and not what is published. */
    static void publish(TestReporter reporter, String name, Object figures) {
        reporter.publishEntry(name, figures.toString());
        System.out.println(name + ": " + figures);
    }

    /** Waits until so many are being served. */
    void awaitRequests(int number) {
        long[] active = {0};
        await(() -> (active[0] = requests()) == number, () -> active[0] + " requests are being served");
    }

    /** That are being served, but for the one that asks. */
    long requests() {
        try {
            Matcher active = ACTIVE.matcher(ApiClient.anonymous(server.managementAddress()).get("/metrics").text());
            assertTrue(active.find());
            return Long.parseLong(active.group(1)) - 1;
        } catch (UncheckedIOException e) {
            throw new AssertionError("it has ended:\n" + lastOfTheLog(), e);
        }
    }

    void awaitConnections(int number) {
        await(() -> connections() == number, () -> connections() + " connections are open");
    }

    /** Of the public listener, which are established. */
    long connections() {
        String port = String.format(Locale.ROOT, ":%04X", server.address().getPort());
        long number = 0;
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                number += lines.map(line -> line.strip().split("\\s+"))
                        .filter(field -> field[1].endsWith(port) && field[3].equals("01"))
                        .count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return number;
    }

    /** As many requests as may be served at the same time are. */
    private void checkEveryPlaceIsFree() {
        String request = request("GET", "/v1/customers?limit=1", "", authorization);
        String[] wrong = {""};
        await(() -> {
            wrong[0] = fillEveryPlace(request);
            return wrong[0].isEmpty();
        }, () -> wrong[0]);
    }

    /** The database keeps them waiting until all are there; one without a place would be answered at once. */
    private String fillEveryPlace(String request) {
        List<Peer> peers = new ArrayList<>();
        try {
            try (Connection lock = site.lockCustomers()) {
                for (int i = 0; i < places; i++) {
                    Peer peer = connect();
                    peers.add(peer);
                    peer.send(request);
                }
                long deadline = System.nanoTime() + Duration.ofSeconds(1).toNanos();
                while (requests() < places) {
                    if (System.nanoTime() - deadline > 0) {
                        return requests() + " of " + places + " are being served";
                    }
                }
                lock.rollback();
            }
            for (Peer peer : peers) {
                String said = peer.readToEnd();
                if (!Peer.statuses(said).equals(List.of(200))) {
                    return said;
                }
            }
            return "";
        } catch (IOException | SQLException e) {
            return e.toString();
        } finally {
            closeAll(peers);
        }
    }

    static void await(BooleanSupplier condition, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, otherwise);
            LockSupport.parkNanos(20_000_000);
        }
    }

    static void closeAll(List<Peer> peers) {
        for (Peer peer : peers) {
            peer.close();
        }
    }

    private String lastOfTheLog() {
        String log = server.output();
        return log.substring(Math.max(0, log.length() - 2_000));
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
