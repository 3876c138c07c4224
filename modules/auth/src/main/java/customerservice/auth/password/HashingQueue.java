package customerservice.auth.password;

import customerservice.auth.HashingBusyException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets so many password hashes run at once, so many more wait, and none of them for long.
 *
 * <p>They run on threads of their own, made when needed and gone soon after. On the virtual threads of the requests they
 * would hold every carrier, and nothing else would be answered meanwhile; here the operating system shares out the
 * cores.
 *
 * <p>Those who wait take turns by network, so that a network which asks for five hundred at once waits for itself and
 * keeps nobody else waiting; and where there is no more room, the last of the longest line makes way.
 */
final class HashingQueue {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final int concurrent;
    private final int maxWaiting;
    private final Duration maxWait;
    private final ThreadPoolExecutor threads;
    private final LinkedHashMap<String, ArrayDeque<Task<?>>> lines = new LinkedHashMap<>();
    private int running;
    private int waiting;

    /** @param maxWait until the hash is done, not only until it begins */
    HashingQueue(int concurrent, int waiting, Duration maxWait) {
        this(concurrent, waiting, maxWait, Thread.ofPlatform().daemon().name("password-hash-", 0).factory());
    }

    HashingQueue(int concurrent, int waiting, Duration maxWait, ThreadFactory factory) {
        this.concurrent = concurrent;
        this.maxWaiting = waiting;
        this.maxWait = maxWait;
        // Its own queue holds nothing: what is in it while no thread can be started would be nobody's.
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /**
     * Does work with a hash in it.
     *
     * @param network of the one who waits for it
     * @throws HashingBusyException if there is no room, or its turn does not come in time
     */
    <T> T inTurn(String network, Callable<T> work) {
        var task = new Task<>(work, network);
        enter(task);
        try {
            return task.get(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CancellationException | TimeoutException e) {
            leave(task);
            throw new HashingBusyException(RETRY_AFTER);
        } catch (InterruptedException e) {
            leave(task);
            Thread.currentThread().interrupt();
            throw new HashingBusyException(RETRY_AFTER);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        }
    }

    private synchronized void enter(Task<?> task) {
        if (running < concurrent) {
            // Counted once it has a thread, which cannot be had where the process has too many. The lock is held meanwhile.
            threads.execute(() -> work(task));
            running++;
            return;
        }
        if (waiting == maxWaiting && !makeRoom(task.network)) {
            throw new HashingBusyException(RETRY_AFTER);
        }
        waiting++;
        lines.computeIfAbsent(task.network, network -> new ArrayDeque<>()).add(task);
    }

    /** Whether the last of a line that is longer by two was sent away. */
    private boolean makeRoom(String network) {
        ArrayDeque<Task<?>> longest = new ArrayDeque<>();
        for (ArrayDeque<Task<?>> line : lines.values()) {
            longest = line.size() > longest.size() ? line : longest;
        }
        ArrayDeque<Task<?>> own = lines.get(network);
        if (longest.size() <= (own == null ? 0 : own.size()) + 1) {
            return false;
        }
        Task<?> last = longest.getLast();
        leave(last);
        last.cancel(false);
        return true;
    }

    private void work(Task<?> first) {
        for (Task<?> task = first; task != null; task = next()) {
            task.run();
        }
    }

    /** Null if none waits; the calling thread is then done. */
    private synchronized Task<?> next() {
        if (lines.isEmpty()) {
            running--;
            return null;
        }
        Map.Entry<String, ArrayDeque<Task<?>>> line = lines.pollFirstEntry();
        Task<?> task = line.getValue().remove();
        if (!line.getValue().isEmpty()) {
            lines.put(line.getKey(), line.getValue());
        }
        waiting--;
        return task;
    }

    private synchronized void leave(Task<?> task) {
        ArrayDeque<Task<?>> line = lines.get(task.network);
        if (line != null && line.remove(task)) {
            waiting--;
            if (line.isEmpty()) {
                lines.remove(task.network);
            }
        }
    }

    synchronized int waiting() {
        return waiting;
    }

    private static final class Task<T> extends FutureTask<T> {

        private final String network;

        Task(Callable<T> work, String network) {
            super(work);
            this.network = network;
        }
    }
}
