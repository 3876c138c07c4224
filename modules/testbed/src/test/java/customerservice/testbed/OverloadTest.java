package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.Role;
import customerservice.testsupport.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** More than an instance takes on is refused at once, and costs those who are served nothing. */
@Tag("slow")
final class OverloadTest {

    /** So that statements that are held up are not given up while a busy machine gets through a test. */
    private static final Map<String, String> PATIENT = Map.of(
            "database.statement_timeout", "25s",
            "database.socket_timeout", "30s",
            "cache.maximum_bytes", "0");

    private final TestDatabase database = Testbed.shared().newDatabase();

    @Test
    void requestsBeyondTheLimitAreShedAtOnce() {
        int limit = 4;
        try (ServiceInstance service = serve(Map.of("limits.max_concurrent_requests", String.valueOf(limit)))) {
            ApiClient client = Testbed.shared().client(service.address(), Role.ADMIN);
            var barrier = new Barrier(database);
            List<CompletableFuture<Answer>> served = holdUp(limit, client);
            barrier.awaitHeldUp(limit);

            List<Answer> shed = AtOnce.call(50, i -> client.get("/v1/customers"));
            shed.forEach(OverloadTest::assertRefused);
            assertEquals(200, client.get("/health/ready").status());
            assertTrue(served.stream().noneMatch(CompletableFuture::isDone), "a held up request has been answered");

            barrier.open();
            served.forEach(answer -> assertEquals(201, answer.join().status(), () -> answer.join().toString()));
            assertEquals(200, client.get("/v1/customers").status());
        }
    }

    /** Two connections, both held up; three calls may wait for one, and give up then. */
    @Test
    void callsBeyondAnExhaustedPoolAreShedAtOnceAndHealthStillAnswers() {
        int waiting = 3;
        Map<String, String> settings = Map.of(
                "database.pool_size", "2",
                "database.max_waiting", String.valueOf(waiting),
                "database.acquire_timeout", "2s");
        try (ServiceInstance service = serve(settings)) {
            ApiClient client = Testbed.shared().client(service.address(), Role.ADMIN);
            var barrier = new Barrier(database);
            List<CompletableFuture<Answer>> served = holdUp(2, client);
            barrier.awaitHeldUp(2);

            List<Load.Exchange> calls = AtOnce.call(
                    50,
                    i -> timed(i % 5 == 0 ? "/health/" + (i % 2 == 0 ? "ready" : "deep") : "/v1/customers", client));
            List<Load.Exchange> shed = calls.stream().filter(call -> call.call().equals("/v1/customers")).toList();
            shed.forEach(call -> assertRefused(call.answer()));
            double late = sum(
                    "hikaricp_connection_timeout_total", "", ApiClient.anonymous(service.managementAddress()));
            // More than there is room for at once, where a busy machine gets to the last calls when the first have given up.
            assertTrue(
                    late > 0 && late <= 3 * waiting, () -> late + " calls waited, though there is room for " + waiting);
            List<Load.Exchange> health = calls.stream().filter(call -> call.call().startsWith("/health/")).toList();
            assertEquals(10, health.size());
            for (Load.Exchange call : health) {
                assertEquals(200, call.status(), call::toString);
            }
            assertTrue(served.stream().noneMatch(CompletableFuture::isDone), "a held up request has been answered");

            barrier.open();
            served.forEach(answer -> assertEquals(201, answer.join().status(), () -> answer.join().toString()));
            assertEquals(200, client.get("/v1/customers").status());
        }
    }

