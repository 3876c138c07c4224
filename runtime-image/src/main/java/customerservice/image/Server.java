package customerservice.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command {@code serve} of an image, running. */
final class Server implements AutoCloseable {

    private static final Pattern SERVING = Pattern
            .compile("serving at (https?://[^,\"]+), management at (http://[^,\"]+)");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final CompletableFuture<Matcher> serving = new CompletableFuture<>();
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    private Server(Process process) {
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().unstarted(this::read);
    }

    /** Returns when it serves; the caller closes it. */
    static Server start(List<String> command, Map<String, String> environment) {
        try {
            var server = new Server(
                    LinkedImage.process(command, environment).redirectErrorStream(true).start());
            server.reader.start();
            server.await();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await() {
        try {
            serving.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IllegalStateException("does not serve; it says:\n" + output(), e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher found = SERVING.matcher(line);
                if (found.find()) {
                    serving.complete(found);
                }
            }
        } catch (IOException e) {
            output.add(e.toString());
        }
        serving.completeExceptionally(new IllegalStateException("it ended"));
    }

    URI address() {
        return URI.create(serving.join().group(1));
    }

    URI managementAddress() {
        return URI.create(serving.join().group(2));
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** SIGTERM; returns the exit status. */
    int stop(Duration limit) {
        // Not the process's own destroy, which closes its output as well.
        process.toHandle().destroy();
        int status = LinkedImage.exitStatus(process, limit);
        try {
            reader.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return status;
    }

    /** What it has printed so far; all of it after its end. */
    String output() {
        return String.join("\n", output);
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
