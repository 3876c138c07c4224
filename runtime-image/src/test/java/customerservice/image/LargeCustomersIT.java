package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** Many who may, and who all ask for the most that they may ask for, at the heap that is the default. */
@Tag("attack")
@Timeout(300)
class LargeCustomersIT {

    private static final int CONNECTIONS = 50;
    private static final int CUSTOMERS = 200;
    private static final int CHANGES = 200;
    private static final int ALL_CONNECTIONS = 2_450;

    /** By default, in which the customers stay that were read. */
    private static final int CACHE_KIB = 32 * 1_024;

    /** Of each operation; the issue asks for 60. */
    private static final int SECONDS = Integer.getInteger("attack.seconds", 3);

    private static final Pattern ID = Pattern.compile("\"id\":\"([-0-9a-f]{36})\"");
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final List<String> PATHS = new ArrayList<>();

    private static AttackSite site;

    @BeforeAll
    static void fill() throws IOException {
        site = new AttackSite(Map.of(
                "CUSTOMER_SERVICE_LIMITS_MAX_CONCURRENT_REQUESTS", "512",
                "CUSTOMER_SERVICE_SERVER_IDLE_TIMEOUT", "30s",
                "CUSTOMER_SERVICE_SERVER_REQUEST_TIMEOUT", "30s"));
        Target target = site.target(Transport.CLEAR);
        try (var caller = new Http1Caller(target.connect(), target.authorization())) {
            for (int i = 0; i < CUSTOMERS; i++) {
                PATHS.add(create(caller));
            }
            for (int i = 0; i < CHANGES; i++) {
                assertEquals(200, caller.call("PATCH", PATHS.getFirst(), LargestCustomer.otherHalf(i)));
            }
        }
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /** In two requests: a body holds no more than half of what a customer may. */
    private static String create(Caller caller) throws IOException {
        assertEquals(201, caller.call("POST", "/v1/customers", LargestCustomer.half(NUMBER.incrementAndGet())));
        String path = path(caller);
        assertEquals(200, caller.call("PATCH", path, LargestCustomer.otherHalf(0)));
        return path;
    }

    private static String path(Caller caller) {
        Matcher id = ID.matcher(caller.beginning());
        assertTrue(id.find(), caller::beginning);
        return "/v1/customers/" + id.group(1);
    }

    /** What one connection does again and again. */
    enum Operation {
        GET {
            @Override
            int call(Caller caller) throws IOException {
                return caller.call("GET", any(), "");
            }
        },
        LIST {
            @Override
            int call(Caller caller) throws IOException {
                return caller.call("GET", "/v1/customers?limit=200", "");
            }
        },
        LIST_COMPRESSED {
            @Override
            int call(Caller caller) throws IOException {
                return caller.call("GET", "/v1/customers?limit=200&sort=name", "", "Accept-Encoding: gzip");
            }
        },
        HISTORY {
            @Override
            int call(Caller caller) throws IOException {
                return caller.call("GET", PATHS.getFirst() + "/history?limit=200", "");
            }
        },
        POST {
            @Override
            int call(Caller caller) throws IOException {
                return caller.call("POST", "/v1/customers", LargestCustomer.half(NUMBER.incrementAndGet()));
            }
        },
        PUT {
            @Override
            int call(Caller caller) throws IOException {
                return caller.call("PUT", any(), LargestCustomer.half(NUMBER.incrementAndGet()));
            }
        },
        PATCH {
            @Override
            int call(Caller caller) throws IOException {
                return caller.call("PATCH", any(), LargestCustomer.otherHalf(NUMBER.incrementAndGet()));
            }
        },
        DELETE {
            @Override
            int call(Caller caller) throws IOException {
                int status = POST.call(caller);
                return status == 201 ? caller.call("DELETE", path(caller), "") : status;
            }
        };

        abstract int call(Caller caller) throws IOException;

        static String any() {
            return PATHS.get(ThreadLocalRandom.current().nextInt(PATHS.size()));
        }
    }

    static Stream<Arguments> operations() {
        return Arrays.stream(Transport.values())
                .flatMap(transport -> Arrays.stream(Operation.values()).map(each -> Arguments.of(transport, each)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationIsServedToManyAtOnce(Transport transport, Operation operation, TestReporter reporter)
            throws InterruptedException {
        Target target = site.target(transport);
        target.prepare();
        String authorization = target.authorization();
        Map<String, Integer> answers = new ConcurrentHashMap<>();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try (Caller caller = caller(target, transport, authorization)) {
                    do {
                        answers.merge(String.valueOf(operation.call(caller)), 1, Integer::sum);
                    } while (System.nanoTime() - end < 0);
                } catch (IOException e) {
                    answers.merge(e.toString(), 1, Integer::sum);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Target.publish(reporter, "answers", new TreeMap<>(answers));
        // Shed, or two at the same customer, is an answer as well.
        List<String> expected = List.of("200", "201", "204", "404", "409", "412", "503");
        assertTrue(expected.containsAll(answers.keySet()), answers::toString);
        assertTrue(answers.keySet().stream().anyMatch(status -> status.startsWith("2")), answers::toString);
        target.checkRecovered(reporter, CACHE_KIB);
    }

    /** In clear by HTTP/1.1, over TLS by HTTP/2. */
    private static Caller caller(Target target, Transport transport, String authorization) throws IOException {
        return transport == Transport.CLEAR
                ? new Http1Caller(target.connect(), authorization)
                : new Http2Caller(target.connect("h2", 0), authorization);
    }

    /** On as many connections as there may be; none has a window for the answer, not even for a refusal. */
    @Test
    void listsOnStreamsWithoutAWindowFitIntoTheHeap(TestReporter reporter) throws IOException {
        Target target = site.target(Transport.CLEAR);
        target.prepare();
        var frames = Frames.preface(Frames.INITIAL_WINDOW_SIZE, 0);
        String token = target.authorization().replaceFirst("^Authorization", "authorization");
        byte[] list = Frames.request("GET", "/v1/customers?limit=200", token);
        for (int stream = 1; stream <= 7; stream += 2) {
            frames.frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, stream, list);
        }
        byte[] requests = frames.bytes();
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < ALL_CONNECTIONS; i++) {
                Peer peer = target.tryConnect("h2");
                if (peer != null) {
                    peers.add(peer);
                    peer.trySend(requests);
                }
            }
            Target.publish(reporter, "during", target.figures());
        } finally {
            Target.closeAll(peers);
        }
        target.checkRecovered(reporter);
    }

    /** They hold neither a place nor, for long, an answer. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void listsThatNobodyReadsAreGivenUp(Transport transport, TestReporter reporter) throws IOException {
        try (Target target = site.serve(transport, Map.of())) {
            target.prepare();
            String request = "GET /v1/customers?limit=200 HTTP/1.1\r\nHost: a\r\n" + target.authorization()
                    + "\r\n\r\n";
            List<Peer> peers = new ArrayList<>();
            try {
                for (int i = 0; i < 2 * Target.PLACES; i++) {
                    // Not taken where the first of them keep the machine so busy that a handshake is late.
                    Peer peer = target.tryConnect("http/1.1");
                    if (peer != null) {
                        peers.add(peer);
                        peer.trySend(request.repeat(20).getBytes(StandardCharsets.US_ASCII));
                    }
                }
                target.awaitConnections(0);
            } finally {
                Target.closeAll(peers);
            }
            target.checkRecovered(reporter);
        }
    }
}
