package customerservice.app.logging;

import customerservice.api.http.trace.AccessEntry;
import customerservice.api.http.trace.AccessLog;
import customerservice.api.http.trace.CurrentRequest;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Keys;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The logs of this process: it has one standard output, so there is one of these. Started once, configured as often as
 * one likes.
 */
public final class Logs {

    /** About 8 MiB at the very most, and two seconds of a busy service's requests. */
    private static final int QUEUE_CAPACITY = 8_192;

    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(2);
    private static final Clock CLOCK = Clock.systemUTC();

    private static Logs started;

    private final LogWriter writer;
    private final StreamOutput stream;
    private final StandardStream kind;

    /** JUL forgets the level of a logger that nobody holds. */
    private final List<Logger> configured = new ArrayList<>();

    private String format = "auto";
    private volatile boolean accessWanted;

    private Logs(OutputStream out, StandardStream kind) {
        this.stream = new StreamOutput(out);
        this.kind = kind;
        this.writer = new LogWriter(target("auto"), QUEUE_CAPACITY, CLOCK);
    }

    /**
     * For a process that serves: everything goes to standard output, also what is printed to {@code System.out} and {@code
     * System.err}. To be called before anything has logged.
     */
    public static synchronized Logs ofService() {
        if (started == null) {
            started = open(new FileOutputStream(FileDescriptor.out), StandardStream.OUT);
            System.setOut(started.printed(Severity.INFO, "stdout"));
            System.setErr(started.printed(Severity.WARN, "stderr"));
        }
        return started;
    }

    /** For a command whose result goes to standard output: warnings and worse go to standard error. */
    public static synchronized Logs ofCommand() {
        if (started == null) {
            started = open(new FileOutputStream(FileDescriptor.err), StandardStream.ERR);
            Logger.getLogger("").setLevel(Level.WARNING);
        }
        return started;
    }

    /** Those that were started; if none were, the service is a guest in this JVM and logs to its {@code System.out}. */
    public static synchronized Logs current() {
        if (started == null) {
            started = open(System.out, StandardStream.OUT);
        }
        return started;
    }

    private static Logs open(OutputStream out, StandardStream kind) {
        System.setProperty("java.util.logging.manager", ServiceLogManager.class.getName());
        var logs = new Logs(out, kind);
        logs.writer.start();
        logs.handleRecords();
        return logs;
    }

    /** @param format as the configuration has it */
    private LogTarget target(String format) {
        String variable = System.getenv("JOURNAL_STREAM");
        boolean journal = variable != null && kind.isJournal(variable);
        return switch (format) {
            case "text" -> new LogTarget(stream, new TextFormat(), journal);
            case "json" -> new LogTarget(stream, new JsonFormat(), journal);
            default -> {
                if (kind.isTerminal()) {
                    yield new LogTarget(stream, new TextFormat(), false);
                }
                yield journal && Files.exists(Path.of(JournalOutput.SOCKET))
                        ? new LogTarget(new JournalOutput(JournalOutput.SOCKET), new JournalFormat(), false)
                        : new LogTarget(stream, new JsonFormat(), journal);
            }
        };
    }

    private void handleRecords() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LogHandler(writer));
        root.setLevel(Level.INFO);
    }

    private PrintStream printed(Severity severity, String name) {
        return new PrintStream(new PrintedLines(writer, severity, name, CLOCK), false, StandardCharsets.UTF_8);
    }

    /** Levels, format and access log, from now on. */
    public synchronized void configure(Configuration configuration) {
        String wanted = configuration.get(Keys.LOG_FORMAT);
        if (!wanted.equals(format)) {
            format = wanted;
            writer.target(target(wanted));
        }
        for (Logger logger : configured) {
            logger.setLevel(null);
        }
        configured.clear();
        Logger.getLogger("").setLevel(Severity.threshold(configuration.get(Keys.LOG_LEVEL)));
        for (Map.Entry<String, String> level : configuration.get(Keys.LOG_LEVELS).entrySet()) {
            Logger logger = Logger.getLogger(level.getKey());
            logger.setLevel(Severity.threshold(level.getValue()));
            configured.add(logger);
        }
        accessWanted = configuration.get(Keys.LOG_ACCESS);
    }

    /** Where the API tells of answered requests. */
    public AccessLog accessLog() {
        return new QueuedAccessLog();
    }

    /** Where the domain tells of what has happened. */
    public AuditListener auditStream() {
        return new QueuedAuditStream();
    }

    /** Lines that were not written because the output was too slow, or failed. */
    public long dropped() {
        return writer.dropped();
    }

    /** Waits until all lines so far are written, though not for ever. */
    public void flush() {
        writer.flush(LONGEST_FLUSH);
    }

    private final class QueuedAccessLog implements AccessLog {
        @Override
        public boolean enabled() {
            return accessWanted;
        }

        @Override
        public void record(AccessEntry entry) {
            writer.add(new LogLine.Access(CLOCK.millis(), entry));
        }
    }

    private final class QueuedAuditStream implements AuditListener {
        @Override
        public void happened(AuditEntry entry) {
            writer.add(new LogLine.Audit(entry, CurrentRequest.trace()));
        }
    }
}
