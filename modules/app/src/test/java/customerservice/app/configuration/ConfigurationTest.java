package customerservice.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private static final String URL = "jdbc:postgresql://db1/customer_service";

    @TempDir
    private Path folder;

    private Path file;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void writeCredentials() throws IOException {
        file = folder.resolve("customer-service.yaml");
        Files.writeString(folder.resolve("db-password"), "correct horse\n");
        Files.writeString(folder.resolve("jwt-keys.json"), "{}");
        environment.put("CREDENTIALS_DIRECTORY", folder.toString());
        environment.put("CUSTOMER_SERVICE_CONFIG", file.toString());
    }

    private Configuration load(String yaml) throws IOException {
        Files.writeString(file, yaml);
        return Configuration.load(Sources.of(environment), EnumSet.allOf(Credential.class));
    }

    @Test
    void defaultsAreInForceWhereNothingIsSaid() throws IOException {
        Configuration configuration = load("database: {url: '" + URL + "'}");
        assertEquals(8080, configuration.get(Keys.SERVER_PORT));
        assertEquals(Duration.ofMinutes(15), configuration.get(Keys.AUTH_ACCESS_TOKEN_LIFETIME));
    }

    @Test
    void everyDefaultIsOfItsKeysType() throws IOException {
        Configuration configuration = load("database: {url: '" + URL + "'}");
        for (Key<?> key : Keys.all()) {
            configuration.get(key);
        }
    }

    @Test
    void listIsASequenceInTheFileAndSeparatedByCommasInTheEnvironment() throws IOException {
        Configuration file = load("""
                database: {url: '%s'}
                server:
                  trusted_proxies: [192.0.2.1, '2001:db8::/32']
                  cors_allowed_origins: []
                """.formatted(URL));
        assertEquals("[192.0.2.1, 2001:db8::/32]", file.get(Keys.SERVER_TRUSTED_PROXIES).toString());
        assertEquals(List.of(), file.get(Keys.SERVER_CORS_ALLOWED_ORIGINS));

        environment.put("CUSTOMER_SERVICE_SERVER_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.2");
        assertEquals(
                "[10.0.0.0/8, 192.0.2.2]",
                load("database: {url: '" + URL + "'}").get(Keys.SERVER_TRUSTED_PROXIES).toString());
    }

    @Test
    void theFileOverridesTheDefaults() throws IOException {
        Configuration configuration = load("""
                database:
                  url: %s
                  pool_size: 25
                  connect_timeout: 500ms
                server:
                  require_if_match: true
                log:
                  levels:
                    io.helidon: debug
                    com.zaxxer: warn
                """.formatted(URL));
        assertEquals(25, configuration.get(Keys.DATABASE_POOL_SIZE));
        assertEquals(Duration.ofMillis(500), configuration.get(Keys.DATABASE_CONNECT_TIMEOUT));
        assertEquals(true, configuration.get(Keys.SERVER_REQUIRE_IF_MATCH));
        assertEquals(Map.of("io.helidon", "debug", "com.zaxxer", "warn"), configuration.get(Keys.LOG_LEVELS));
    }

    @Test
    void theEnvironmentOverridesTheFile() throws IOException {
        environment.put("CUSTOMER_SERVICE_DATABASE_POOL_SIZE", "30");
        environment.put("CUSTOMER_SERVICE_LOG_LEVELS", "io.helidon=error");
        Configuration configuration = load("""
                database: {url: '%s', pool_size: 25}
                log: {levels: {com.zaxxer: warn}}
                """.formatted(URL));
        assertEquals(30, configuration.get(Keys.DATABASE_POOL_SIZE));
        assertEquals(Map.of("io.helidon", "error"), configuration.get(Keys.LOG_LEVELS));
    }

    @Test
    void theDefaultFileMayBeMissing() {
        environment.remove("CUSTOMER_SERVICE_CONFIG");
        environment.put("CUSTOMER_SERVICE_DATABASE_URL", URL);
        assertEquals(
                URL, Configuration.load(Sources.of(environment), Set.of()).get(Keys.DATABASE_URL));
    }

    @Test
    void theLaunchersVariableIsNoKey() throws IOException {
        environment.put("CUSTOMER_SERVICE_JVM_OPTIONS", "-Xmx256m");
        assertEquals(8080, load("database: {url: '" + URL + "'}").get(Keys.SERVER_PORT));
    }

    @Test
    void anEmptyFileSaysNothing() throws IOException {
        environment.put("CUSTOMER_SERVICE_DATABASE_URL", URL);
        assertEquals(8080, load("# nothing\n").get(Keys.SERVER_PORT));
    }

    @Test
    void theNewlineAtThePasswordsEndIsNotPartOfIt() throws IOException {
        assertEquals("correct horse", load("database: {url: '" + URL + "'}").databasePassword());
    }

    @Test
    void spacesInThePasswordAreKept() throws IOException {
        Files.writeString(folder.resolve("db-password"), " a b \r\n");
        assertEquals(" a b ", load("database: {url: '" + URL + "'}").databasePassword());
    }

    @Test
    void theCredentialsDirectoryForDevelopmentComesBeforeSystemds() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("db-password"), "other");
        environment.put("CUSTOMER_SERVICE_CREDENTIALS_DIRECTORY", other.toString());
        environment.put("CUSTOMER_SERVICE_DATABASE_URL", URL);
        Files.writeString(file, "");
        assertEquals(
                "other",
                Configuration.load(Sources.of(environment), Set.of(Credential.DB_PASSWORD))
                        .databasePassword());
    }

    @Test
    void aCredentialThatIsNotNeededIsNotLookedFor() throws IOException {
        Files.delete(folder.resolve("jwt-keys.json"));
        Files.writeString(file, "database: {url: '" + URL + "'}");
        Configuration configuration = Configuration.load(Sources.of(environment), Set.of(Credential.DB_PASSWORD));
        assertThrows(NoSuchElementException.class, () -> configuration.credentialFile(Credential.JWT_KEYS));
    }

    @Test
    void theEffectiveConfigurationMasksSecrets() throws IOException {
        Configuration configuration = load("database: {url: '" + URL + "'}");
        assertEquals("***", configuration.effective().get("db-password"));
        assertEquals(URL, configuration.effective().get("database.url"));
        assertFalse(configuration.toString().contains("horse"));
    }
}
