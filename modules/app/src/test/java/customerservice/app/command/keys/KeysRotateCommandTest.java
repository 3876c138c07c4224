package customerservice.app.command.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.command.Shell;
import customerservice.auth.key.KeyDescription;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.key.StoredKeySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysRotateCommandTest {

    private final Shell shell = new Shell(Map.of());

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void keysOfYesterday() throws IOException {
        Clock yesterday = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));
        file = Files.writeString(
                folder.resolve("jwt-keys.json"), StoredKeySet.generate(SigningAlgorithm.ES256, yesterday).json());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    }

    private Shell.Result rotate(String... options) {
        return shell.run(Stream.concat(
                Stream.of("keys", "rotate", "--file", file.toString()), Stream.of(options)).toList());
    }

    private List<String> ids() {
        return StoredKeySet.load(file).descriptions().stream().map(KeyDescription::id).toList();
    }

    @Test
    void theNextKeySignsAfterwards() {
        List<String> before = ids();

        Shell.Result result = rotate();

        assertEquals(0, result.exitCode(), result.err());
        assertEquals(before.get(1), SigningKeys.load(file).currentId());
        assertTrue(ids().contains(before.get(0)));
        assertEquals(3, result.out().lines().count(), result.out());
    }

    @Test
    void theFileKeepsItsMode() throws IOException {
        rotate();

        assertEquals("r--r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void nothingButTheLockIsLeftInTheFolder() throws IOException {
        rotate();
        rotate();

        assertOnlyTheFileAndTheLockAreThere();
    }

    private void assertOnlyTheFileAndTheLockAreThere() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(folder.resolve(".jwt-keys.json.lock"), file), files.sorted().toList());
        }
    }

    @Test
    void aKeyThatWasMadeJustNowIsRefused() throws IOException {
        rotate();
        String before = Files.readString(file);

        Shell.Result result = rotate();

        assertEquals(1, result.exitCode());
        assertTrue(result.err().startsWith("customer-service: the next key, "), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals(before, Files.readString(file));
    }

    @Test
    void byForceAKeyThatWasMadeJustNowSigns() {
        rotate();
        String next = ids().get(1);

        assertEquals(0, rotate("--force").exitCode());
        assertEquals(next, SigningKeys.load(file).currentId());
    }

    @Test
    void whatIsNotKeptIsDroppedAndNamed() {
        String current = ids().getFirst();

        Shell.Result result = rotate("--keep", "0s");

        assertTrue(result.out().contains("dropped " + current), result.out());
        assertFalse(ids().contains(current));
    }

    @Test
    void oneRotationExcludesAnother() throws IOException {
        List<String> before = ids();
        try (var other = new FileReplacement(file)) {
            Shell.Result result = rotate();

            assertEquals(1, result.exitCode());
            assertTrue(result.err().contains(".jwt-keys.json.lock: is in use"), result.err());
            other.prepare(StoredKeySet.load(file).json());
            other.commit();
        }
        assertEquals(before, ids());
    }

    /** As by SIGKILL, at whatever step. */
    @Test
    void aRotationThatWasCutOffIsInNobodysWay() throws IOException {
        Files.writeString(folder.resolve(".jwt-keys.json.new"), "{\"keys\": [");

        assertEquals(0, rotate().exitCode());

        assertOnlyTheFileAndTheLockAreThere();
    }

    @Test
    void whatIsInTheWayAndNoFileStays() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "other");
        Files.createSymbolicLink(folder.resolve(".jwt-keys.json.new"), other);

        Shell.Result result = rotate();

        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains(".jwt-keys.json.new: is in the way"), result.err());
        assertEquals("other", Files.readString(other));
    }

    @Test
    void aRotationThatCannotBeToldIsNotDone() throws IOException {
        List<String> before = ids();

        assertEquals(1, shell.fullDisk().run("keys", "rotate", "--file", file.toString()).exitCode());

        assertEquals(before, ids());
        assertOnlyTheFileAndTheLockAreThere();
    }

    @Test
    void aFileThatIsNoneIsLeftAlone() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "{\"keys\": [");

        Shell.Result result = rotate();

        assertEquals(1, result.exitCode());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals("{\"keys\": [", Files.readString(file));
    }

    @Test
    void theListTellsIdAlgorithmStatusAndAge() {
        KeyDescription current = StoredKeySet.load(file).descriptions().getFirst();

        Shell.Result result = shell.run("keys", "list", "--file", file.toString());

        assertEquals(0, result.exitCode(), result.err());
        assertEquals(
                String.format("%-20s ES256  current  %s", current.id(), current.since().orElseThrow()),
                result.out().lines().findFirst().orElseThrow());
    }

    @Test
    void theListTellsNothingPrivate() throws IOException {
        String content = Files.readString(file);
        String d = content.replaceAll("(?s).*\"d\": \"([^\"]*)\".*", "$1");

        assertFalse(shell.run("keys", "list", "--file", file.toString()).out().contains(d));
    }

    @Test
    void withoutAFileItIsTheServicesOwn() throws IOException {
        Path configuration = Files.writeString(
                folder.resolve("customer-service.yaml"),
                "database: {url: 'jdbc:postgresql://db/x'}\nkeys: {directory: '" + folder + "'}\n");

        Shell.Result result = shell.run("keys", "list", "--config", configuration.toString());

        assertEquals(2, result.out().lines().count(), result.err());
    }
}
