package customerservice.testsupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkingDirectoryTest {

    @Test
    void oneFolderIsDeletedBySeveralAtOnce(@TempDir Path temporary)
            throws IOException, InterruptedException, ExecutionException {
        for (int round = 0; round < 20; round++) {
            Path folder = filled(temporary.resolve("folder-" + round));
            List<Callable<Void>> deletions = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                deletions.add(() -> {
                    WorkingDirectory.delete(folder);
                    return null;
                });
            }
            try (var threads = Executors.newFixedThreadPool(4)) {
                for (Future<Void> deletion : threads.invokeAll(deletions)) {
                    deletion.get();
                }
            }
            assertFalse(Files.exists(folder));
        }
    }

    @Test
    void aFolderThatIsNotThereIsDeleted(@TempDir Path temporary) {
        WorkingDirectory.delete(temporary.resolve("none"));
    }

    @Test
    void clustersLiveInTheFirstFolderWithRoomElseInTheLast(@TempDir Path temporary) {
        Path missing = temporary.resolve("missing");

        assertEquals(temporary, WorkingDirectory.firstWithRoom(List.of(missing, temporary, missing), 1));
        assertEquals(missing, WorkingDirectory.firstWithRoom(List.of(temporary, missing), Long.MAX_VALUE));
    }

    private static Path filled(Path folder) throws IOException {
        for (int i = 0; i < 5; i++) {
            Path inner = Files.createDirectories(folder.resolve("inner-" + i));
            for (int file = 0; file < 20; file++) {
                Files.writeString(inner.resolve("file-" + file), "text");
            }
        }
        return folder;
    }
}
