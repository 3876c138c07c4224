package customerservice.auth;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets so many password hashes run at once, so many more wait, and none of them for long.
 *
 * <p>They run on threads of their own, made when needed and gone soon after. On the virtual threads of the requests they
 * would hold every carrier, and nothing else would be answered meanwhile; here the operating system shares out the
 * cores.
 */
final class HashingQueue {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ThreadPoolExecutor threads;
    private final Duration maxWait;

    /** @param maxWait until the hash is done, not only until it begins */
    HashingQueue(int concurrent, int waiting, Duration maxWait) {
        BlockingQueue<Runnable> queue = waiting == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(waiting);
        this.threads = new ThreadPoolExecutor(
                concurrent,
                concurrent,
                10,
                TimeUnit.SECONDS,
                queue,
                Thread.ofPlatform().daemon().name("password-hash-", 0).factory());
        this.threads.allowCoreThreadTimeOut(true);
        this.maxWait = maxWait;
    }

    /** @throws HashingBusyException if there is no room, or its turn does not come in time */
    byte[] inTurn(Callable<byte[]> hash) {
        var task = new FutureTask<>(hash);
        try {
            threads.execute(task);
            return task.get(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | TimeoutException e) {
            threads.remove(task);
            throw new HashingBusyException(RETRY_AFTER);
        } catch (InterruptedException e) {
            threads.remove(task);
            Thread.currentThread().interrupt();
            throw new HashingBusyException(RETRY_AFTER);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        }
    }

    int waiting() {
        return threads.getQueue().size();
    }
}
