package customerservice.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Folders on this machine. PostgreSQL's unpacked binaries are kept for the next run, in a folder of the user's own: two
 * users of one machine must not depend on, or trust, one another's.
 */
public final class WorkingDirectory {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm"); // of Linux, see shm_overview(7); a container's is small
    private static final long ROOM_FOR_CLUSTERS = 2L << 30;

    private WorkingDirectory() {}

    /** The folders that may have clusters' data in them. */
    static List<Path> ofClusters() {
        return List.of(SHARED_MEMORY, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Where the data of a new cluster goes. In memory if there is room: tests copy a database several hundred times, and
     * most of that time is otherwise the disk's.
     */
    static Path ofNewCluster() {
        return firstWithRoom(ofClusters(), ROOM_FOR_CLUSTERS);
    }

    /** The first folder with so many bytes of free space; the last one if none has. */
    static Path firstWithRoom(List<Path> folders, long bytes) {
        return folders.stream().filter(folder -> room(folder) >= bytes).findFirst().orElse(folders.getLast());
    }

    private static long room(Path folder) {
        try {
            return Files.isWritable(folder) ? Files.getFileStore(folder).getUsableSpace() : 0;
        } catch (IOException e) {
            return 0;
        }
    }

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
        return temporary(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    /** As {@link #temporary(String)}, inside of another. */
    static Path temporary(Path parent, String prefix) {
        try {
            return Files.createTempDirectory(parent, prefix);
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
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Not Files.walk, which fails on a file that is gone before its attributes are read.
    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            return afterFailure(failure);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            if (failure != null) {
                return afterFailure(failure);
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }

        private static FileVisitResult afterFailure(IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
