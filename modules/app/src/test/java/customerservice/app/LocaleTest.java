package customerservice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process whose locale knows ASCII alone, as under cron(8). */
class LocaleTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"serve,--config", "serve,--credentials", "check,--config", "check,--credentials"})
    void pathInOtherCharactersIsWrongUsage(String command, String option) throws IOException, InterruptedException {
        try (Program program = Program.start(folder, Map.of("LC_ALL", "C"), command, option, "/tmp/\u00fc")) {
            assertEquals(2, program.exitCode(), program.err());
            assertEquals(1, program.err().lines().count(), program.err());
            assertTrue(program.err().contains("expected a path in characters of the locale"), program.err());
        }
    }

    @ParameterizedTest
    @CsvSource({"serve", "check"})
    void variableInOtherCharactersIsWrongConfiguration(String command) throws IOException, InterruptedException {
        var environment = Map.of("LC_ALL", "C", "CUSTOMER_SERVICE_CONFIG", "/tmp/\u00fc");
        try (Program program = Program.start(folder, environment, command)) {
            assertEquals(78, program.exitCode(), program.err());
            assertEquals(1, program.err().lines().count(), program.err());
        }
    }
}
