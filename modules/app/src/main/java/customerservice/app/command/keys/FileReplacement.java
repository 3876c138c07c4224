package customerservice.app.command.keys;

import customerservice.app.command.console.CommandFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Replaces a file as a whole, with the same owner, group and mode: who reads it finds the old content or the new, also
 * after a loss of power. While it is open, nobody else replaces the same file; who was cut off is in nobody's way.
 *
 * <p>That is kept by a lock on an empty file beside it, {@code .NAME.lock}, which stays for good. One that is renamed or
 * deleted is no lock: whoever has opened it before gets the lock on a file that nobody else knows of any more.
 */
final class FileReplacement implements AutoCloseable {

    /** A lock keeps other processes out. Within one, the JVM lets two in at times that ask at the same moment. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Path fresh;
    private final Path lock;
    private FileLock held;
    private FileChannel channel;
    private boolean moved;

    /** To be opened before the file is read. */
    FileReplacement(Path file) {
        try {
            this.file = file.toRealPath();
            this.fresh = this.file.resolveSibling("." + this.file.getFileName() + ".new");
            this.lock = this.file.resolveSibling("." + this.file.getFileName() + ".lock");
            open();
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(e.getFile() + ": is in the way");
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(e.getFile() + ": no such file");
        } catch (IOException e) {
            throw new CommandFailedException(file + ": cannot be replaced: " + e);
        }
    }

    private void open() throws IOException {
        if (!OPEN.add(lock)) {
            throw inUse();
        }
        try {
            openAlone();
        } catch (IOException | RuntimeException e) {
            OPEN.remove(lock);
            throw e;
        }
    }

    private void openAlone() throws IOException {
        FileChannel locked = openLock();
        try {
            // Kept: within a process, one that nobody refers to holds no longer than until the next collection of garbage.
            held = lock(locked);
            // Left by one who was cut off. It is not opened: its mode may be one that keeps its owner from writing.
            if (Files.isRegularFile(fresh, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(fresh);
            }
            channel = create(fresh);
        } catch (IOException | RuntimeException e) {
            locked.close();
            throw e;
        }
    }

    private FileChannel openLock() throws IOException {
        try {
            FileChannel made = create(lock);
            leaveToOwner();
            return made;
        } catch (FileAlreadyExistsException e) {
            // Whoever opens a FIFO waits for somebody who reads from it.
            if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Made by root, it would keep the file's owner out. */
    private void leaveToOwner() throws IOException {
        UserPrincipal owner = Files.getOwner(file);
        var view = Files.getFileAttributeView(lock, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!view.getOwner().equals(owner)) {
            view.setOwner(owner);
        }
    }

    private static FileChannel create(Path path) throws IOException {
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private FileLock lock(FileChannel locked) throws IOException {
        FileLock had = locked.tryLock();
        if (had == null) {
            throw inUse();
        }
        return had;
    }

    private CommandFailedException inUse() {
        return new CommandFailedException(lock + ": is in use: somebody is changing the keys");
    }

    /** Has everything on the disk but the file's name. */
    void prepare(String content) {
        try {
            PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
            var view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
            PosixFileAttributes own = view.readAttributes();
            if (!own.owner().equals(old.owner())) {
                view.setOwner(old.owner());
            }
            if (!own.group().equals(old.group())) {
                view.setGroup(old.group());
            }
            view.setPermissions(old.permissions());
            DurableFiles.write(channel, content);
        } catch (IOException e) {
            throw new CommandFailedException(file + ": cannot be replaced with the same owner and mode: " + e);
        }
    }

    /** Puts what was prepared in the file's place. */
    void commit() {
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
            DurableFiles.forceEntries(file.getParent());
        } catch (IOException e) {
            throw new CommandFailedException(file + ": cannot be replaced: " + e);
        }
    }

    /** Leaves nothing behind but the lock's file, for the next one. */
    @Override
    public void close() {
        try {
            try {
                if (!moved) {
                    Files.deleteIfExists(fresh);
                }
                channel.close();
            } finally {
                try {
                    held.acquiredBy().close();
                } finally {
                    OPEN.remove(lock);
                }
            }
        } catch (IOException e) {
            throw new CommandFailedException(fresh + ": cannot be removed: " + e);
        }
    }
}
