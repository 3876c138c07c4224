package customerservice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands as processes that cannot write what they have to say. */
class FullDiskTest {

    @TempDir
    private Path folder;

    private Path keys;

    @BeforeEach
    void makeFolder() throws IOException {
        keys = Files.createDirectory(folder.resolve("keys"));
    }

    private Program run(String script, String... arguments) throws IOException {
        return Program.startFromShell(script + "; exec \"$0\" \"$@\"", folder, Map.of(), arguments);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(keys)) {
            return files.toList();
        }
    }

    @Test
    void keysThatCannotBePrintedAreAFailure() throws IOException, InterruptedException {
        try (Program generate = run("exec >/dev/full", "keys", "generate")) {
            assertEquals(1, generate.exitCode());
            assertEquals("customer-service: cannot write to standard output" + System.lineSeparator(), generate.err());
        }
    }

    /** A limit for the size of files in place of a disk that is full: the first 512 bytes can be written. */
    @Test
    void fileThatCannotBeWrittenIsNotLeftBehind() throws IOException, InterruptedException {
        Path file = keys.resolve("jwt-keys.json");
        try (Program generate = run("ulimit -f 1", "keys", "generate", "--output", file.toString())) {
            assertEquals(1, generate.exitCode());
            assertTrue(generate.err().startsWith("customer-service: " + file + ": cannot be written: "),
                    generate.err());
            assertEquals(1, generate.err().lines().count(), generate.err());
        }
        assertEquals(List.of(), files());
    }

    @Test
    void onlyTheFileIsMade() throws IOException, InterruptedException {
        Path file = keys.resolve("jwt-keys.json");
        try (Program generate = run(":", "keys", "generate", "--output", file.toString())) {
            assertEquals(0, generate.exitCode(), generate.err());
        }
        assertEquals(List.of(file), files());
        assertFalse(Files.readString(file).isEmpty());
    }
}
