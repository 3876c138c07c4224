package customerservice.testbed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many calls that begin together, each on a thread of its own. */
final class AtOnce {

    private AtOnce() {}

    /** What the calls gave, in the order of their numbers, which count from 0. */
    static <T> List<T> call(int count, IntFunction<T> call) {
        var ready = new CountDownLatch(count);
        List<Future<T>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.apply(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError("one of the " + count + " calls failed", e.getCause());
        }
    }
}
