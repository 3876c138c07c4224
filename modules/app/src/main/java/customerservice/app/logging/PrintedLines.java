package customerservice.app.logging;

import customerservice.api.http.trace.TraceContext;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Stands in for {@code System.out} and {@code System.err}: what a library prints becomes log lines like any other. */
final class PrintedLines extends OutputStream {

    private static final int LONGEST = 8_192;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final LogWriter writer;
    private final Severity severity;
    private final String name;
    private final Clock clock;

    PrintedLines(LogWriter writer, Severity severity, String name, Clock clock) {
        this.writer = writer;
        this.severity = severity;
        this.name = name;
        this.clock = clock;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            end();
        } else {
            line.write(b);
            if (line.size() >= LONGEST) {
                end();
            }
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        if (!text.isEmpty()) {
            writer.add(new LogLine.Application(
                    clock.millis(),
                    severity,
                    name,
                    text,
                    Thread.currentThread().getName(),
                    "",
                    TraceContext.NONE,
                    null));
        }
    }
}
