package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.persistence.Database;
import customerservice.testsupport.Await;
import customerservice.testsupport.Stalls;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a token is good for at three instances once its owner has been taken away at one of them, under load. */
@Tag("slow")
final class RevocationTest {

    /** A use that begins so long after the change was acknowledged, or later, is refused. */
    private static final Duration BOUND = Duration.ofSeconds(1);

    private static final int INSTANCES = 3;
    private static final int REFUSALS = 50;
    private static final int USES = 20;
    private static final Duration BETWEEN_DISTURBANCES = Duration.ofMillis(20);
    private static final String FEED = "application_name = 'customer-service change-feed'";

    private final TestDatabase database = Testbed.shared().newDatabase();
    private final List<ServiceInstance> instances = new ArrayList<>();
    private final String id = database.value("select id from users where username = 'operator'").orElseThrow();

    @BeforeEach
    void start() {
        for (int i = 0; i < INSTANCES; i++) {
            instances.add(Testbed.shared().serve(database));
        }
    }

    @AfterEach
    void stop() {
        instances.forEach(ServiceInstance::close);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenEndsAtEveryInstance(Way way, TestReporter report) {
        endsEverywhere(way, () -> {}, report);
    }

    /** Whoever cannot hear of changes asks. */
    @ParameterizedTest
    @EnumSource
    void aTokenEndsAtEveryInstanceThoughNoneHearsOfChanges(Way way, TestReporter report) {
        endsEverywhere(way, () -> database.terminateConnections(FEED), report);
    }

    private void endsEverywhere(Way way, Runnable disturbance, TestReporter report) {
        ApiClient operator = ApiClient.signIn(address(0), "operator", Testbed.shared().password());
        ApiClient admin = Testbed.shared().client(address(0), Role.ADMIN);
        List<Load.Call> calls = instances.stream()
                .map(ServiceInstance::address)
                .map(address -> new Load.Call(
                        address.toString(), client -> operator.at(address).get("/v1/customers?limit=1")))
                .toList();
        var stop = new AtomicBoolean();
        List<Load.Exchange> uses;
        long ended;
        try (var stalls = new Stalls(database.connect()); var load = new Load(INSTANCES, calls)) {
            var disturber = Thread.ofPlatform().start(() -> {
                while (!stop.get()) {
                    disturbance.run();
                    LockSupport.parkNanos(BETWEEN_DISTURBANCES.toNanos());
                }
            });
            try {
                awaitAtEvery(load, 200, USES);
                way.end(admin, database, id);
                ended = System.nanoTime();
                awaitAtEvery(load, 401, REFUSALS);
                uses = load.stop();
            } finally {
                stop.set(true);
                join(disturber);
            }
            long last = uses.stream()
                    .filter(Load.Exchange::isSuccess)
                    .mapToLong(Load.Exchange::began)
                    .max()
                    .orElseThrow();
            Duration after = Duration.ofNanos(Math.max(0, last - ended));
            String figures = way + ": last accepted " + after.toMillis() + " ms after, longest stall "
                    + stalls.longest();
            report.publishEntry(way.name(), figures);
            // Surefire's reports have what is printed, and not what is published.
            System.out.println(figures);
            assertTrue(after.compareTo(BOUND.plus(stalls.longest())) < 0, figures);
        }
        assertEquals(List.of(), uses.stream().filter(use -> use.status() != 200 && use.status() != 401).toList());
    }

    private void awaitAtEvery(Load load, int status, int times) {
        Await.until(times + " times " + status + " at every instance", () -> {
            Map<String, Long> counts = load.exchanges().stream()
                    .filter(use -> use.status() == status)
                    .collect(Collectors.groupingBy(Load.Exchange::call, Collectors.counting()));
            return counts.size() == INSTANCES && counts.values().stream().allMatch(count -> count >= times);
        });
    }

    private URI address(int instance) {
        return instances.get(instance).address();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    enum Way {
        DEACTIVATED {
            @Override
            void end(ApiClient admin, TestDatabase database, String id) {
                assertDone(200, admin.patch("/v1/users/" + id, "{\"active\":false}"));
            }
        },
        DEMOTED {
            @Override
            void end(ApiClient admin, TestDatabase database, String id) {
                assertDone(200, admin.patch("/v1/users/" + id, "{\"role\":\"viewer\"}"));
            }
        },
        OTHER_PASSWORD {
            @Override
            void end(ApiClient admin, TestDatabase database, String id) {
                assertDone(204, admin.post("/v1/users/" + id + "/password", "{\"password\":\"green kettle\"}"));
            }
        },
        REMOVED {
            @Override
            void end(ApiClient admin, TestDatabase database, String id) {
                assertDone(204, admin.delete("/v1/users/" + id));
            }
        },
        /** As {@code customer-service user sign-out} does. */
        SIGNED_OUT {
            @Override
            void end(ApiClient admin, TestDatabase database, String id) {
                var audit = new AuditEntry(
                        Instant.now(), "user.sign_out", id, 0, List.of(), new Caller("system", "command-1", "local"));
                try (Database shell = Database.openForOneTask(database.settings(), Clock.systemUTC())) {
                    assertTrue(shell.users().endSignIns(UUID.fromString(id), audit).isPresent());
                }
            }
        };

        abstract void end(ApiClient admin, TestDatabase database, String id);

        private static void assertDone(int status, Answer answer) {
            assertEquals(status, answer.status(), answer::toString);
        }
    }
}
