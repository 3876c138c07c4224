package customerservice.app.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationProblemsTest {

    private static final String FIRST_LINE = "database: {url: 'jdbc:postgresql://db/x'}\n";

    @TempDir
    private Path folder;

    private Path file;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void namePlaces() {
        file = folder.resolve("customer-service.yaml");
        environment.put("CUSTOMER_SERVICE_CONFIG", file.toString());
    }

    private List<String> problems(Set<Credential> needed) {
        return assertThrows(
                ConfigurationException.class, () -> Configuration.load(Sources.of(environment), needed))
                .problems();
    }

    private List<String> problems(String yaml) throws IOException {
        Files.writeString(file, yaml);
        return problems(Set.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            server: {prot: 80}                   | server.prot: unknown key (did you mean port?)
            servers: {port: 80}                  | servers: unknown key (did you mean server?)
            server.port: 80                      | server.port: unknown key; a section's keys are indented below it
            colour: red                          | colour: unknown key
            server: {port: eighty}               | server.port: expected a whole number from 0 to 65535, not text
            server: {port: '80'}                 | server.port: expected a whole number from 0 to 65535, not text
            server: {port: 80.5}                 | server.port: expected a whole number from 0 to 65535, not "80.5"
            server: {trusted_proxies: [10.0.0.1/8]} | server.trusted_proxies: expected a list of addresses and networks (such as 192.0.2.1 or 2001:db8::/32) (in the environment separated by commas), not "10.0.0.1/8": not the first address of its network
            server: {trusted_proxies: [[a]]}     | server.trusted_proxies: expected a list of addresses and networks (such as 192.0.2.1 or 2001:db8::/32) (in the environment separated by commas)
            server: {trusted_proxies: {a: b}}    | server.trusted_proxies: expected a list of addresses and networks (such as 192.0.2.1 or 2001:db8::/32) (in the environment separated by commas)
            server: {cors_allowed_origins: ['*']} | server.cors_allowed_origins: expected a list of origins (such as https://shop.example) (in the environment separated by commas), not "*": not an origin with https, such as https://shop.example
            server: {port: [80]}                 | server.port: expected a whole number from 0 to 65535
            server: {port: 70000}                | server.port: out of range: expected a whole number from 0 to 65535, not 70000
            server: {port: }                     | server.port: has no value; leave the key out for the default
            server: {port: [80]}                 | server.port: expected a whole number from 0 to 65535
            server: {port: {a: b}}               | server.port: expected a whole number from 0 to 65535
            server: 80                           | server: expected a mapping of keys to values
            server: {host: 10}                   | server.host: expected text, not a number (put it into quotes if it is meant as text)
            server: {host: true}                 | server.host: expected text, not true or false (put it into quotes if it is meant as text)
            server: {require_if_match: 'true'}   | server.require_if_match: expected true or false, not text
            server: {require_if_match: yes}      | server.require_if_match: expected true or false, not text
            cache: {lease: 5}                    | cache.lease: expected a duration (such as 500ms, 2s, 15m or 24h) from 20ms to 5s, not "5"
            cache: {lease: 5 s}                  | cache.lease: expected a duration (such as 500ms, 2s, 15m or 24h) from 20ms to 5s, not "5 s"
            cache: {lease: 2m}                   | cache.lease: out of range: expected a duration (such as 500ms, 2s, 15m or 24h) from 20ms to 5s, not 2m
            log: {format: xml}                   | log.format: expected one of auto, json, text, not "xml"
            log: {level: loud}                   | log.level: expected one of error, warn, info, debug, trace, off, not "loud"
            log: {levels: {a: loud}}             | log.levels: expected one of error, warn, info, debug, trace, off, not "loud"
            log: {levels: debug}                 | log.levels: expected a mapping from names to one of error, warn, info, debug, trace, off (in the environment name=value,name=value), not text
            server: {port: 1, port: 2}           | server.port: given twice, first in line 2
            auth: {jwt_keys: abc}                | auth.jwt_keys: unknown; secrets are not configured here but are files in the credentials directory (db-password, db-migration-password, jwt-keys.json, tls.crt, tls.key)
            """)
    void aBadLineIsNamedByFileLineAndKey(String line, String problem) throws IOException {
        assertEquals(List.of(file + ":2: " + problem), problems(FIRST_LINE + line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void whatIsNestedThousandsOfLevelsDeepIsAProblem(String level) throws IOException {
        assertEquals(
                file + ":1: not YAML: nested more than 50 levels deep", problems(level.repeat(5_000)).getFirst());
    }

    @Test
    void aDirectoryThatIsNoPathIsAProblem() throws IOException {
        assertEquals(
                List.of(file + ":2: keys.directory: expected an absolute path, not \"/a?b\""),
                problems(FIRST_LINE + "keys: {directory: \"/a\\0b\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0668\u0660\u0668\u0660", "\uff18\uff10", "8\u0966", "0x1F"})
    void aNumberHasTheDigitsOfAscii(String number) throws IOException {
        environment.put("CUSTOMER_SERVICE_SERVER_PORT", number);
        assertEquals(
                List.of("CUSTOMER_SERVICE_SERVER_PORT: server.port: expected a whole number from 0 to 65535, not \""
                        + number + "\""),
                problems(FIRST_LINE));
    }

    @Test
    void everyProblemIsToldAtOnce() throws IOException {
        environment.put("CUSTOMER_SERVICE_LOG_LEVEL", "loud");
        environment.put("CUSTOMER_SERVICE_DATABASE_PASSWORD", "hunter2");
        List<String> problems = problems("""
                server:
                  prot: 80
                  host: 10
                """);
        assertEquals(5, problems.size(), problems::toString);
    }

    @Test
    void aRequiredKeyThatIsMissingIsNamedWithBothWaysToSetIt() throws IOException {
        assertEquals(
                List.of("database.url: is required; set it in " + file + " or as CUSTOMER_SERVICE_DATABASE_URL"),
                problems(""));
    }

    @Test
    void aVariableWithABadValueIsNamed() throws IOException {
        environment.put("CUSTOMER_SERVICE_SERVER_PORT", "eighty");
        assertEquals(
                List.of("CUSTOMER_SERVICE_SERVER_PORT: server.port:"
                        + " expected a whole number from 0 to 65535, not \"eighty\""),
                problems(FIRST_LINE));
    }

    @Test
    void anUnknownVariableIsNamedWithWhatMayHaveBeenMeant() throws IOException {
        environment.put("CUSTOMER_SERVICE_SERVER_PROT", "80");
        assertEquals(
                List.of("CUSTOMER_SERVICE_SERVER_PROT: unknown variable"
                        + " (did you mean CUSTOMER_SERVICE_SERVER_PORT?)"),
                problems(FIRST_LINE));
    }

    @Test
    void aSecretInTheEnvironmentIsRefusedAndNotRepeated() throws IOException {
        environment.put("CUSTOMER_SERVICE_DATABASE_PASSWORD", "hunter2");
        String problem = problems(FIRST_LINE).getFirst();
        assertTrue(problem.startsWith("CUSTOMER_SERVICE_DATABASE_PASSWORD: unknown; secrets are"), problem);
        assertFalse(problem.contains("hunter2"), problem);
    }

    @Test
    void aPasswordInTheDatabasesUrlIsRefusedAndNotRepeated() throws IOException {
        environment.put("CUSTOMER_SERVICE_DATABASE_URL", "jdbc:postgresql://db/x?ssl=true&password=hunter2");
        String problem = problems(FIRST_LINE).getFirst();
        assertTrue(problem.contains("db-password"), problem);
        assertFalse(problem.contains("hunter2"), problem);
    }

    @Test
    void aStatementTimeoutBeyondTheSocketsIsRefused() throws IOException {
        environment.put("CUSTOMER_SERVICE_DATABASE_STATEMENT_TIMEOUT", "3s");
        assertEquals(
                List.of("CUSTOMER_SERVICE_DATABASE_STATEMENT_TIMEOUT: database.statement_timeout:"
                        + " has to be shorter than database.socket_timeout"),
                problems(FIRST_LINE));
    }

    @Test
    void whatIsNotYamlIsNamedByFileAndLine() throws IOException {
        String problem = problems(FIRST_LINE + "server: [1, 2\nlog: x").getFirst();
        assertTrue(problem.startsWith(file + ":3: not YAML: "), problem);
    }

    @Test
    void whatIsNotUtf8IsRefused() throws IOException {
        Files.write(file, "server: {host: '\u00e9'}".getBytes(StandardCharsets.ISO_8859_1));
        environment.put("CUSTOMER_SERVICE_DATABASE_URL", "jdbc:postgresql://db/x");
        String problem = problems(Set.of()).getFirst();
        assertTrue(problem.startsWith(file.toString()), problem);
    }

    @Test
    void aSecondDocumentIsRefused() throws IOException {
        String problem = problems(FIRST_LINE + "---\nserver: {port: 1}").getFirst();
        assertTrue(problem.startsWith(file + ":2: not YAML: "), problem);
    }

    @Test
    void aFileThatWasAskedForHasToExist() {
        environment.put("CUSTOMER_SERVICE_DATABASE_URL", "jdbc:postgresql://db/x");
        assertEquals(List.of(file + ": no such file"), problems(Set.of()));
    }

    @Test
    void missingCredentialsAreNamedByFile() throws IOException {
        Files.writeString(file, FIRST_LINE);
        environment.put("CREDENTIALS_DIRECTORY", folder.toString());
        List<String> problems = problems(EnumSet.allOf(Credential.class));
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.getFirst().startsWith(folder.resolve("db-password") + ": missing: "), problems.getFirst());
    }

    @Test
    void anEmptyCredentialIsNamed() throws IOException {
        Files.writeString(file, FIRST_LINE);
        Files.writeString(folder.resolve("db-password"), "\n");
        environment.put("CREDENTIALS_DIRECTORY", folder.toString());
        assertEquals(
                List.of(folder.resolve("db-password") + ": empty"), problems(Set.of(Credential.DB_PASSWORD)));
    }

    @Test
    void withoutADirectoryOfCredentialsItIsSaidHowToNameOne() throws IOException {
        Files.writeString(file, FIRST_LINE);
        String problem = problems(Set.of(Credential.DB_PASSWORD)).getFirst();
        assertTrue(problem.contains("CUSTOMER_SERVICE_CREDENTIALS_DIRECTORY"), problem);
    }
}
