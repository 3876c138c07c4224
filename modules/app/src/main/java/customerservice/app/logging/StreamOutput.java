package customerservice.app.logging;

import java.io.IOException;
import java.io.OutputStream;

/** A file, a pipe or a terminal. */
final class StreamOutput implements LogOutput {

    private static final int BATCH_BYTES = 32 * 1_024;

    private final OutputStream out;
    private boolean broken;

    /** @param out unbuffered */
    StreamOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public int batchBytes() {
        return BATCH_BYTES;
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
        if (broken) {
            // What was written last may have ended in the middle of a line.
            out.write('\n');
        }
        broken = true;
        out.write(bytes, 0, length);
        broken = false;
    }
}
