package customerservice.app.command.keys;

import customerservice.app.command.console.CommandFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
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
import java.util.Set;

/**
 * Replaces a file as a whole, with the same owner, group and mode: who reads it finds the old content or the new, also
 * after a loss of power. While it is open, nobody else replaces the same file; who was cut off is in nobody's way.
 */
final class FileReplacement implements AutoCloseable {

    private final Path file;
    private final Path fresh;
    private FileChannel abandoned;
    private FileChannel channel;
    private boolean moved;

    /** To be opened before the file is read. */
    FileReplacement(Path file) {
        try {
            this.file = file.toRealPath();
            this.fresh = this.file.resolveSibling("." + this.file.getFileName() + ".new");
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
        try {
            channel = create();
        } catch (FileAlreadyExistsException e) {
            // Whoever makes the file holds a lock on it until he is done, or dead.
            abandoned = lockedAbandoned(e);
            Files.deleteIfExists(fresh);
            channel = create();
        }
        lock(channel);
    }

    private FileChannel create() throws IOException {
        return FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Never written to: by now it may be the file itself. */
    private FileChannel lockedAbandoned(FileAlreadyExistsException e) throws IOException {
        if (!Files.isRegularFile(fresh, LinkOption.NOFOLLOW_LINKS)) {
            throw e;
        }
        FileChannel opened = FileChannel.open(fresh, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        lock(opened);
        return opened;
    }

    private void lock(FileChannel opened) throws IOException {
        try {
            if (opened.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // By this process.
        }
        opened.close();
        throw new CommandFailedException(fresh + ": is in use: somebody is changing the keys");
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

    /** Leaves nothing behind. */
    @Override
    public void close() {
        try {
            if (!moved) { // what has this name by now is somebody else's
                Files.deleteIfExists(fresh);
            }
            channel.close();
            if (abandoned != null) {
                abandoned.close();
            }
        } catch (IOException e) {
            throw new CommandFailedException(fresh + ": cannot be removed: " + e);
        }
    }
}