    @Test
    void connectionsBeyondTheLimitWaitAndTheManagementListenerDoesNot() throws IOException {
        int limit = 4;
        try (ServiceInstance service = serve(Map.of("limits.max_connections", String.valueOf(limit)))) {
            ApiClient management = ApiClient.anonymous(service.managementAddress());
            String request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n";
            List<RawConnection> connections = new ArrayList<>();
            try {
                for (int i = 0; i < limit; i++) {
                    connections.add(new RawConnection(service.address()));
                    connections.getLast().send(request + "\r\n");
                    assertEquals(200, connections.getLast().answer().status());
                }
                for (int i = 0; i < 8; i++) {
                    connections.add(new RawConnection(service.address()));
                    connections.getLast().send(request + "Connection: close\r\n\r\n");
                }
                for (int round = 0; round < 50; round++) {
                    for (RawConnection served : connections.subList(0, limit)) {
                        served.send(request + "\r\n");
                        assertEquals(200, served.answer().status());
                    }
                }
                // They are counted when the client has them already; one to the others would be counted before the last of them.
                Await.until("all answers are counted", () -> answered("/health/live", management) >= limit * 51.0);
                assertEquals(limit * 51.0, answered("/health/live", management), "answers so far");
                for (RawConnection served : connections.subList(0, limit)) {
                    served.close();
                }
                for (RawConnection waiting : connections.subList(limit, connections.size())) {
                    assertEquals(200, waiting.answer().status());
                }
            } finally {
                for (RawConnection connection : connections) {
                    connection.close();
                }
            }
        }
    }

    private static double answered(String route, ApiClient management) {
        return sum("http_server_request_duration_seconds_count", "http_route=\"" + route + "\"", management);
    }

    private static double sum(String metric, String label, ApiClient management) {
        return management.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(metric + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Each hash takes 19 MiB: all of them at once would need twenty times the memory that there is. */
    @Test
    void aStormOfSignInsIsShedAndMemoryStaysBounded(TestReporter report) throws IOException {
        int signIns = 300;
        Map<String, String> settings = Map.of(
                "auth.concurrent_hashes", "2", "auth.waiting_hashes", "16", "limits.expensive_rate", "1000");
        try (ServiceProcess service = Testbed.shared().serveApart(database, settings)) {
            ApiClient anyone = ApiClient.anonymous(service.address());
            String body = "{\"username\":\"admin\",\"password\":\"" + Testbed.shared().password() + "\"}";
            List<Answer> answers = AtOnce.call(
                    signIns + 20, i -> i < signIns ? anyone.post("/v1/auth/login", body) : anyone.get("/health/ready"));
            answers.subList(signIns, answers.size()).forEach(health -> assertEquals(200, health.status()));

            Map<Integer, Long> counts = answers.subList(0, signIns)
                    .stream()
                    .collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
            long peak = peakMemory(service.pid());
            report.publishEntry("sign-ins", counts + ", at most " + peak / 1_024 + " MiB");
            // 503 is for those whose user cannot be looked up in time: so many ask for a connection at once.
            assertTrue(Set.of(200, 429, 503).containsAll(counts.keySet()), counts::toString);
            assertTrue(counts.containsKey(200) && counts.containsKey(429), counts::toString);
            for (Answer answer : answers) {
                switch (answer.status()) {
                    case 429 -> assertRefused(429, "/problems/too-many-requests", answer);
                    case 503 -> assertRefused(503, "/problems/overloaded", answer);
                    default -> assertEquals(200, answer.status(), answer::toString);
                }
            }
            assertTrue(peak < 450 * 1_024, () -> "the process took " + peak + " KiB");
            assertEquals(200, anyone.post("/v1/auth/login", body).status());
        }
    }

    /** In KiB, of the whole process. */
    private static long peakMemory(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private ServiceInstance serve(Map<String, String> settings) {
        var all = new HashMap<>(PATIENT);
        all.putAll(settings);
        return Testbed.shared().serve(database, all);
    }

    /** Requests that are not answered before the barrier is opened. */
    private static List<CompletableFuture<Answer>> holdUp(int number, ApiClient client) {
        return IntStream.range(0, number)
                .mapToObj(i -> "{\"name\":\"" + Barrier.NAME + "\",\"email\":\"held-up-" + i + "@example.com\"}")
                .map(body -> CompletableFuture.supplyAsync(
                        () -> client.post("/v1/customers", body), Thread::startVirtualThread))
                .toList();
    }

    private static Load.Exchange timed(String path, ApiClient client) {
        long began = System.nanoTime();
        Answer answer = client.get(path);
        return new Load.Exchange(path, began, System.nanoTime(), answer);
    }

    private static void assertRefused(Answer answer) {
        assertRefused(503, "/problems/overloaded", answer);
    }

    private static void assertRefused(int status, String type, Answer answer) {
        assertEquals(status, answer.status(), answer::toString);
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals(type, answer.string("type"));
        assertTrue(answer.header("Retry-After").matches("[1-9]"), answer::toString);
    }
}
