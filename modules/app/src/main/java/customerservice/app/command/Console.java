package customerservice.app.command;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/**
 * The shell that a command was called from.
 *
 * @param terminal where a person can be asked; empty if there is none
 */
record Console(
        Map<String, String> environment, InputStream in, PrintWriter out, PrintWriter err,
        Optional<Terminal> terminal) {

    /** A person who can be asked for a password without showing it. */
    @FunctionalInterface
    interface Terminal {
        /** @return empty if the person ended the input instead */
        Optional<char[]> readPassword(String prompt);
    }
}
