package customerservice.app.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.http.trace.AccessEntry;
import customerservice.api.http.trace.TraceContext;
import customerservice.domain.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextFormatTest {

    private final LineBuffer buffer = new LineBuffer(16);
    private final TextFormat format = new TextFormat();

    private String written() throws IOException {
        var out = new ByteArrayOutputStream();
        buffer.writeTo(new StreamOutput(out));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineIsReadable() throws IOException {
        format.application(
                new LogLine.Application(0, Severity.INFO, "a.B", "started", "main", "", TraceContext.NONE, null),
                buffer);
        assertEquals("1970-01-01T00:00:00.000Z INFO  a.B  started\n", written());
    }

    @Test
    void anAccessLineIsReadable() throws IOException {
        format.access(
                new LogLine.Access(
                        1,
                        new AccessEntry("GET", "/x/{id}", "/x/1", 200, 1_000_000, 5, new Caller("", "r1", "::1"),
                                TraceContext.NONE)),
                buffer);
        assertEquals("1970-01-01T00:00:00.001Z INFO  access  GET /x/1 200 1.000 ms 5 bytes  [r1]\n", written());
    }

    @Test
    void aMessageCannotGiveTheTerminalOrders() throws IOException {
        format.application(
                new LogLine.Application(0, Severity.INFO, "a", "\u001b[2J\u009b2J", "", "", TraceContext.NONE, null),
                buffer);
        assertTrue(written().contains("\\u001b[2J\\u009b2J"), written());
    }

    @Test
    void aMessageCannotPassItselfOffAsALine() throws IOException {
        format.application(
                new LogLine.Application(0, Severity.INFO, "a", "x\n1970 forged", "", "", TraceContext.NONE, null),
                buffer);
        assertTrue(written().endsWith("x\n  1970 forged\n"), written());
    }
}
