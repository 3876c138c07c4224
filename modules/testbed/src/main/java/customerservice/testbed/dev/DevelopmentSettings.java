package customerservice.testbed.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What a developer may choose, as {@code mvn -Pdev -Ddev.port=9090}.
 *
 * @param root the project's folder ({@code dev.root})
 * @param port of the API ({@code dev.port})
 * @param managementPort of metrics and health ({@code dev.management.port})
 */
record DevelopmentSettings(Path root, int port, int managementPort) {

    static DevelopmentSettings of(Properties properties) {
        return new DevelopmentSettings(
                Path.of(properties.getProperty("dev.root", "")).toAbsolutePath(),
                Integer.parseInt(properties.getProperty("dev.port", "8080")),
                Integer.parseInt(properties.getProperty("dev.management.port", "8081")));
    }

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    URI managementAddress() {
        return URI.create("http://localhost:" + managementPort);
    }

    /** What would keep the service from starting, found before anything else is started. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        problem(port, "dev.port").ifPresent(problems::add);
        problem(managementPort, "dev.management.port").ifPresent(problems::add);
        return problems;
    }

    private static Optional<String> problem(int port, String property) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional
                    .of("Port " + port + " cannot be used (" + e.getMessage() + "). Choose another one: mvn -Pdev -D"
                            + property + "=" + (port + 1_000));
        }
    }
}
