package customerservice.app.command.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.command.Shell;
import customerservice.auth.key.KeyDescription;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.StoredKeySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a file that has leaked, with a current key, a next one and a previous one. */
class KeysReplaceCommandTest {

    private final Shell shell = new Shell(Map.of());

    @TempDir
    private Path folder;

    private Path file;
    private List<String> leaked;

    @BeforeEach
    void leak() throws IOException {
        Clock yesterday = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));
        StoredKeySet keys = StoredKeySet.generate(SigningAlgorithm.ES256, yesterday)
                .rotate(Duration.ZERO, Duration.ofHours(25), Optional.empty(), yesterday);
        file = Files.writeString(folder.resolve("jwt-keys.json"), keys.json());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
        leaked = keys.descriptions().stream().map(KeyDescription::id).toList();
        assertEquals(3, leaked.size());
    }

    private Shell.Result replace(String... options) {
        return shell.run(Stream.concat(
                Stream.of("keys", "replace", "--file", file.toString()), Stream.of(options)).toList());
    }

    private List<KeyDescription> keys() {
        return StoredKeySet.load(file).descriptions();
    }

    private List<String> ids() {
        return keys().stream().map(KeyDescription::id).toList();
    }

    private void assertNothingIsReplaced() throws IOException {
        assertEquals(leaked, ids());
        assertOnlyTheFileIsThere();
    }

    private void assertOnlyTheFileIsThere() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.filter(path -> !path.endsWith(".jwt-keys.json.lock")).toList());
        }
    }

    @Test
    void noKeyOfTheFileIsLeft() {
        Shell.Result result = replace("--yes");

        assertEquals(0, result.exitCode(), result.err());
        assertTrue(Collections.disjoint(leaked, ids()), ids()::toString);
        assertEquals(List.of("current", "next"), keys().stream().map(KeyDescription::status).toList());
    }

    @Test
    void theNewKeysArePrintedAndTheOldOnesCountedAndNamed() {
        List<String> lines = replace("--yes").out().lines().toList();

        assertEquals(3, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith(ids().get(0)) && lines.get(0).contains("current"), lines.get(0));
        assertTrue(lines.get(1).startsWith(ids().get(1)) && lines.get(1).contains("next"), lines.get(1));
        assertEquals("replaced 3 keys: " + String.join(", ", leaked), lines.get(2));
    }

    @Test
    void theNewKeysAreOfTheSameAlgorithmOrOfAnother() {
        replace("--yes");
        assertTrue(keys().stream().allMatch(key -> key.algorithm() == SigningAlgorithm.ES256), keys()::toString);

        replace("--yes", "--algorithm", "RS256");
        assertTrue(keys().stream().allMatch(key -> key.algorithm() == SigningAlgorithm.RS256), keys()::toString);
    }

    @Test
    void theFileKeepsItsModeAndNothingElseIsLeftInTheFolder() throws IOException {
        replace("--yes");

        assertEquals("r--r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertOnlyTheFileIsThere();
    }

    @Test
    void whereNobodyCanBeAskedItNeedsYes() throws IOException {
        Shell.Result result = replace();

        assertEquals(
                new Shell.Result(
                        2, "", "customer-service: there is no terminal to ask whether all keys are to be replaced:"
                                + " say --yes; see `customer-service keys replace --help`" + System.lineSeparator()),
                result);
        assertNothingIsReplaced();
    }

    @Test
    void somebodyAtATerminalIsAskedWithTheKeysByName() {
        shell.person("yes");

        Shell.Result result = replace();

        assertEquals(0, result.exitCode(), result.err());
        assertTrue(Collections.disjoint(leaked, ids()), ids()::toString);
        assertEquals(
                List.of(file + " has 3 keys: " + String.join(", ", leaked)
                        + "\nReplace all of them, so that every access token is refused? [yes/no] "),
                shell.asked());
    }

    @Test
    void anyOtherAnswerReplacesNothing() throws IOException {
        for (String answer : List.of("no", "", "y", "yes please")) {
            shell.person(answer);

            Shell.Result result = replace();

            assertEquals(
                    new Shell.Result(1, "", "customer-service: nothing was replaced" + System.lineSeparator()), result);
            assertNothingIsReplaced();
        }
    }

    @Test
    void whoEndsTheInputReplacesNothing() throws IOException {
        shell.person();

        assertEquals(1, replace().exitCode());
        assertNothingIsReplaced();
    }

    @Test
    void aRotationExcludesIt() throws IOException {
        try (var rotation = new FileReplacement(file)) {
            Shell.Result result = replace("--yes");

            assertEquals(1, result.exitCode());
            assertTrue(result.err().contains(".jwt-keys.json.lock: is in use"), result.err());
            rotation.prepare("");
        }
        assertEquals(leaked, ids());
    }

    @Test
    void aReplacementThatCannotBeToldIsNotDone() throws IOException {
        shell.fullDisk();

        assertEquals(1, replace("--yes").exitCode());

        assertNothingIsReplaced();
    }

    @Test
    void aFileThatIsNoneIsLeftAlone() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "{\"keys\": [");

        Shell.Result result = replace("--yes");

        assertEquals(1, result.exitCode());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals("{\"keys\": [", Files.readString(file));
    }

    @Test
    void nothingPrivateIsPrinted() throws IOException {
        Shell.Result result = replace("--yes");
        String d = Files.readString(file).replaceAll("(?s).*\"d\": \"([^\"]*)\".*", "$1");

        assertEquals(43, d.length());
        assertFalse(result.out().contains(d));
    }
}
