package customerservice.app.command.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.command.console.CommandFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FileReplacementTest {

    private static final int AT_ONCE = 4;
    private static final int EACH = 100;

    @TempDir
    private Path folder;

    private Path file;
    private Path fresh;
    private Path lock;

    @BeforeEach
    void begin() throws IOException {
        file = Files.writeString(folder.resolve("count"), "0");
        fresh = folder.resolve(".count.new");
        lock = folder.resolve(".count.lock");
    }

    /** Each adds one to what the file says, as often as he is not told that somebody else is at it. */
    @Test
    void nobodyWhoWasToldThatItIsDoneIsUndone() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < AT_ONCE; i++) {
                all.add(threads.submit(this::addMany));
            }
        }
        for (Future<?> one : all) {
            one.get();
        }

        assertEquals(Integer.toString(AT_ONCE * EACH), Files.readString(file));
        assertFalse(Files.exists(fresh));
    }

    private Void addMany() throws IOException {
        for (int done = 0; done < EACH;) {
            if (addOne()) {
                done++;
            }
        }
        return null;
    }

    private boolean addOne() throws IOException {
        FileReplacement opened;
        try {
            opened = new FileReplacement(file);
        } catch (CommandFailedException e) {
            assertTrue(e.getMessage().contains("is in use"), e.getMessage());
            return false;
        }
        try (opened) {
            opened.prepare(Integer.toString(Integer.parseInt(Files.readString(file)) + 1));
            opened.commit();
        }
        return true;
    }

    /** The mode of the file itself, such as r--r-----, would keep the next one out, if he is not root. */
    @Test
    void whatACutOffReplacementLeavesNeedNotBeOpened() throws IOException {
        Files.writeString(fresh, "1");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("r--r-----"));
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.lock();
            assertTrue(addOne());
        }

        assertEquals("1", Files.readString(file));
        assertFalse(Files.exists(fresh));
    }

    @Test
    void theLockIsItsOwnersToWriteWhateverTheFilesMode() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
        addOne();

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)));
        assertEquals(Files.getOwner(file), Files.getOwner(lock));
        assertEquals(0, Files.size(lock));
    }

    @Test
    void aLockThatIsNoFileIsInTheWay() throws IOException {
        Files.createSymbolicLink(lock, folder.resolve("elsewhere"));

        var e = assertThrows(CommandFailedException.class, () -> new FileReplacement(file));

        assertEquals(lock.toRealPath(LinkOption.NOFOLLOW_LINKS) + ": is in the way", e.getMessage());
        assertFalse(Files.exists(folder.resolve("elsewhere")));
    }

    @Test
    void whoCouldNotBeginKeepsNobodyOut() throws IOException {
        Files.createDirectory(fresh);
        assertThrows(CommandFailedException.class, () -> new FileReplacement(file));
        Files.delete(fresh);

        assertTrue(addOne());
    }
}
