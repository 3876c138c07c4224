package customerservice.app.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.http.trace.AccessEntry;
import customerservice.api.http.trace.TraceContext;
import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatTest {

    private static final TraceContext TRACE = new TraceContext(
            "trace", "parent", "01", "a=" + "x".repeat(TraceContext.MAX_STATE - 2));
    private static final long MILLIS = Instant.parse("2026-11-23T04:05:06.007Z").toEpochMilli();

    private final LineBuffer buffer = new LineBuffer(16);
    private final JsonFormat format = new JsonFormat();

    private byte[] line() {
        try {
            var out = new ByteArrayOutputStream();
            buffer.writeTo(new StreamOutput(out));
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, Object> parsed() {
        byte[] line = line();
        assertEquals('\n', line[line.length - 1]);
        assertEquals(1, new String(line, UTF_8).lines().count());
        return StrictJson.object(new String(line, UTF_8).strip());
    }

    private Map<String, Object> application(String message, Throwable thrown) {
        format.application(
                new LogLine.Application(MILLIS, Severity.WARN, "a.b.C", message, "main", "req-1", TraceContext.NONE,
                        thrown),
                buffer);
        return parsed();
    }

    @Test
    void anApplicationLineHasItsFields() {
        assertEquals(
                Map.of(
                        "time", "2026-11-23T04:05:06.007Z",
                        "level", "warn",
                        "stream", "application",
                        "logger", "a.b.C",
                        "message", "hello",
                        "thread", "main",
                        "request_id", "req-1"),
                application("hello", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "line one\nline two\r\n",
        "quotes \" and \\ back slashes",
        "controls \u0000 \u0001 \u001b[31m \u007f \u009b",
        "\t tabs",
        "Grüße, 客户, 🎉, \u2028",
        ""
    })
    void everyMessageComesThroughUnchanged(String message) {
        assertEquals(message, application(message, null).get("message"));
    }

    @Test
    void halfACharacterDoesNotBreakTheLine() {
        assertEquals("a\ufffdb\ufffd", application("a\ud83cb\udf89", null).get("message"));
    }

    @Test
    void anExceptionIsThereWithLineNumbersAndCause() {
        var thrown = new IllegalStateException("outer\n\"quoted\"", new IOException("inner"));
        String stack = (String) application("failed", thrown).get("exception");
        assertTrue(stack.startsWith("java.lang.IllegalStateException: outer\n\"quoted\"\n\tat "), stack);
        assertTrue(stack.contains("JsonFormatTest.java:"), stack);
        assertTrue(stack.contains("Caused by: java.io.IOException: inner"), stack);
    }

    @Test
    void anExceptionThatCannotTellItselfDoesNotBreakTheLine() {
        var thrown = new RuntimeException("x") {
            private static final long serialVersionUID = 1L;

            @Override
            public void printStackTrace(PrintWriter s) {
                throw new UnsupportedOperationException();
            }
        };
        String stack = (String) application("failed", thrown).get("exception");
        assertTrue(stack.contains("cannot be written"), stack);
    }

    @Test
    void theLongestLineIsOneThatJournaldTakesWhole() {
        var deep = new Exception("\u0001".repeat(100_000));
        application("\u0001".repeat(100_000), deep);
        assertTrue(line().length < 48 * 1_024, () -> "" + line().length);
    }

    @Test
    void anAccessLineHasItsFields() {
        format.access(
                new LogLine.Access(
                        MILLIS,
                        new AccessEntry(
                                "GET", "/v1/customers/{id}", "/v1/customers/1", 200, 1_234_567, 345,
                                new Caller("subject", "req-1", "192.0.2.1"), TRACE)),
                buffer);
        Map<String, Object> fields = parsed();
        assertEquals("access", fields.get("stream"));
        assertEquals("/v1/customers/{id}", fields.get("route"));
        assertEquals(200.0, fields.get("status"));
        assertEquals(1.234, (double) fields.get("duration_ms"));
        assertEquals(345.0, fields.get("bytes"));
        assertEquals("192.0.2.1", fields.get("client_address"));
        assertEquals("trace", fields.get("trace_id"));
        assertEquals("parent", fields.get("parent_id"));
        assertEquals("01", fields.get("trace_flags"));
        assertEquals(TRACE.state(), fields.get("trace_state"));
    }

    @Test
    void anAccessLineWithoutTraceAndSubjectLeavesThemOut() {
        format.access(
                new LogLine.Access(
                        MILLIS,
                        new AccessEntry(
                                "GET", "unmatched", "/x\"\n", 404, 0, 0, new Caller("", "r", "::1"),
                                TraceContext.NONE)),
                buffer);
        Map<String, Object> fields = parsed();
        for (String name : List.of("trace_id", "parent_id", "trace_flags", "trace_state")) {
            assertFalse(fields.containsKey(name), name);
        }
        assertFalse(fields.containsKey("principal"));
        assertEquals("/x\"\n", fields.get("path"));
    }

    @Test
    void anAuditLineHasItsFields() {
        format.audit(
                new LogLine.Audit(
                        new AuditEntry(
                                Instant.ofEpochMilli(MILLIS),
                                "customer.update",
                                "id-1",
                                3,
                                List.of("name", "email"),
                                new Caller("user-1", "req-1", "192.0.2.1")),
                        TRACE),
                buffer);
        assertEquals(
                Map.ofEntries(
                        Map.entry("time", "2026-11-23T04:05:06.007Z"),
                        Map.entry("level", "info"),
                        Map.entry("stream", "audit"),
                        Map.entry("action", "customer.update"),
                        Map.entry("subject", "id-1"),
                        Map.entry("version", 3.0),
                        Map.entry("fields", List.of("name", "email")),
                        Map.entry("actor", "user-1"),
                        Map.entry("request_id", "req-1"),
                        Map.entry("trace_id", "trace"),
                        Map.entry("parent_id", "parent"),
                        Map.entry("trace_flags", "01"),
                        Map.entry("source_address", "192.0.2.1")),
                parsed());
    }
}
