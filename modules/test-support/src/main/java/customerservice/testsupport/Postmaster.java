package customerservice.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The server process of a data directory, found by its {@code postmaster.pid}. */
final class Postmaster {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private Postmaster() {}

    /** Empty unless it runs; a number that another program has by now is not it. */
    static Optional<ProcessHandle> of(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            // Line 1 is the process id (negative for a stand-alone back end), line 2 the data directory.
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(Postmaster::isPostgres);
        } catch (NoSuchFileException stopped) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && process.info().command().map(command -> command.endsWith("/postgres")).orElse(false);
    }

    /** An immediate shutdown (SIGQUIT, see postgres(1)), which is over when this returns. */
    static void stop(ProcessHandle postmaster) {
        stop(postmaster, "QUIT");
    }

    /** A fast shutdown (SIGINT), which is over when this returns. */
    static void stopInOrder(ProcessHandle postmaster) {
        stop(postmaster, "INT");
    }

    private static void stop(ProcessHandle postmaster, String signal) {
        try {
            // Java itself can send only SIGTERM and SIGKILL.
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + postmaster.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor();
            // Not a child of this process: Process.onExit would look only once a second.
            long end = System.nanoTime() + STOP_LIMIT.toNanos();
            while (postmaster.isAlive() && System.nanoTime() < end) {
                Thread.sleep(5);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        postmaster.destroyForcibly();
    }
}
