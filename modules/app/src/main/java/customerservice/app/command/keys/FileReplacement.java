package customerservice.app.command.keys;

import customerservice.app.command.console.CommandFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
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
 * after a loss of power. While it is open, nobody else replaces the same file.
 */
final class FileReplacement implements AutoCloseable {

    private final Path file;
    private final Path fresh;
    private final FileChannel channel;
    private boolean moved;

    /** To be opened before the file is read. */
    FileReplacement(Path file) {
        try {
            this.file = file.toRealPath();
            this.fresh = this.file.resolveSibling("." + this.file.getFileName() + ".new");
            this.channel = FileChannel.open(
                    fresh,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(
                    e.getFile() + ": is there: somebody is changing the keys, or was cut off and it is to be removed");
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(e.getFile() + ": no such file");
        } catch (IOException e) {
            throw new CommandFailedException(file + ": cannot be replaced: " + e);
        }
    }

    void write(String content) {
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
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
            DurableFiles.forceEntries(file.getParent());
        } catch (IOException e) {
            throw new CommandFailedException(file + ": cannot be replaced with the same owner and mode: " + e);
        }
    }

    /** Leaves nothing behind. */
    @Override
    public void close() {
        try {
            channel.close();
            if (!moved) { // what has this name by now is somebody else's
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new CommandFailedException(fresh + ": cannot be removed: " + e);
        }
    }
}
