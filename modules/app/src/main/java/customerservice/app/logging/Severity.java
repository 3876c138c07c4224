package customerservice.app.logging;

import java.nio.charset.StandardCharsets;
import java.util.logging.Level;

/** How bad, in the words of the configuration, with JUL's level and syslog's number. */
enum Severity {
    ERROR("error", Level.SEVERE, 3),
    WARN("warn", Level.WARNING, 4),
    INFO("info", Level.INFO, 6),
    DEBUG("debug", Level.FINE, 7),
    TRACE("trace", Level.ALL, 7);

    private final String label;
    private final int priority;

    @SuppressWarnings("ImmutableEnumChecker") // a Level never changes
    private final Level threshold;

    /** See sd-daemon(3): the priority in front of a line, which journald takes off again. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final byte[] prefix;

    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final byte[] column;

    Severity(String label, Level threshold, int priority) {
        this.label = label;
        this.priority = priority;
        this.threshold = threshold;
        this.prefix = ("<" + priority + ">").getBytes(StandardCharsets.US_ASCII);
        this.column = (" " + name() + "      ").substring(0, 7).getBytes(StandardCharsets.US_ASCII);
    }

    String label() {
        return label;
    }

    /** See syslog(3). */
    int priority() {
        return priority;
    }

    byte[] prefix() {
        return prefix;
    }

    /** Upper case, as wide for all, for people. */
    byte[] column() {
        return column;
    }

    static Severity of(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return ERROR;
        }
        if (value >= Level.WARNING.intValue()) {
            return WARN;
        }
        if (value >= Level.INFO.intValue()) {
            return INFO;
        }
        return value >= Level.FINE.intValue() ? DEBUG : TRACE;
    }

    /** JUL's level for a word of the configuration; {@code off} for any other. */
    static Level threshold(String label) {
        for (Severity severity : values()) {
            if (severity.label.equals(label)) {
                return severity.threshold;
            }
        }
        return Level.OFF;
    }
}
