package customerservice.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {

    @TempDir
    private Path folder;

    /** Nothing is at the beginning of a process's memory. */
    @Test
    void filesThatCannotBeReadAreToldFromSuchAsAreNoGood() {
        Path file = Path.of("/proc/self/mem");

        var e = assertThrows(IllegalArgumentException.class, () -> ServerTls.of(file, file));

        assertEquals(file + " and " + file + " cannot be read (IOException)", e.getMessage());
        assertInstanceOf(IOException.class, e.getCause());
    }

    @Test
    void filesThatAreNoGoodCanBeRead() throws IOException {
        Path file = Files.writeString(
                folder.resolve("tls.crt"), "-----BEGIN CERTIFICATE-----\nMAAA\n-----END CERTIFICATE-----\n");

        var e = assertThrows(IllegalArgumentException.class, () -> ServerTls.of(file, file));

        assertEquals(
                file + " and " + file + " are not a certificate chain and its private key in PEM", e.getMessage());
        assertFalse(e.getCause() instanceof IOException);
    }

    @Test
    void aFifoIsNoFile() throws Exception {
        Path fifo = folder.resolve("tls.crt");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());

        var e = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(IllegalArgumentException.class, () -> ServerTls.of(fifo, fifo)));

        assertEquals(fifo + " is not a regular file", e.getMessage());
    }

    @Test
    void aFileWithoutAnEndIsNotRead() throws IOException {
        Path file = folder.resolve("tls.crt");
        try (var huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(1L << 33);
        }

        var e = assertThrows(IllegalArgumentException.class, () -> ServerTls.of(file, file));

        assertEquals(file + " has more than 1048576 bytes", e.getMessage());
    }
}
