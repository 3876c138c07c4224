package customerservice.testbed;

import customerservice.testsupport.FreePort;
import customerservice.testsupport.WorkingDirectory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The service as a process of its own, started as the image's launcher starts it: the same {@code main}, from a module
 * path, configured by its environment. It can be killed, which nothing within this JVM can.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path output = WorkingDirectory.temporary("customer-service-process-").resolve("output");
    private final URI address;
    private final Process process;

    private ServiceProcess(Map<String, String> environment, int port, int managementPort) {
        address = URI.create("http://127.0.0.1:" + port);
        var builder = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CUSTOMER_SERVICE_"));
        builder.environment().putAll(environment);
        builder.environment().put("CUSTOMER_SERVICE_SERVER_PORT", String.valueOf(port));
        builder.environment().put("CUSTOMER_SERVICE_MANAGEMENT_PORT", String.valueOf(managementPort));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one on ports of its own and waits until it is ready; the caller closes it. */
    public static ServiceProcess start(Map<String, String> environment) {
        var service = new ServiceProcess(environment, FreePort.next(), FreePort.next());
        service.awaitReady();
        return service;
    }

    private static List<String> command() {
        String path = String.join(File.pathSeparator, RuntimePath.service());
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--module-path");
        command.add(path);
        // An automatic module does not say what it needs, but finds it on the class path.
        command.add("--class-path");
        command.add(path);
        command.add("--enable-native-access=customerservice.app");
        command.add("--module");
        command.add("customerservice.app/customerservice.app.Main");
        command.add("serve");
        return command;
    }

    private void awaitReady() {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try (var connection = new RawConnection(address)) {
                connection.send("GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                if (connection.answer().status() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // asked again
            }
            pause();
        }
        String said = output();
        close();
        throw new IllegalStateException("the service does not become ready; it says:\n" + said);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Of the public listener. */
    public URI address() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    /** What it has printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM: asks it to stop. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL: it ends between two instructions. Returns when it has. */
    public void kill() {
        process.destroyForcibly();
        exitCode(Duration.ofSeconds(10));
    }

    /**
     * Waits for its end.
     *
     * @throws IllegalStateException if it runs longer than {@code limit}
     */
    public int exitCode(Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("still running; it says:\n" + output());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        kill();
        WorkingDirectory.delete(output.getParent());
    }
}
