package customerservice.app.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is at the other end of a standard stream. Linux tells by the file descriptor's link, see proc_pid_fd(5). */
enum StandardStream {
    OUT(1),
    ERR(2);

    private final int descriptor;

    StandardStream(int descriptor) {
        this.descriptor = descriptor;
    }

    /** {@code System.console()} would also ask about standard input, and load a terminal library for it. */
    boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(link()).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Whether it is the journal, which takes priorities off the lines.
     *
     * @param journalStream {@code $JOURNAL_STREAM}, device and inode (systemd.exec(5)); processes inherit it whose output
     *     goes elsewhere
     */
    boolean isJournal(String journalStream) {
        try {
            Object device = Files.getAttribute(link(), "unix:dev");
            Object inode = Files.getAttribute(link(), "unix:ino");
            return journalStream.equals(device + ":" + inode);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private Path link() {
        return Path.of("/proc/self/fd/" + descriptor);
    }
}
