package customerservice.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import customerservice.app.service.ModuleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the keys allow, the modules take: otherwise a wrong value would be an unexpected error and not a named one. */
class LimitsTest {

    @TempDir
    private Path folder;

    private Configuration configuration(
            Function<ValueType.WholeNumber, Integer> number, Function<ValueType.Span, String> span)
            throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("CREDENTIALS_DIRECTORY", folder.toString());
        environment.put(Keys.DATABASE_URL.variable(), "jdbc:postgresql://db/x");
        for (Key<?> key : Keys.all()) {
            switch (key.type()) {
                case ValueType.WholeNumber type -> environment.put(key.variable(), number.apply(type).toString());
                case ValueType.Span type -> environment.put(key.variable(), span.apply(type));
                default -> {
                }
            }
        }
        // Has to be the shorter of the two.
        environment.put(Keys.DATABASE_STATEMENT_TIMEOUT.variable(), "100ms");
        Files.writeString(folder.resolve("db-password"), "secret");
        return Configuration.load(Sources.of(environment), Set.of(Credential.DB_PASSWORD));
    }

    private static void assertTaken(Configuration configuration) {
        assertNotNull(ModuleSettings.database(configuration));
        assertNotNull(ModuleSettings.databaseOfCommand(configuration));
        assertNotNull(ModuleSettings.tokens(configuration));
        assertNotNull(ModuleSettings.api(configuration));
    }

    @Test
    void smallestValuesAreTaken() throws IOException {
        assertTaken(configuration(ValueType.WholeNumber::minimum, type -> type.minimum().toMillis() + "ms"));
    }

    @Test
    void largestValuesAreTaken() throws IOException {
        assertTaken(configuration(ValueType.WholeNumber::maximum, type -> type.maximum().toMillis() + "ms"));
    }

    @Test
    void commandHasOneConnectionAndNoCache() throws IOException {
        Configuration configuration = configuration(
                ValueType.WholeNumber::maximum, type -> type.maximum().toMillis() + "ms");
        assertEquals(1, ModuleSettings.databaseOfCommand(configuration).pool().size());
        assertEquals(0, ModuleSettings.databaseOfCommand(configuration).cache().maximumBytes());
    }
}
