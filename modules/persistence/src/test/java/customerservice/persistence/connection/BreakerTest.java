package customerservice.persistence.connection;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.testsupport.Await;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** 53300 too_many_connections, 28P01 invalid_password, 42501 insufficient_privilege, 3D000 invalid_catalog_name. */
    @ParameterizedTest
    @ValueSource(strings = {"53300", "28P01", "28000", "42501", "3D000"})
    void serverThatLetsNobodyInIsThere(String state) {
        try (Breaker breaker = breaker(() -> {
            throw new SQLException("refused", state);
        }, () -> {})) {
            breaker.suspect();
            Await.until("found", () -> breaker.succeeded().equals(NOW));
            assertFalse(breaker.isOpen());
        }
    }

    /** 57014 query_canceled: the probe's own time limit. */
    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57014", "57P03", "25006"})
    void serverThatDoesNotAnswerOrDoesNotServeIsLost(String state) {
        try (Breaker breaker = breaker(() -> {
            throw new SQLException("lost", state);
        }, () -> {})) {
            breaker.suspect();
            Await.until("lost", breaker::isOpen);
        }
    }

    @Test
    void lostServerThatIsThereAgainButLetsNobodyInIsBack() {
        var returned = new AtomicInteger();
        try (Breaker breaker = breaker(() -> {
            throw new SQLException("lost", probes.incrementAndGet() == 1 ? "08006" : "53300");
        }, returned::incrementAndGet)) {
            breaker.suspect();
            Await.until("back", () -> returned.get() == 1 && !breaker.isOpen());
        }
    }

    @Test
    void refusalsAreToldOnceInAWhile() {
        var told = new CopyOnWriteArrayList<String>();
        Logger logger = Logger.getLogger(Breaker.class.getName());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                told.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try (Breaker breaker = breaker(() -> {
            probes.incrementAndGet();
            throw new SQLException("too many connections", "53300");
        }, () -> {})) {
            Await.until("asked three times", () -> {
                breaker.suspect();
                return probes.get() >= 3;
            });
        } finally {
            logger.removeHandler(handler);
        }
        assertEquals(
                1, told.stream().filter(line -> line.endsWith("too many connections")).count(), told.toString());
    }
}
