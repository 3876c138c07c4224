package customerservice.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders on this machine. PostgreSQL's unpacked binaries are kept for the next run, in a folder of the user's own: two
 * users of one machine must not depend on, or trust, one another's.
 */
public final class WorkingDirectory {

    private WorkingDirectory() {}

    /** Where the binaries are unpacked: {@code $XDG_CACHE_HOME} or {@code ~/.cache}, else the temporary folder. */
    static Path ofBinaries() {
        try {
            return privateFolder(cache().resolve("customer-service").resolve("postgresql"));
        } catch (IOException noHome) {
            return ofBinariesOfUserWithoutHome();
        }
    }

    private static Path cache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        if (cache != null && !cache.isBlank()) {
            return Path.of(cache);
        }
        String home = System.getenv("HOME");
        return Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home).resolve(".cache");
    }

    private static Path ofBinariesOfUserWithoutHome() {
        String user = System.getProperty("user.name");
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "customer-service-binaries-" + user);
        try {
            privateFolder(folder); // which fails if it is someone else's
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new folder that only this user can read. */
    public static Path temporary(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path privateFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return folder;
    }

    /** Removes the folder and all that is in it; what someone else removes meanwhile is no error. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
