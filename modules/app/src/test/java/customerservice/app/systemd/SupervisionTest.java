package customerservice.app.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.service.UncheckedTls;
import customerservice.testsupport.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisionTest {

    private static final Duration INTERVAL = Duration.ofMillis(400);

    /** Of a check; whatever fails here fails at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String SIGN_OF_LIFE = "WATCHDOG=1";

    @TempDir
    private Path folder;

    private NotificationReceiver receiver;
    private Listener service;
    private Supervision supervision;
    private final AtomicInteger rounds = new AtomicInteger();

    @BeforeEach
    void listen() throws IOException {
        receiver = new NotificationReceiver(folder.resolve("notify").toString());
        service = new Listener(Listener.GOOD);
    }

    @AfterEach
    void close() {
        supervision.close();
        service.close();
        receiver.close();
    }

    private void start(Map<String, String> watchdog) {
        start(watchdog, () -> "round " + rounds.incrementAndGet());
    }

    private void start(Map<String, String> watchdog, Supplier<String> status) {
        var environment = new HashMap<>(watchdog);
        environment.put("NOTIFY_SOCKET", folder.resolve("notify").toString());
        var check = new SelfCheck(
                service.address(), service.address(), false, () -> 0, PATIENCE,
                UncheckedTls::sockets);
        supervision = Supervision.start(Systemd.of(environment), check, status);
    }

    private void startWatched() {
        start(watchdog());
    }

    private static Map<String, String> watchdog() {
        return Map.of("WATCHDOG_USEC", Long.toString(INTERVAL.toNanos() / 1_000));
    }

    private void awaitRounds(int more) {
        int before = rounds.get();
        Await.until("rounds", () -> rounds.get() >= before + more);
    }

    @Test
    void signOfLifeComesEveryHalfInterval() {
        startWatched();
        List<NotificationReceiver.Notification> signs = receiver.await(SIGN_OF_LIFE, 6);
        long[] pauses = IntStream.range(1, 6)
                .mapToLong(i -> signs.get(i).nanos() - signs.get(i - 1).nanos())
                .sorted()
                .toArray();
        // The middle one: a busy machine may delay some of them.
        long half = INTERVAL.toNanos() / 2;
        assertTrue(pauses[2] > half * 3 / 4 && pauses[2] < half * 7 / 4, () -> List.of(pauses[2]).toString());
    }

    @Test
    void noSignOfLifeWhileTheServiceDoesNotAnswer() {
        service.answer("HTTP/1.1 500 Internal Server Error\r\n\r\n");
        startWatched();
        awaitRounds(3);
        assertEquals(List.of(), receiver.with(SIGN_OF_LIFE));
    }

    @Test
    void signsOfLifeReturnWithTheService() {
        service.answer("HTTP/1.1 500 Internal Server Error\r\n\r\n");
        startWatched();
        awaitRounds(2);
        service.answer(Listener.GOOD);
        assertFalse(receiver.await(SIGN_OF_LIFE, 1).isEmpty());
    }

    @Test
    void whoeverDrainsIsAliveUnasked() {
        service.close();
        startWatched();
        supervision.stopping();
        assertTrue(receiver.await(SIGN_OF_LIFE, 2).size() >= 2);
    }

    @Test
    void withoutAWatchdogThereIsAStatusButNoSignOfLife() {
        start(Map.of());
        receiver.await("STATUS=round 1", 1);
        assertEquals(List.of(), receiver.with(SIGN_OF_LIFE));
    }

    @Test
    void signsOfLifeGoOnThoughTheStatusCannotBeHad() {
        start(watchdog(), () -> {
            throw new NoClassDefFoundError("what the status is made of");
        });
        assertTrue(receiver.await(SIGN_OF_LIFE, 3).size() >= 3);
    }

    @Test
    void statusIsToldWhenItHasChanged() {
        startWatched();
        receiver.await("STATUS=round 1", 1);
        receiver.await("STATUS=round 2", 1);
    }
}
