package customerservice.app.command.keys;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file for its owner alone that is made as a whole: with all of its content, also after a loss of power, or not at all. */
final class NewFile {

    private NewFile() {}

    /**
     * @throws FileAlreadyExistsException if something has this name
     * @throws IOException if it cannot be written; nothing is left behind
     */
    static void write(Path file, String content) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(
                folder,
                "." + file.getFileName(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                DurableFiles.write(channel, content);
            }
            Files.move(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
        DurableFiles.forceEntries(folder);
    }
}
