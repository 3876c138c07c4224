package customerservice.persistence.connection;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.testsupport.Await;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BreakerTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final AtomicInteger probes = new AtomicInteger();

    private Breaker breaker(Breaker.Probe probe, Runnable onReturn) {
        return new Breaker(probe, onReturn, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static Stream<Runnable> unexpected() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("unexpected");
                },
                () -> {
                    throw new NoClassDefFoundError("unexpected");
                },
                () -> {
                    throw new StackOverflowError("unexpected");
                });
    }

    /** The first finds the database lost, the second goes wrong, the third finds it. */
    private void loseThenFail(Runnable unexpected) throws SQLException {
        switch (probes.incrementAndGet()) {
            case 1 -> throw new SQLException("lost", "08006");
            case 2 -> unexpected.run();
            default -> {
                // It is back.
            }
        }
    }

    @ParameterizedTest
    @MethodSource("unexpected")
    void probeThatGoesWrongIsRepeated(Runnable unexpected) {
        try (Breaker breaker = breaker(() -> loseThenFail(unexpected), () -> {})) {
            breaker.suspect();
            Await.until("the database is back", () -> probes.get() >= 3 && !breaker.isOpen());
            assertDoesNotThrow(breaker::pass);
        }
    }

    @ParameterizedTest
    @MethodSource("unexpected")
    void callsAreLetThroughThoughConnectionsAreNotRenewed(Runnable unexpected) {
        try (Breaker breaker = breaker(() -> loseThenFail(() -> {}), unexpected)) {
            breaker.suspect();
            Await.until("the database is back", () -> probes.get() >= 2 && !breaker.isOpen());
            assertDoesNotThrow(breaker::pass);
        }
    }

    @Test
    void probeThatFindsTheDatabaseSaysWhen() {
        try (Breaker breaker = breaker(probes::incrementAndGet, () -> {})) {
            assertEquals(Instant.EPOCH, breaker.succeeded());
            breaker.suspect();
            Await.until("found", () -> breaker.succeeded().equals(NOW));
        }
    }

    @Test
    void probeThatFindsNoneDoesNot() {
        try (Breaker breaker = breaker(() -> {
            probes.incrementAndGet();
            throw new SQLException("lost", "08006");
        }, () -> {})) {
            breaker.suspect();
            Await.until("asked twice", () -> probes.get() >= 2);
            assertTrue(breaker.isOpen());
            assertEquals(Instant.EPOCH, breaker.succeeded());
        }
    }
}
