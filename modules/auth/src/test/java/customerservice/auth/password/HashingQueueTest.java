package customerservice.auth.password;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.auth.HashingBusyException;
import customerservice.auth.InvalidCredentialsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
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
        assertArrayEquals(new byte[]{7}, new HashingQueue(1, 0, LONG).inTurn("", () -> new byte[]{7}));
    }

    @Test
    void oneMoreThanRunAndWaitIsTurnedAwayAtOnce() throws Exception {
        var queue = new HashingQueue(1, 1, LONG);
        CompletableFuture<byte[]> running = occupy(queue);
        CompletableFuture<byte[]> waiting = CompletableFuture.supplyAsync(
                () -> queue.inTurn("", () -> new byte[]{2}), callers);
        while (queue.waiting() == 0) {
            Thread.onSpinWait();
        }

        assertThrows(HashingBusyException.class, () -> queue.inTurn("", () -> new byte[]{3}));

        release.countDown();
        assertEquals(1, running.get()[0]);
        assertEquals(2, waiting.get()[0]);
    }

    @Test
    void withoutWaitingRoomOneMoreThanRunsIsTurnedAway() throws Exception {
        var queue = new HashingQueue(1, 0, LONG);
        CompletableFuture<byte[]> running = occupy(queue);

        assertThrows(HashingBusyException.class, () -> queue.inTurn("", () -> new byte[]{3}));
        assertFalse(running.isDone());
    }

    @Test
    void whoIsTurnedAwayHearsWhenToTryAgain() throws Exception {
        var queue = new HashingQueue(1, 0, LONG);
        CompletableFuture<byte[]> running = occupy(queue);

        var busy = assertThrows(HashingBusyException.class, () -> queue.inTurn("", () -> new byte[]{3}));

        assertEquals(Duration.ofSeconds(2), busy.retryAfter());
        assertFalse(running.isDone());
    }

    @Test
    void oneThatWaitsTooLongIsTurnedAwayAndNeverRuns() throws Exception {
        var queue = new HashingQueue(1, 4, Duration.ofMillis(50));
        var ran = new AtomicBoolean();
        callers.execute(() -> queue.inTurn("", this::blocked));
        started.await();

        assertThrows(HashingBusyException.class, () -> queue.inTurn("", () -> {
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
            callers.execute(() -> queue.inTurn("", () -> {
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
            assertThrows(HashingBusyException.class, () -> queue.inTurn("", () -> new byte[0]));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.join();

        assertTrue(interrupted.get());
        assertEquals(0, queue.waiting());
        assertFalse(running.isDone());
    }

    @Test
    void whatTheWorkThrowsIsThrown() {
        var queue = new HashingQueue(1, 0, LONG);

        assertThrows(InvalidCredentialsException.class, () -> queue.inTurn("", () -> {
            throw new InvalidCredentialsException();
        }));
    }

    /** As where the process may have no more threads: {@code OutOfMemoryError: unable to create native thread}. */
    @Test
    void whereNoThreadCanBeStartedThePlaceIsGivenBack() {
        var threadsLeft = new AtomicBoolean();
        var queue = new HashingQueue(1, 0, LONG, work -> {
            if (!threadsLeft.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(work);
        });
        assertThrows(OutOfMemoryError.class, () -> queue.inTurn("", () -> new byte[]{1}));
        assertThrows(OutOfMemoryError.class, () -> queue.inTurn("", () -> new byte[]{2}));

        threadsLeft.set(true);
        assertArrayEquals(new byte[]{3}, queue.inTurn("", () -> new byte[]{3}));
    }

    @Test
    void networksTakeTurns() throws Exception {
        var queue = new HashingQueue(1, 8, LONG);
        CompletableFuture<byte[]> running = occupy(queue);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<byte[]>> all = new ArrayList<>();
        for (String name : List.of("a1", "a2", "a3", "b1", "b2", "c1")) {
            all.add(enter(queue, name.substring(0, 1), name, order));
        }

        release.countDown();
        for (CompletableFuture<byte[]> one : all) {
            one.get();
        }
        assertEquals(1, running.get()[0]);
        assertEquals(List.of("a1", "b1", "c1", "a2", "b2", "a3"), order);
    }

    @Test
    void theLastOfTheLongestLineMakesWay() throws Exception {
        var queue = new HashingQueue(1, 3, LONG);
        CompletableFuture<byte[]> running = occupy(queue);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<byte[]> first = enter(queue, "flood", "first", order);
        CompletableFuture<byte[]> second = enter(queue, "flood", "second", order);
        CompletableFuture<byte[]> third = enter(queue, "flood", "third", order);
        CompletableFuture<byte[]> owner = CompletableFuture.supplyAsync(
                () -> queue.inTurn("elsewhere", () -> noted("owner", order)), callers);

        assertInstanceOf(
                HashingBusyException.class, assertThrows(ExecutionException.class, third::get).getCause());
        release.countDown();
        first.get();
        second.get();
        owner.get();
        assertEquals(1, running.get()[0]);
        assertEquals(List.of("first", "owner", "second"), order);
    }

    @Test
    void nobodyMakesWayForOneMoreOfTheLongestLine() throws Exception {
        var queue = new HashingQueue(1, 2, LONG);
        CompletableFuture<byte[]> running = occupy(queue);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<byte[]> first = enter(queue, "flood", "first", order);
        CompletableFuture<byte[]> second = enter(queue, "flood", "second", order);

        assertThrows(
                HashingBusyException.class,
                () -> queue.inTurn("flood", () -> noted("third", order)));
        assertFalse(running.isDone() || first.isDone() || second.isDone());
    }

    private static byte[] noted(String name, List<String> order) {
        order.add(name);
        return new byte[0];
    }

    /** Returns when it waits. */
    private CompletableFuture<byte[]> enter(HashingQueue queue, String network, String name, List<String> order) {
        int before = queue.waiting();
        CompletableFuture<byte[]> entered = CompletableFuture.supplyAsync(
                () -> queue.inTurn(network, () -> noted(name, order)), callers);
        while (queue.waiting() == before) {
            Thread.onSpinWait();
        }
        return entered;
    }

    private CompletableFuture<byte[]> occupy(HashingQueue queue) throws InterruptedException {
        var running = CompletableFuture.supplyAsync(() -> queue.inTurn("", this::blocked), callers);
        started.await();
        return running;
    }

    private byte[] blocked() throws InterruptedException {
        started.countDown();
        release.await();
        return new byte[]{1};
    }
}
