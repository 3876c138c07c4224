package customerservice.app.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.http.trace.AccessEntry;
import customerservice.api.http.trace.TraceContext;
import customerservice.app.systemd.NotificationReceiver;
import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What journald gets, read as its protocol says. */
class JournalTest {

    private static final TraceContext TRACE = new TraceContext("t1", "p1", "01", "vendor=x");
    private static final LogLine ACCESS = new LogLine.Access(
            1, new AccessEntry("GET", "/x/{id}", "/x/1", 200, 1_500_000, 5, new Caller("u1", "r1", "::1"), TRACE));

    @TempDir
    private Path folder;

    private static LogLine message(String text, Throwable thrown) {
        return new LogLine.Application(0, Severity.ERROR, "a.B", text, "main", "r2", TRACE, thrown);
    }

    /** One map of fields for each entry. */
    private List<Map<String, String>> written(LogLine... lines) {
        String path = folder.resolve("journal").toString();
        try (var receiver = new NotificationReceiver(path)) {
            var writer = new LogWriter(
                    new LogTarget(new JournalOutput(path), new JournalFormat(), false), 1_000, Clock.systemUTC());
            for (LogLine line : lines) {
                writer.add(line);
            }
            writer.start();
            assertTrue(writer.flush(Duration.ofSeconds(20)));
            var entries = new ArrayList<Map<String, String>>();
            receiver.received().forEach(entry -> entries.add(fields(entry.text())));
            return entries;
        }
    }

    private static Map<String, String> fields(String entry) {
        ByteBuffer rest = ByteBuffer.wrap(entry.getBytes(StandardCharsets.ISO_8859_1)).order(ByteOrder.LITTLE_ENDIAN);
        var fields = new LinkedHashMap<String, String>();
        while (rest.hasRemaining()) {
            var name = new StringBuilder();
            char c = (char) rest.get();
            for (; c != '=' && c != '\n'; c = (char) rest.get()) {
                name.append(c);
            }
            byte[] value;
            if (c == '=') {
                int length = 0;
                while (rest.get(rest.position() + length) != '\n') {
                    length++;
                }
                value = new byte[length];
            } else {
                value = new byte[(int) rest.getLong()];
            }
            rest.get(value);
            assertEquals('\n', rest.get());
            fields.put(name.toString(), new String(value, StandardCharsets.UTF_8));
        }
        return fields;
    }

    @Test
    void eachLineIsAnEntryOfItsOwn() {
        assertEquals(3, written(ACCESS, message("one", null), ACCESS).size());
    }

    @Test
    void aRequestCanBeSelectedByEveryPartOfIt() {
        assertEquals(
                Map.ofEntries(
                        Map.entry("SYSLOG_IDENTIFIER", "customer-service"),
                        Map.entry("STREAM", "access"),
                        Map.entry("PRIORITY", "6"),
                        Map.entry("MESSAGE", "GET /x/1 200 1.500 ms 5 bytes"),
                        Map.entry("HTTP_METHOD", "GET"),
                        Map.entry("HTTP_ROUTE", "/x/{id}"),
                        Map.entry("HTTP_PATH", "/x/1"),
                        Map.entry("HTTP_STATUS", "200"),
                        Map.entry("DURATION_MS", "1.500"),
                        Map.entry("HTTP_BYTES", "5"),
                        Map.entry("REQUEST_ID", "r1"),
                        Map.entry("TRACE_ID", "t1"),
                        Map.entry("PARENT_ID", "p1"),
                        Map.entry("TRACE_FLAGS", "01"),
                        Map.entry("TRACE_STATE", "vendor=x"),
                        Map.entry("PRINCIPAL", "u1"),
                        Map.entry("CLIENT_ADDRESS", "::1")),
                written(ACCESS).getFirst());
    }

    @Test
    void anErrorHasItsPriorityItsLoggerAndItsRequest() {
        Map<String, String> entry = written(message("failed", null)).getFirst();
        assertEquals("3", entry.get("PRIORITY"));
        assertEquals("application", entry.get("STREAM"));
        assertEquals("a.B", entry.get("LOGGER"));
        assertEquals("r2", entry.get("REQUEST_ID"));
        assertTrace(entry);
    }

    @Test
    void aMessageOfSeveralLinesIsOneEntryAndForgesNoField() {
        Map<String, String> entry = written(message("one\nSTREAM=audit", null)).getFirst();
        assertEquals("application", entry.get("STREAM"));
        assertEquals("one\n  STREAM=audit", entry.get("MESSAGE"));
    }

    @Test
    void anExceptionFollowsItsMessage() {
        String text = written(message("failed", new IllegalStateException("cause"))).getFirst().get("MESSAGE");
        assertTrue(text.startsWith("failed\n"), text);
        assertTrue(text.contains("IllegalStateException: cause"), text);
    }

    @Test
    void anAuditEntryNamesWhoDidWhatToWhom() {
        var caller = new Caller("u1", "r3", "::1");
        var audit = new AuditEntry(Instant.EPOCH, "customer.update", "c1", 7, List.of("name", "email"), caller);
        Map<String, String> entry = written(new LogLine.Audit(audit, TRACE)).getFirst();
        assertEquals("audit", entry.get("STREAM"));
        assertEquals("customer.update", entry.get("ACTION"));
        assertEquals("c1", entry.get("SUBJECT"));
        assertEquals("7", entry.get("VERSION"));
        assertEquals("name,email", entry.get("FIELDS"));
        assertEquals("u1", entry.get("ACTOR"));
        assertTrace(entry);
        assertEquals("customer.update c1 by u1", entry.get("MESSAGE"));
    }

    private static void assertTrace(Map<String, String> entry) {
        assertEquals("t1", entry.get("TRACE_ID"));
        assertEquals("p1", entry.get("PARENT_ID"));
        assertEquals("01", entry.get("TRACE_FLAGS"));
    }
}
