package customerservice.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The linked image, run as on a host: by its launcher, with a bare environment. */
final class LinkedImage {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path home;

    LinkedImage(Path home) {
        this.home = Objects.requireNonNull(home, "home");
    }

    Path home() {
        return home;
    }

    Path launcher() {
        return home.resolve("bin/customer-service");
    }

    Path aotCache() {
        return home.resolve("lib/customer-service.aot");
    }

    /**
     * What a command did.
     *
     * @param status its exit status
     */
    record Outcome(int status, String out, String err) {

        /** Standard output of a command that succeeded. */
        String expectSuccess() {
            if (status != 0) {
                throw new IllegalStateException("status " + status + "\n" + err + out);
            }
            return out;
        }
    }

    /** Runs the launcher to its end. */
    Outcome run(Map<String, String> environment, String input, String... arguments) {
        var command = new ArrayList<String>();
        command.add(launcher().toString());
        command.addAll(List.of(arguments));
        return run(command, environment, input);
    }

    /** Runs a command that is in the image, or that begins with the launcher. */
    static Outcome run(List<String> command, Map<String, String> environment, String input) {
        try {
            Path in = Files.createTempFile("input-", "");
            Path out = Files.createTempFile("output-", "");
            Path err = Files.createTempFile("errors-", "");
            try {
                Files.writeString(in, input);
                Process process = process(command, environment)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                int status = exitStatus(process, LIMIT);
                return new Outcome(status, Files.readString(out), Files.readString(err));
            } finally {
                for (Path file : List.of(in, out, err)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With these variables and a minimal path alone. */
    static ProcessBuilder process(List<String> command, Map<String, String> environment) {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        return builder;
    }

    /** Kills it if it takes longer. */
    static int exitStatus(Process process, Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IllegalStateException("does not end within " + limit);
    }

}
