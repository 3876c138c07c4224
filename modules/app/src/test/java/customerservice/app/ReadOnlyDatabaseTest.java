package customerservice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Sources;
import customerservice.app.service.CustomerService;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an instance says of itself while its database takes no writes. */
class ReadOnlyDatabaseTest {

    private final TestDatabase database = TestDatabase.migrated();
    private CustomerService service;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        database.execute("alter database " + database.name() + " set default_transaction_read_only = on");
        service = CustomerService.start(
                Configuration.load(
                        Sources.of(new Host(folder, database).environment()), Credential.toServe()));
    }

    @AfterEach
    void close() {
        service.close();
        database.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(service.address().resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void deepHealthIsDownAndSaysWhy() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/health/deep");
        assertEquals(503, answer.statusCode());
        assertTrue(
                answer.body().contains("{\"name\":\"database\",\"status\":\"DOWN\",\"detail\":\"is read-only\"}"),
                answer.body());
    }

    /** A failover makes a primary read-only for a moment; every instance would leave the balancer at once. */
    @Test
    void instanceStaysReadyAndAlive() throws IOException, InterruptedException {
        assertEquals(200, get("/health/ready").statusCode());
        assertEquals(200, get("/health/live").statusCode());
    }
}
