package customerservice.app;

import customerservice.testsupport.Await;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, from its {@code main}; the classes are this JVM's. */
final class Program implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path out;
    private final Path err;
    private final Process process;

    private Program(Path out, Path err, Process process) {
        this.out = out;
        this.err = err;
        this.process = process;
    }

    /** @param folder for what it says */
    static Program start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return startFrom(List.of(), folder, environment, arguments);
    }

    /** From a shell script, which is to end with {@code exec "$0" "$@"}. */
    static Program startFromShell(String script, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return startFrom(List.of("/bin/sh", "-c", script), folder, environment, arguments);
    }

    private static Program startFrom(
            List<String> shell, Path folder, Map<String, String> environment, String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        var command = new ArrayList<String>(shell);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:-UsePerfData");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(classPath());
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CUSTOMER_SERVICE_"));
        builder.environment().putAll(environment);
        return new Program(out, err, builder.start());
    }

    /** This JVM's modules and libraries, all on the class path. */
    private static String classPath() {
        return String.join(
                File.pathSeparator, System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path"));
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has said this on standard output. */
    void awaitOut(String expected) {
        Await.until(expected, () -> {
            boolean ended = !process.isAlive();
            String said = out(); // all of it, if it has ended
            if (!said.contains(expected) && ended) {
                throw new AssertionError("ended without saying \"" + expected + "\":\n" + said + err());
            }
            return said.contains(expected);
        });
    }

    long pid() {
        return process.pid();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end so long. */
    boolean endsWithin(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running:\n" + out() + err());
        }
        return process.exitValue();
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
