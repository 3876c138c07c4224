package customerservice.app.command.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.command.Shell;
import customerservice.auth.key.SigningKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysGenerateCommandTest {

    private final Shell shell = new Shell(Map.of());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256"})
    void whatIsPrintedCanBeUsed(String algorithm) {
        Shell.Result result = shell.run("keys", "generate", "--algorithm", algorithm);
        assertEquals(0, result.exitCode(), result.err());
        assertNotNull(SigningKeys.parse(result.out().getBytes(StandardCharsets.UTF_8)));
        assertTrue(result.out().contains(algorithm));
    }

    @Test
    void fileIsForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("jwt-keys.json");
        assertEquals(new Shell.Result(0, "", ""), shell.run("keys", "generate", "--output", file.toString()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertNotNull(SigningKeys.load(file));
    }

    @Test
    void fileThatIsThereIsNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("jwt-keys.json"), "precious");
        Shell.Result result = shell.run("keys", "generate", "--output", file.toString());
        assertEquals(
                new Shell.Result(1, "", "customer-service: " + file + ": is there already, and is not overwritten"
                        + System.lineSeparator()),
                result);
        assertEquals("precious", Files.readString(file));
    }

    @Test
    void fileInNoFolderIsOneLine() {
        Shell.Result result = shell.run("keys", "generate", "--output", folder.resolve("none/keys").toString());
        assertEquals(1, result.exitCode());
        assertEquals(1, result.err().lines().count(), result.err());
    }
}
