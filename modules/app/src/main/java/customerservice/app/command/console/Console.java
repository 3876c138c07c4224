package customerservice.app.command.console;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/**
 * The shell that a command was called from.
 *
 * @param terminal where a person can be asked; empty if there is none
 */
public record Console(
        Map<String, String> environment, InputStream in, PrintWriter out, PrintWriter err,
        Optional<Terminal> terminal) {

    public static final String CANNOT_WRITE = "cannot write to standard output";

    /**
     * Sees to it that everything printed so far has been written: to be called before something is done that is of no use
     * to anybody who was not told.
     *
     * @throws CommandFailedException if it could not be
     */
    public void deliver() {
        if (out.checkError()) {
            throw new CommandFailedException(CANNOT_WRITE);
        }
    }

    /** A person who can be asked. */
    public interface Terminal {

        /**
         * Asks for what is not shown.
         *
         * @return empty if the person ended the input instead
         */
        Optional<char[]> readPassword(String prompt);

        /** @return empty if the person ended the input instead */
        Optional<String> readLine(String prompt);
    }
}
