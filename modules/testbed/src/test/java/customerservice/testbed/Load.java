package customerservice.testbed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Clients that call a service, each one request after the other, until they are stopped. Every answer is kept; a request
 * without an answer fails {@link #stop}.
 */
final class Load implements AutoCloseable {

    /**
     * @param name for messages
     * @param request takes the client's number, from 0 on
     */
    record Call(String name, IntFunction<Answer> request) {}

    /** Times are {@link System#nanoTime}. */
    record Exchange(String call, long began, long ended, Answer answer) {

        Duration took() {
            return Duration.ofNanos(ended - began);
        }

        int status() {
            return answer.status();
        }

        boolean isSuccess() {
            return status() < 300;
        }

        @Override
        public String toString() {
            return call + " after " + took().toMillis() + " ms: " + answer;
        }
    }

    /** Between two requests of a client, so that those that are refused at once do not take all of the machine. */
    private static final Duration PAUSE = Duration.ofMillis(4);

    private final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> unanswered = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopping;

    /** Each client makes all of the calls by turns. */
    Load(int number, List<Call> calls) {
        for (int i = 0; i < number; i++) {
            int client = i;
            clients.add(Thread.ofVirtual().start(() -> run(calls, client)));
        }
    }

    private void run(List<Call> calls, int client) {
        for (int i = client; !stopping; i++) {
            Call call = calls.get(i % calls.size());
            long began = System.nanoTime();
            try {
                Answer answer = call.request().apply(client);
                exchanges.add(new Exchange(call.name(), began, System.nanoTime(), answer));
            } catch (RuntimeException e) {
                unanswered.add(e);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** What has been answered so far. */
    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Waits for the last answers and gives all. */
    List<Exchange> stop() {
        close();
        if (!unanswered.isEmpty()) {
            throw new AssertionError(unanswered.size() + " requests without an answer", unanswered.peek());
        }
        return exchanges();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread client : clients) {
                client.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
