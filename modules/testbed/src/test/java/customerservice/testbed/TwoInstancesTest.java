package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.Role;
import customerservice.testsupport.Await;
import customerservice.testsupport.Stalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What one instance has changed is seen at another, which keeps customers in memory too. */
@Tag("slow")
final class TwoInstancesTest {

    /** A read that begins this long after a change was acknowledged, or later, gives the change. */
    private static final Duration BOUND = Duration.ofMillis(50);

    private static final int ROUNDS = 60;
    private static final int KILLS = 25;
    private static final int READS = 1_000;

    /** Reads answered from memory, which alone can be stale. */
    private static final int HITS = 500;

    /** So many that each is left alone for a while: a lost notification is not made good by the next one. */
    private static final int CUSTOMERS = 300;

    private static final int READERS = 3;

    private static final String FEED = "application_name = 'customer-service change-feed'";

    private final TestDatabase database = Testbed.shared().newDatabase();
    private final AtomicReference<StaleRead> oldest = new AtomicReference<>(StaleRead.NONE);
    private ServiceInstance first;
    private ServiceInstance second;
    private ApiClient here;
    private ApiClient there;
    private String feedOfSecond;

    @BeforeEach
    void start() {
        first = Testbed.shared().serve(database);
        here = Testbed.shared().client(first.address(), Role.ADMIN);
        String hearing = "select min(pid) from pg_stat_activity where datname = current_database() and " + FEED;
        Await.until("the first instance hears of changes", () -> database.value(hearing).isPresent());
        feedOfSecond = FEED + " and pid <> " + database.number(hearing);
        second = Testbed.shared().serve(database);
        there = here.at(second.address());
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void aPatchIsSeen() {
        assertSeen(path -> here.patch(path, "{\"name\":\"Changed\"}"), TwoInstancesTest::isChanged);
    }

    @Test
    void aReplacementIsSeen() {
        assertSeen(
                path -> here.put(path, "{\"name\":\"Changed\",\"email\":\"" + path.substring(14) + "@example.com\"}"),
                TwoInstancesTest::isChanged);
    }

    @Test
    void anErasureIsSeen() {
        assertSeen(here::delete, answer -> answer.status() == 404);
    }

    private static boolean isChanged(Answer answer) {
        return answer.status() == 200 && answer.string("name").equals("Changed");
    }

    private void assertSeen(Function<String, Answer> change, Predicate<Answer> seen) {
        List<String> paths = create(ROUNDS);
        try (var stalls = new Stalls(database.connect())) {
            for (String path : paths) {
                remember(path);
                Answer changed = change.apply(path);
                long acknowledged = System.nanoTime();
                assertTrue(changed.status() < 300, changed::toString);
                Await.until("the change is seen", () -> {
                    long began = System.nanoTime();
                    Answer answer = there.get(path);
                    if (!seen.test(answer)) {
                        stale(Duration.ofNanos(began - acknowledged), answer);
                    }
                    return seen.test(answer);
                });
            }
            assertBounded(stalls, ROUNDS + " changes");
        }
    }

    /** Has the second instance keep the customer in memory. */
    private void remember(String path) {
        double before = cacheHits();
        Await.until("the second instance remembers " + path, () -> {
            there.get(path);
            return cacheHits() > before;
        });
    }

    /** One writer at the first instance, readers at the second, whose connection that hears of changes is killed again and again. */
    @Test
    void noReadIsStaleThoughTheConnectionThatHearsOfChangesIsKilledAgainAndAgain(TestReporter report) {
        List<String> paths = create(CUSTOMERS);
        var acknowledged = new AtomicReferenceArray<Change>(CUSTOMERS);
        var reads = new AtomicLong();
        var writes = new AtomicLong();
        var stop = new AtomicBoolean();
        Runnable writer = () -> {
            for (int i = 0; !stop.get(); i = (i + 1) % CUSTOMERS) {
                Answer answer = here.patch(paths.get(i), "{\"name\":\"" + writes.incrementAndGet() + "\"}");
                acknowledged.set(i, new Change(answer.number("version"), System.nanoTime()));
            }
        };
        Runnable reader = () -> {
            while (!stop.get()) {
                int i = ThreadLocalRandom.current().nextInt(CUSTOMERS);
                Change known = acknowledged.get(i);
                long began = System.nanoTime();
                Answer answer = there.get(paths.get(i));
                reads.incrementAndGet();
                if (known != null && answer.number("version") < known.version()) {
                    stale(Duration.ofNanos(began - known.acknowledged()), answer);
                }
            }
        };
        double hitsBefore = cacheHits();
        try (var stalls = new Stalls(database.connect()); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>(List.of(threads.submit(writer)));
            for (int i = 0; i < READERS; i++) {
                running.add(threads.submit(reader));
            }
            try {
                killFeeds(() -> reads.get() >= READS
                        && writes.get() >= CUSTOMERS
                        && cacheHits() - hitsBefore >= HITS);
            } finally {
                stop.set(true);
            }
            awaitAll(running);
            String figures = reads + " reads, " + (cacheHits() - hitsBefore) + " from the cache, " + writes + " writes";
            report.publishEntry(
                    "two instances",
                    figures + ", oldest read " + oldest.get().age() + ", longest stall " + stalls.longest());
            assertBounded(stalls, figures);
        }
    }

    /** Until so many kills have hit and so much has been read and written meanwhile that staleness would have shown. */
    private void killFeeds(BooleanSupplier enough) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        long killed = 0;
        while (killed < KILLS || !enough.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, "too little happened; " + killed + " kills hit");
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(5_000_000, 200_000_000));
            killed += database.terminateConnections(feedOfSecond);
        }
    }

    private static void awaitAll(List<Future<?>> running) {
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                throw new AssertionError("a client failed", e.getCause());
            }
        }
    }

    private void stale(Duration age, Answer answer) {
        oldest.accumulateAndGet(new StaleRead(age, answer.toString()), StaleRead::older);
    }

    private void assertBounded(Stalls stalls, String figures) {
        // Whoever commits, whoever passes the notification on and whoever hears it may each be kept waiting.
        Duration limit = BOUND.plus(stalls.longest().multipliedBy(3));
        assertTrue(
                oldest.get().age().compareTo(limit) < 0,
                () -> "of " + figures + ": a read that began " + oldest.get().age() + " after a change (limit " + limit
                        + ") gave the state before it: " + oldest.get().answer());
    }

    private List<String> create(int number) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Answer created = here.post(
                    "/v1/customers", "{\"name\":\"Customer\",\"email\":\"c" + i + "@example.com\"}");
            assertEquals(201, created.status(), created::toString);
            paths.add(created.header("Location"));
        }
        return paths;
    }

    /** How often the second instance has answered from memory. */
    private double cacheHits() {
        return ApiClient.anonymous(second.managementAddress())
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("caffeine_cache_hit_total{cache=\"customers\""))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** @param acknowledged when, as {@link System#nanoTime} */
    private record Change(long version, long acknowledged) {}

    /** @param age how long after the change's acknowledgement it began */
    private record StaleRead(Duration age, String answer) {

        static final StaleRead NONE = new StaleRead(Duration.ZERO, "none");

        StaleRead older(StaleRead other) {
            return age.compareTo(other.age) > 0 ? this : other;
        }
    }
}
