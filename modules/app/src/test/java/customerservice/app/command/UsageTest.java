package customerservice.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    private final Shell shell = new Shell(Map.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                          | Missing required subcommand; see `customer-service --help`
            serv                        | Unmatched argument at index 0: 'serv'; see `customer-service --help`
            serve now                   | Unmatched argument at index 1: 'now'; see `customer-service serve --help`
            user                        | Missing required subcommand; see `customer-service user --help`
            user add                    | Missing required options and parameters: '--role=ROLE', 'NAME'; see `customer-service user add --help`
            user add ada --role boss    | Invalid value for option '--role': expected admin, operator or viewer, not 'boss'; see `customer-service user add --help`
            user passwd ada --password x | Unknown options: '--password', 'x'; see `customer-service user passwd --help`
            user passwd                 | Missing required parameter: 'NAME'; see `customer-service user passwd --help`
            user sign-out               | expected the NAME of a user or --all; see `customer-service user sign-out --help`
            user sign-out ada --all     | expected the NAME of a user or --all; see `customer-service user sign-out --help`
            keys                        | Missing required subcommand; see `customer-service keys --help`
            keys replace --file x       | there is no terminal to ask whether all keys are to be replaced: say --yes; see `customer-service keys replace --help`
            health --timeout soon       | Invalid value for option '--timeout': expected a duration from 1ms to 1h, such as 2s, not 'soon'; see `customer-service health --help`
            health --timeout 0s         | Invalid value for option '--timeout': expected a duration from 1ms to 1h, such as 2s, not '0s'; see `customer-service health --help`
            check --config              | Missing required parameter for option '--config' (FILE); see `customer-service check --help`
            """)
    void wrongUsageIsOneLineAndExitCodeTwo(String arguments, String message) {
        Shell.Result result = shell.run(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ", -1)));
        assertEquals(new Shell.Result(2, "", "customer-service: " + message + System.lineSeparator()), result);
    }

    @Test
    void fileOfArgumentsIsNotRead(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("words"), "secret");
        assertEquals(
                new Shell.Result(
                        2, "", "customer-service: Unmatched argument at index 1: '@" + file
                                + "'; see `customer-service version --help`" + System.lineSeparator()),
                shell.run("version", "@" + file));
    }

    @Test
    void unknownAlgorithmIsWrongUsage() {
        Shell.Result result = shell.run("keys", "generate", "--algorithm", "HS256");
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("HS256"), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "serve", "migrate", "check", "user", "user add", "user passwd", "user list", "user sign-out",
        "keys", "keys generate",
        "keys rotate", "keys replace", "keys list", "health", "version"
    })
    void everyCommandHasHelp(String command) {
        Shell.Result result = shell.run(List.of((command + " --help").strip().split(" ", -1)));
        assertEquals(0, result.exitCode());
        assertEquals("", result.err());
        assertTrue(result.out().startsWith(("Usage: customer-service " + command).stripTrailing()), result.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "user add --help", "version", "keys generate"})
    void answerThatCannotBeWrittenIsAFailure(String command) {
        assertEquals(
                new Shell.Result(1, "", "customer-service: cannot write to standard output" + System.lineSeparator()),
                shell.fullDisk().run(List.of(command.split(" ", -1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check --config", "serve --credentials", "keys list --file", "keys generate --output"})
    void whatIsNoPathIsWrongUsage(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
        arguments.add("a\0b");
        Shell.Result result = shell.run(arguments);
        assertEquals(2, result.exitCode());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains("expected a path in characters of the locale"), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "CUSTOMER_SERVICE_CONFIG", "CUSTOMER_SERVICE_CREDENTIALS_DIRECTORY", "CREDENTIALS_DIRECTORY"
    })
    void variableThatIsNoPathIsWrongConfiguration(String variable) {
        assertEquals(
                new Shell.Result(
                        78, "", "customer-service: " + variable
                                + ": expected a path in characters of the locale (LC_ALL, LC_CTYPE or LANG)"
                                + System.lineSeparator()),
                new Shell(Map.of(variable, "a\0b")).run("check"));
    }

    @Test
    void wrongConfigurationIsNamedByFileAndLine(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("service.yaml");
        Files.writeString(file, "database:\n  url: jdbc:postgresql://db/x\n  pool_sise: 3\n");
        Shell.Result result = shell.run("health", "--config", file.toString());
        assertEquals(78, result.exitCode());
        assertEquals(
                "customer-service: " + file + ":3: database.pool_sise: unknown key (did you mean pool_size?)"
                        + System.lineSeparator(),
                result.err());
    }
}
