package customerservice.app.logging;

import java.io.IOException;

/** Where lines go. Used by one thread. */
interface LogOutput {

    /** After how many bytes they are handed over, if more are waiting; with 1, each line is on its own. */
    int batchBytes();

    /** One line or several, whole ones; may wait. */
    void write(byte[] bytes, int length) throws IOException;
}
