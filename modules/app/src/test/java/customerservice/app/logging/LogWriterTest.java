package customerservice.app.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.http.trace.AccessEntry;
import customerservice.api.http.trace.TraceContext;
import customerservice.domain.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class LogWriterTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static LogLine line(String message) {
        return new LogLine.Application(0, Severity.INFO, "test", message, "", "", TraceContext.NONE, null);
    }

    private static LogLine access(String path) {
        var caller = new Caller("", "request-1", "::1");
        return new LogLine.Access(
                0, new AccessEntry("GET", "unmatched", path, 404, 1, 0, caller, TraceContext.NONE));
    }

    private static LogWriter started(OutputStream out, int capacity, boolean priorities) {
        var writer = new LogWriter(
                new LogTarget(new StreamOutput(out), new TextFormat(), priorities), capacity, Clock.systemUTC());
        writer.start();
        return writer;
    }

    private static List<String> lines(ByteArrayOutputStream out) {
        return out.toString(UTF_8).lines().toList();
    }

    @Test
    void linesComeOutInTheOrderInWhichTheyWentIn() {
        var out = new ByteArrayOutputStream();
        LogWriter writer = started(out, 10_000, false);
        for (int i = 0; i < 5_000; i++) {
            writer.add(line("line " + i));
        }
        assertTrue(writer.flush(LONG));
        List<String> lines = lines(out);
        assertEquals(5_000, lines.size());
        assertTrue(lines.get(4_321).endsWith("line 4321"), lines.get(4_321));
    }

    @Test
    void aSleepingWriterIsWoken() throws InterruptedException {
        var written = new Semaphore(0);
        LogWriter writer = started(
                new OutputStream() {
                    @Override
                    public void write(int b) {}

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        written.release();
                    }
                },
                100,
                false);
        for (int i = 0; i < 5; i++) {
            writer.add(line("one"));
            written.acquire();
        }
    }

    @Test
    void whatDoesNotFitIsDroppedAndCountedAndReported() throws InterruptedException {
        var out = new BlockedOutput();
        LogWriter writer = started(out, 10, false);
        writer.add(line("first"));
        out.entered.await();
        for (int i = 0; i < 30; i++) {
            writer.add(line("line " + i));
        }
        assertEquals(20, writer.dropped());
        out.open.countDown();
        assertTrue(writer.flush(LONG));
        List<String> lines = lines(out.taken);
        assertEquals(12, lines.size());
        assertTrue(lines.get(1).contains("20 log lines were dropped"), lines::toString);
    }

    @Test
    void largeLinesTakeMoreRoom() throws InterruptedException {
        var out = new BlockedOutput();
        LogWriter writer = started(out, 10, false);
        writer.add(line("first"));
        out.entered.await();
        for (int i = 0; i < 10; i++) {
            writer.add(line("x".repeat(4_096)));
        }
        assertEquals(8, writer.dropped());
        out.open.countDown();
    }

    @Test
    void requestsWithLongPathsTakeMoreRoom() throws InterruptedException {
        var out = new BlockedOutput();
        LogWriter writer = started(out, 10, false);
        writer.add(line("first"));
        out.entered.await();
        for (int i = 0; i < 10; i++) {
            writer.add(access("/" + "x".repeat(4_096)));
        }
        assertEquals(8, writer.dropped());
        out.open.countDown();
    }

    @Test
    void anOutputThatFailsCostsItsLinesAndNothingElse() {
        var out = new FailingOutput();
        LogWriter writer = started(out, 100, false);
        writer.add(line("lost"));
        assertTrue(writer.flush(LONG));
        assertEquals(1, writer.dropped());
        out.failing = false;
        writer.add(line("kept"));
        assertTrue(writer.flush(LONG));
        // What was written last may have been cut off: the next line begins anew.
        assertEquals("", lines(out.taken).getFirst());
        assertTrue(lines(out.taken).get(1).endsWith("kept"), lines(out.taken)::toString);
    }

    @Test
    void flushingGivesUpOnAnOutputThatHangs() throws InterruptedException {
        var out = new BlockedOutput();
        LogWriter writer = started(out, 10, false);
        writer.add(line("first"));
        out.entered.await();
        assertEquals(false, writer.flush(Duration.ofMillis(1)));
        out.open.countDown();
    }

    @Test
    void prioritiesAreThoseOfSyslog() {
        var out = new ByteArrayOutputStream();
        LogWriter writer = started(out, 100, true);
        for (Severity severity : Severity.values()) {
            writer.add(new LogLine.Application(0, severity, "test", "m", "", "", TraceContext.NONE, null));
        }
        assertTrue(writer.flush(LONG));
        assertEquals(
                List.of("<3>", "<4>", "<6>", "<7>", "<7>"),
                lines(out).stream().map(line -> line.substring(0, 3)).toList());
    }

    /** Takes nothing until it is opened. */
    private static final class BlockedOutput extends OutputStream {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            throw new AssertionError("unbuffered");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            entered.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            taken.write(bytes, offset, length);
        }
    }

    private static final class FailingOutput extends OutputStream {
        volatile boolean failing = true;
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            taken.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (failing) {
                throw new IOException("No space left on device");
            }
            taken.write(bytes, offset, length);
        }
    }
}
