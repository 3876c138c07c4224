package customerservice.persistence.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Seek;
import customerservice.domain.customer.CustomerQuery;
import customerservice.persistence.Database;
import customerservice.persistence.DatabaseCheck;
import customerservice.persistence.TestDatabase;
import customerservice.persistence.connection.DatabaseSettings;
import customerservice.persistence.customer.PostgresCustomers;
import customerservice.testsupport.Await;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Watches the classes that a JVM of its own loads when it does what serving does. */
final class ServingLoadsNoLiquibaseTest {

    private static final String PASSWORD = "DATABASE_PASSWORD";

    /** What the other JVM runs. */
    static final class Serving {

        private Serving() {}

        public static void main(String[] arguments) {
            try (Database database = Database.open(
                    DatabaseSettings.of(arguments[0], arguments[1], System.getenv(PASSWORD)), Clock.systemUTC())) {
                // First: on a busy machine the pool may take longer for its first connection than a call waits.
                Await.until("health", () -> database.health().stream().allMatch(DatabaseCheck::up));
                if (!(database.checkSchema() instanceof SchemaStatus.Current)) {
                    throw new IllegalStateException("schema");
                }
                database.customers().list(CustomerQuery.newestFirst(1));
                database.users().list(Seek.start(), 200);
            }
        }
    }

    @Test
    void servingLoadsNoLiquibase() throws IOException, InterruptedException {
        try (TestDatabase database = TestDatabase.migrated()) {
            var builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load:stdout:none",
                    "-cp",
                    classPath(),
                    Serving.class.getName(),
                    database.settings().url(),
                    database.settings().user())
                    .redirectErrorStream(true);
            builder.environment().put(PASSWORD, database.settings().password());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), output);
            List<String> loaded = output.lines().filter(line -> line.contains(" source: ")).toList();
            assertTrue(loaded.stream().anyMatch(line -> line.startsWith(PostgresCustomers.class.getName())), output);
            assertEquals(
                    List.of(), loaded.stream().filter(line -> line.startsWith("liquibase.")).toList());
        }
    }

    /** This JVM's modules and test classes, all on the class path. */
    private static String classPath() {
        String tests = Path.of(Serving.class.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
        return String.join(
                File.pathSeparator,
                tests,
                tests.replace("test-classes", "classes"),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
    }
}
