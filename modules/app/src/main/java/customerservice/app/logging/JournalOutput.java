package customerservice.app.logging;

import customerservice.app.systemd.UnixDatagrams;
import java.io.IOException;

/** journald's own socket, which takes one entry a datagram; see systemd-journald.service(8). */
final class JournalOutput implements LogOutput {

    static final String SOCKET = "/run/systemd/journal/socket";

    private final UnixDatagrams journal;

    JournalOutput(String socket) {
        journal = UnixDatagrams.to(socket);
    }

    @Override
    public int batchBytes() {
        return 1;
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
        if (!journal.send(bytes, length)) {
            throw new IOException("journald takes no entries");
        }
    }
}
