package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.Role;
import customerservice.testsupport.DatabaseProxy;
import customerservice.testsupport.PostgresCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The database goes away under load and comes back, while the service runs on: once because PostgreSQL is stopped, once
 * because the network swallows every packet.
 */
@Tag("slow")
final class DatabaseLossTest {

    /** Within which whoever needs the database is told that it is not there. */
    private static final Duration ANSWER_LIMIT = Duration.ofMillis(2_500);

    /** Within which all is well again. */
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(5);

    /** Within which nothing is late yet. */
    private static final Duration LATE = Duration.ofSeconds(1);

    /** The default of cache.lease: a read that begins so long after a change was acknowledged, or later, gives the change. */
    private static final Duration LEASE = Duration.ofMillis(50);

    private static final Set<String> PROBLEMS = Set.of("/problems/unavailable", "/problems/overloaded");

    private static Testbed testbed;
    private static final List<Outage> OUTAGES = new ArrayList<>();

    @BeforeAll
    static void loseTheDatabase(TestReporter report) {
        testbed = Testbed.open();
        OUTAGES.add(postgresStopped());
        OUTAGES.add(networkSilent());
        OUTAGES.forEach(outage -> report.publishEntry(outage.name(), figures(outage)));
    }

    @AfterAll
    static void close() {
        testbed.close();
    }

    private static Outage postgresStopped() {
        TestDatabase database = testbed.newDatabase();
        PostgresCluster cluster = testbed.cluster();
        return observe("PostgreSQL stopped", database, Map.of(), new Outage.Course() {
            @Override
            public void lose() {
                cluster.crash();
            }

            @Override
            public void restore(Runnable change) {
                cluster.restart();
                change.run();
            }
        });
    }

    private static Outage networkSilent() {
        TestDatabase database = testbed.newDatabase();
        try (var proxy = new DatabaseProxy(database.url())) {
            return observe("network silent", database, Map.of("database.url", proxy.url()), new Outage.Course() {
                @Override
                public void lose() {
                    proxy.silence();
                }

                @Override
                public void restore(Runnable change) {
                    change.run();
                    proxy.repair();
                }
            });
        }
    }

    private static Outage observe(
            String name, TestDatabase database, Map<String, String> settings, Outage.Course course) {
        try (ServiceInstance service = testbed.serve(database, settings)) {
            return Outage.observe(
                    name, database, service, testbed.client(service.address(), Role.ADMIN), course);
        }
    }

    static Stream<Outage> outages() {
        return OUTAGES.stream();
    }

    @ParameterizedTest
    @MethodSource("outages")
    void noAnswerIsAnErrorOtherThan503(Outage outage) {
        assertNone(
                outage.requests(), exchange -> !exchange.isSuccess() && exchange.status() != 503);
    }

    @ParameterizedTest
    @MethodSource("outages")
    void everyAnswerIs503WhileTheDatabaseIsAway(Outage outage) {
        List<Load.Exchange> answers = outage.whileAway(outage.requests(), LATE);
        assertTrue(answers.size() > 100, () -> "no more than " + answers.size() + " answers");
        assertNone(answers, exchange -> exchange.status() != 503);
    }

    @ParameterizedTest
    @MethodSource("outages")
    void nothingButTheCacheAnswersOnceTheDatabaseIsAway(Outage outage) {
        assertNone(
                outage.whileAway(outage.requests(), Duration.ZERO),
                exchange -> exchange.isSuccess() && !exchange.call().equals(Outage.READ));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void every503SaysWhyAndWhenToTryAgain(Outage outage) {
        assertNone(
                outage.requests(),
                exchange -> exchange.status() == 503
                        && !(exchange.answer().header("Content-Type").equals("application/problem+json")
                                && PROBLEMS.contains(exchange.answer().string("type"))
                                && exchange.answer().header("Retry-After").matches("[1-9]")));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void nobodyWaitsLongForAnAnswer(Outage outage) {
        assertNone(outage.requests(), exchange -> exchange.took().compareTo(ANSWER_LIMIT) > 0);
    }

    @ParameterizedTest
    @MethodSource("outages")
    void theInstanceStaysReady(Outage outage) {
        assertNone(outage.ready(), exchange -> exchange.status() != 200);
        assertFalse(outage.whileAway(outage.ready(), LATE).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("outages")
    void deepHealthNamesTheDatabase(Outage outage) {
        // It looks once a second, and for a second at most.
        List<Load.Exchange> answers = outage.whileAway(outage.deep(), LATE.multipliedBy(2));
        assertFalse(answers.isEmpty());
        assertNone(answers, exchange -> exchange.status() != 503 || !isDown(exchange.answer(), "database"));
        assertNone(answers, exchange -> !isDown(exchange.answer(), "change-feed"));
    }

    private static boolean isDown(Answer health, String check) {
        return health.objects("checks").stream()
                .anyMatch(one -> one.get("name").equals(check) && one.get("status").equals("DOWN")
                        && one.containsKey("detail"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void allIsWellSoonAfterTheDatabaseIsBack(Outage outage) {
        assertTrue(
                untilLastRefusal(outage).compareTo(RECOVERY_LIMIT) < 0,
                () -> "a request was refused " + untilLastRefusal(outage) + " after the database was back");
        assertTrue(
                untilHealthy(outage).compareTo(RECOVERY_LIMIT) < 0,
                () -> "healthy only after " + untilHealthy(outage));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aChangeMadeMeanwhileIsSeen(Outage outage) {
        List<Load.Exchange> reads = outage.requests().stream()
                .filter(exchange -> exchange.call().equals(Outage.READ) && exchange.isSuccess()
                        && exchange.began() - outage.changed() > LEASE.toNanos())
                .toList();
        assertTrue(reads.size() > 20, () -> "no more than " + reads.size() + " reads");
        assertNone(reads, exchange -> !exchange.answer().string("name").equals(Outage.NAME_AFTER_CHANGE));
    }

    /** Negative if nobody was refused any more: the server takes connections before its start is reported. */
    private static Duration untilLastRefusal(Outage outage) {
        return outage.requests().stream()
                .filter(exchange -> !exchange.isSuccess())
                .map(exchange -> Duration.ofNanos(exchange.ended() - outage.back()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Duration untilHealthy(Outage outage) {
        return outage.deep().stream()
                .filter(exchange -> exchange.began() - outage.back() > 0 && exchange.status() == 200)
                .findFirst()
                .map(exchange -> Duration.ofNanos(exchange.ended() - outage.back()))
                .orElseThrow();
    }

    private static void assertNone(List<Load.Exchange> exchanges, Predicate<Load.Exchange> wrong) {
        List<Load.Exchange> found = exchanges.stream().filter(wrong).toList();
        assertEquals(
                0,
                found.size(),
                () -> found.size() + " of " + exchanges.size() + " answers, the first of them: " + found.getFirst());
    }

    private static String figures(Outage outage) {
        Duration longest = outage.requests().stream()
                .map(Load.Exchange::took)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return outage.requests().size() + " answers, "
                + outage.requests().stream().filter(exchange -> exchange.status() == 503).count() + " of them 503, the"
                + " slowest after " + longest.toMillis() + " ms; the last 503 "
                + untilLastRefusal(outage).toMillis() + " ms after the database was back, healthy "
                + untilHealthy(outage).toMillis() + " ms after";
    }
}
