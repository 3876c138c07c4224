package customerservice.app.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogHandlerTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LogWriter writer = new LogWriter(
            new LogTarget(new StreamOutput(out), new JsonFormat(), false), 1_000, Clock.systemUTC());
    private final LogHandler handler = new LogHandler(writer);

    @BeforeEach
    void start() {
        writer.start();
    }

    private String written() {
        assertTrue(writer.flush(Duration.ofSeconds(20)));
        return out.toString(UTF_8);
    }

    @Test
    void parametersAreFilledIn() {
        var line = new LogRecord(Level.INFO, "pool {0} of {1}");
        line.setParameters(new Object[]{"a", 2});
        handler.publish(line);
        assertTrue(written().contains("\"message\":\"pool a of 2\""), this::written);
    }

    @Test
    void aParameterThatCannotBeWrittenDoesNotReachTheCaller() {
        var line = new LogRecord(Level.INFO, "it is {0}");
        line.setParameters(new Object[]{new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException();
            }
        }});
        handler.publish(line);
        assertTrue(written().contains("\"message\":\"it is {0}\""), this::written);
    }

    @Test
    void aRecordWithoutLoggerAndMessageIsALineToo() {
        handler.publish(new LogRecord(Level.SEVERE, null));
        assertTrue(written().contains("\"level\":\"error\""), this::written);
    }

    @Test
    void whatALibraryPrintsBecomesLines() {
        var printed = new PrintStream(new PrintedLines(writer, Severity.WARN, "stderr", Clock.systemUTC()), false,
                UTF_8);
        printed.println("update summary");
        printed.print("no end");
        assertTrue(written().contains("\"logger\":\"stderr\",\"message\":\"update summary\""), this::written);
    }
}
