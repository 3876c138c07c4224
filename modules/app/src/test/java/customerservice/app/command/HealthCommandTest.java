package customerservice.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.Host;
import customerservice.app.TestDatabase;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Sources;
import customerservice.app.service.CustomerService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCommandTest {

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Host host;
    private CustomerService service;

    @BeforeEach
    void start() throws IOException {
        database = TestDatabase.migrated();
        host = new Host(folder, database);
        service = CustomerService.start(
                Configuration.load(Sources.of(host.environment()), Credential.toServe()));
        host.configure("server.port", Integer.toString(service.address().getPort()));
    }

    @AfterEach
    void stop() {
        service.close();
        database.close();
    }

    private Shell.Result health(String... options) {
        var arguments = new ArrayList<>(List.of("health"));
        arguments.addAll(List.of(options));
        return new Shell(host.environment()).run(arguments);
    }

    @Test
    void servingInstanceIsExitCodeZeroAndOneLine() {
        Shell.Result result = health();
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(1, result.out().lines().count(), result.out());
        assertTrue(
                result.out().startsWith(service.address() + "/health/ready: 200 {\"status\":\"UP\""), result.out());
    }

    @Test
    void deepAsksForTheDatabase() {
        Shell.Result result = health("--deep");
        assertEquals(0, result.exitCode(), result.out());
        assertTrue(result.out().contains("\"name\":\"database\",\"status\":\"UP\""), result.out());
    }

    @Test
    void whatIsDownIsSaidAndExitCodeOne() {
        database.execute("delete from databasechangelog where id = '0002-users'");
        Shell.Result result = health("--deep");
        assertEquals(1, result.exitCode());
        assertTrue(result.out().contains(": 503 {\"status\":\"DOWN\""), result.out());
        assertEquals(1, result.out().lines().count(), result.out());
    }

    @Test
    void noInstanceIsExitCodeOneAndOneLine() {
        var address = service.address();
        service.close();
        assertEquals(
                new Shell.Result(1, "", "customer-service: " + address + "/health/ready: Connection refused"
                        + System.lineSeparator()),
                health());
    }

    @Test
    void silentListenerIsGivenUpAfterTheTimeout() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            host.configure("server.port", Integer.toString(silent.getLocalPort()));
            Shell.Result result = health("--timeout", "50ms");
            assertEquals(1, result.exitCode());
            assertTrue(result.err().endsWith("/health/ready: Read timed out" + System.lineSeparator()), result.err());
        }
    }

    @Test
    void anyPortCannotBeAsked() {
        host.configure("server.port", "0");
        Shell.Result result = health();
        assertEquals(1, result.exitCode());
        assertTrue(result.err().startsWith("customer-service: server.port is 0"), result.err());
    }

    @Test
    void needsNoCredentials() {
        host.variable("CREDENTIALS_DIRECTORY", folder.resolve("none").toString());
        assertEquals(0, health().exitCode());
    }
}
