package customerservice.app.logging;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * How a line looks. Whole lines stay below 48 KiB, beyond which journald would split them (LineMax= in journald.conf(5)).
 */
sealed interface LineFormat permits JsonFormat, JournalFormat, TextFormat {

    int LONGEST_NAME = 256;
    int LONGEST_PATH = 256;
    int LONGEST_MESSAGE = 8_192;
    int LONGEST_STACK = 24_576;

    void application(LogLine.Application line, LineBuffer out);

    void access(LogLine.Access line, LineBuffer out);

    void audit(LogLine.Audit line, LineBuffer out);

    /** With the line numbers and the causes; also of a Throwable that misbehaves. */
    static String stack(Throwable thrown) {
        try {
            var text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            return text.toString().stripTrailing();
        } catch (RuntimeException e) {
            return thrown.getClass().getName() + " (whose stack trace cannot be written)";
        }
    }
}
