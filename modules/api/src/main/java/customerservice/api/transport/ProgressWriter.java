package customerservice.api.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/** Writes to a connection piece by piece, so that its {@link WriteProgress} can tell whether the peer takes them. */
final class ProgressWriter implements DataWriter {

    private final DataWriter socket;
    private final WriteProgress progress;

    ProgressWriter(DataWriter socket, WriteProgress progress) {
        this.socket = socket;
        this.progress = progress;
    }

    void write(byte[] bytes, int from, int length) {
        progress.begins();
        try {
            pieces(bytes, from, from + length);
        } finally {
            progress.ends();
        }
    }

    /** The same, with something short before, as one packet where they fit. */
    void write(byte[] head, int headLength, byte[] bytes, int from, int length) {
        progress.begins();
        try {
            int first = Math.min(WriteProgress.PIECE, length);
            socket.writeNow(
                    BufferData.create(
                            BufferData.create(head, 0, headLength), BufferData.create(bytes, from, first)));
            progress.wrote(headLength + first);
            pieces(bytes, from + first, from + length);
        } finally {
            progress.ends();
        }
    }

    private void pieces(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at += WriteProgress.PIECE) {
            int piece = Math.min(WriteProgress.PIECE, end - at);
            socket.writeNow(BufferData.create(bytes, at, piece));
            progress.wrote(piece);
        }
    }

    @Override
    public void write(BufferData... buffers) {
        writeNow(buffers);
    }

    @Override
    public void write(BufferData buffer) {
        writeNow(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        writeNow(BufferData.create(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        int available = buffer.available();
        if (available > WriteProgress.PIECE) {
            byte[] bytes = new byte[available];
            buffer.read(bytes);
            write(bytes, 0, available);
            return;
        }
        progress.begins();
        try {
            socket.writeNow(buffer);
            progress.wrote(available);
        } finally {
            progress.ends();
        }
    }
}
