package customerservice.app;

import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Sources;
import customerservice.app.service.CustomerService;
import customerservice.testsupport.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LastSweepTest {

    @Test
    void aMetricTellsWhenWhatHadExpiredWasLastDeleted(@TempDir Path folder) throws IOException {
        long before = Instant.now().getEpochSecond();
        try (TestDatabase database = TestDatabase.migrated();
                CustomerService service = CustomerService.start(
                        Configuration.load(
                                Sources.of(new Host(folder, database).environment()), Credential.toServe()))) {
            URI metrics = service.managementAddress().resolve("/metrics");
            Await.until("the first sweep", () -> lastSweep(metrics) >= before);
        }
    }

    private static double lastSweep(URI metrics) {
        try (var in = metrics.toURL().openStream()) {
            return Double.parseDouble(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll(
                            "(?s).*\ncustomer_service_expiry_sweep_last_success_timestamp_seconds (\\S+)\n.*", "$1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
