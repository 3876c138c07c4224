package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Many guesses at once: they are slowed down, and nobody else is. */
@Tag("slow")
final class SignInFloodTest {

    private static final int GUESSES = 500;
    private static final String OWNER = "operator";
    private static final String HOME = "127.0.0.1";
    private static final String ATTACKER = "127.0.0.66";

    private final TestDatabase database = Testbed.shared().newDatabase();

    @Test
    void theOwnerSignsInWhileHisPasswordIsGuessed(TestReporter report) throws IOException {
        assertOwnerSignsInDuring(i -> login(OWNER, "wrong horse " + i), report);
    }

    @Test
    void theOwnerSignsInWhileManyNamesAreTriedFromOneAddress(TestReporter report) throws IOException {
        assertOwnerSignsInDuring(i -> login("user" + i, "wrong horse"), report);
    }

    /** Three instances must not grant three times as many guesses. */
    @Test
    void failuresAtOneInstanceCountAtAnother() throws IOException {
        try (ServiceInstance first = Testbed.shared().serve(database);
                ServiceInstance second = Testbed.shared().serve(database)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(401, send(first, login(OWNER, "wrong horse"), ATTACKER).status());
                assertEquals(401, send(second, login(OWNER, "wrong horse"), ATTACKER).status());
            }
            Answer delayed = send(second, login(OWNER, "wrong horse"), ATTACKER);

            assertEquals(429, delayed.status(), delayed::toString);
            assertEquals("/problems/too-many-requests", delayed.string("type"));
            assertEquals("1", delayed.header("Retry-After"));
        }
    }

    private void assertOwnerSignsInDuring(IntFunction<String> guess, TestReporter report) throws IOException {
        try (ServiceProcess service = Testbed.shared().serveApart(database, Map.of())) {
            ApiClient reader = Testbed.shared().client(service.address(), Role.VIEWER);
            var others = new Load(2, List.of(new Load.Call("list", i -> reader.get("/v1/customers"))));
            CompletableFuture<List<Answer>> flood = CompletableFuture.supplyAsync(
                    () -> AtOnce.call(GUESSES, i -> send(service, guess.apply(i), ATTACKER)));
            List<Integer> owner = new ArrayList<>();
            String password = Testbed.shared().password();
            while (!flood.isDone() || owner.size() < 5) {
                owner.add(send(service, login(OWNER, password), HOME).status());
            }
            List<Load.Exchange> answered = others.stop();

            Map<Integer, Long> guesses = flood.join()
                    .stream()
                    .collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
            List<Long> took = answered.stream().map(call -> call.took().toMillis()).sorted().toList();
            report.publishEntry(
                    "flood of " + GUESSES,
                    "guesses " + guesses + "; the owner signed in " + owner.size() + " times; " + took.size()
                            + " other requests, p50 " + took.get(took.size() / 2) + " ms, p99 "
                            + took.get(took.size() * 99 / 100) + " ms; at most " + peakMemory(service.pid()) / 1_024
                            + " MiB");
            assertEquals(Set.of(200), Set.copyOf(owner), owner::toString);
            assertTrue(answered.stream().allMatch(Load.Exchange::isSuccess), answered::toString);
            assertTrue(Set.of(401, 429, 503).containsAll(guesses.keySet()), guesses::toString);
            assertTrue(guesses.containsKey(429), guesses::toString);
            assertTrue(peakMemory(service.pid()) < 450 * 1_024, "memory");
        }
    }

    private static String login(String username, String password) {
        return "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}";
    }

    private static Answer send(ServiceProcess service, String body, String from) {
        return send(service.address(), body, from);
    }

    private static Answer send(ServiceInstance service, String body, String from) {
        return send(service.address(), body, from);
    }

    private static Answer send(URI address, String body, String from) {
        try (var connection = new RawConnection(address, from)) {
            connection.send(
                    "POST /v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
            return connection.answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
}
