package customerservice.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HashingQueueTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void release() {
        release.countDown();
        callers.close();
    }

    @Test
    void aHashThatFindsRoomRuns() {
        assertArrayEquals(new byte[]{7}, new HashingQueue(1, 0, LONG).inTurn(() -> new byte[]{7}));
    }

    @Test
    void oneMoreThanRunAndWaitIsTurnedAwayAtOnce() throws Exception {
        var queue = new HashingQueue(1, 1, LONG);
        CompletableFuture<byte[]> running = occupy(queue);
        CompletableFuture<byte[]> waiting = CompletableFuture.supplyAsync(
                () -> queue.inTurn(() -> new byte[]{2}), callers);
        while (queue.waiting() == 0) {
            Thread.onSpinWait();
        }

        assertThrows(HashingBusyException.class, () -> queue.inTurn(() -> new byte[]{3}));

        release.countDown();
        assertEquals(1, running.get()[0]);
        assertEquals(2, waiting.get()[0]);
    }

    @Test
    void withoutWaitingRoomOneMoreThanRunsIsTurnedAway() throws Exception {
        var queue = new HashingQueue(1, 0, LONG);
        CompletableFuture<byte[]> running = occupy(queue);

        assertThrows(HashingBusyException.class, () -> queue.inTurn(() -> new byte[]{3}));
        assertFalse(running.isDone());
    }

    @Test
    void whoIsTurnedAwayHearsWhenToTryAgain() throws Exception {
        var queue = new HashingQueue(1, 0, LONG);
        CompletableFuture<byte[]> running = occupy(queue);

        var busy = assertThrows(HashingBusyException.class, () -> queue.inTurn(() -> new byte[]{3}));

        assertEquals(Duration.ofSeconds(2), busy.retryAfter());
        assertFalse(running.isDone());
    }

    @Test
    void oneThatWaitsTooLongIsTurnedAwayAndNeverRuns() throws Exception {
        var queue = new HashingQueue(1, 4, Duration.ofMillis(50));
        var ran = new AtomicBoolean();
        callers.execute(() -> queue.inTurn(this::blocked));
        started.await();

        assertThrows(HashingBusyException.class, () -> queue.inTurn(() -> {
            ran.set(true);
            return new byte[0];
        }));

        assertEquals(0, queue.waiting());
        release.countDown();
        assertFalse(ran.get());
    }

    @Test
    void oneMoreThanAllowedAtOnceWaits() throws Exception {
        var queue = new HashingQueue(2, 4, LONG);
        var running = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            callers.execute(() -> queue.inTurn(() -> {
                running.incrementAndGet();
                release.await();
                return new byte[0];
            }));
        }
        while (queue.waiting() == 0 || running.get() < 2) {
            Thread.onSpinWait();
        }

        assertEquals(2, running.get());
        assertEquals(1, queue.waiting());
    }

    @Test
    void anInterruptedCallerIsTurnedAwayAndStaysInterrupted() throws Exception {
        var queue = new HashingQueue(1, 1, LONG);
        CompletableFuture<byte[]> running = occupy(queue);
        var interrupted = new AtomicBoolean();
        Thread caller = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            assertThrows(HashingBusyException.class, () -> queue.inTurn(() -> new byte[0]));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.join();

        assertTrue(interrupted.get());
        assertEquals(0, queue.waiting());
        assertFalse(running.isDone());
    }

    private CompletableFuture<byte[]> occupy(HashingQueue queue) throws InterruptedException {
        var running = CompletableFuture.supplyAsync(() -> queue.inTurn(this::blocked), callers);
        started.await();
        return running;
    }

    private byte[] blocked() throws InterruptedException {
        started.countDown();
        release.await();
        return new byte[]{1};
    }
}
