package customerservice.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A JVM that is killed cannot stop its server, which lives in a session of its own. The next one of the same user does
 * it: each cluster's folder says which process it belongs to.
 */
final class AbandonedClusters {

    static final String PREFIX = "customer-service-postgresql-";

    private static final String OWNER = "owner";

    private AbandonedClusters() {}

    static void markOwned(Path folder) throws IOException {
        Files.writeString(folder.resolve(OWNER), identity(ProcessHandle.current()));
    }

    static void remove() {
        WorkingDirectory.ofClusters().stream().filter(Files::isDirectory).forEach(AbandonedClusters::removeFrom);
    }

    private static void removeFrom(Path parent) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isAbandoned(folder)) {
                    Postmaster.of(folder.resolve("data")).ifPresent(Postmaster::stop);
                    WorkingDirectory.delete(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAbandoned(Path folder) {
        Path owner = folder.resolve(OWNER);
        try {
            if (!Files.isReadable(owner)) { // another user's, or one that is being made right now
                return false;
            }
            String identity = Files.readString(owner);
            int space = identity.indexOf(' ');
            if (space < 0) {
                return false;
            }
            Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(identity, 0, space, 10));
            return process.filter(alive -> identity(alive).equals(identity)).isEmpty();
        } catch (IOException removedMeanwhile) {
            return false;
        }
    }

    /** Process ids come round again; together with the time of its start one names a process for good. */
    private static String identity(ProcessHandle process) {
        return process.pid() + " "
                + process.info().startInstant().map(Instant::toEpochMilli).map(String::valueOf).orElse("unknown");
    }
}
