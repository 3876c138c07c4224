package customerservice.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.RunningApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks and does not read. */
@Timeout(60)
class SlowReaderTest {

    /** More than the kernel keeps of one connection. */
    private static final String LARGE = "/docs/swagger-ui-bundle.js";

    /** With which the kernel takes little for a client that does not read. */
    private static final int SMALL_BUFFER = 4_096;

    @Test
    void answerThatNobodyReadsIsGivenUp() throws IOException {
        try (var api = new RunningApi(RunningApi.limits().withRequestTimeout(Duration.ofMillis(100)));
                var connection = new Connection(api.server().port(), SMALL_BUFFER)) {
            connection.send(api.request("GET", LARGE, ""));
            assertEquals(499, api.nextAccessEntry().status());

            assertThrows(
                    UncheckedIOException.class, () -> connection.read(), "the answer ends before it is complete");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void placeIsFreeWhileAnAnswerIsOnlyWritten() {
        try (var api = new RunningApi(RunningApi.limits().withMaxConcurrentRequests(1));
                var slow = new Connection(api.server().port(), SMALL_BUFFER)) {
            slow.send(api.request("GET", LARGE, "").repeat(8));
            assertEquals(200, slow.readHead().status());

            assertEquals(200, api.call("GET", "/v1/customers").status());
        }
    }

    /** The whole takes longer than any part may. */
    @Test
    void slowButSteadyReaderGetsItAll() throws Exception {
        try (var api = new RunningApi(RunningApi.limits().withRequestTimeout(Duration.ofMillis(100)));
                var slow = new Connection(api.server().port(), SMALL_BUFFER)) {
            slow.send(api.request("GET", LARGE, ""));
            int length = Integer.parseInt(slow.readHead().field("Content-Length").orElseThrow());
            InputStream in = slow.in();
            int read = 0;
            long begin = System.nanoTime();
            while (read < length) {
                int count = in.readNBytes(Math.min(length - read, 32_768)).length;
                assertTrue(count > 0, "cut off after " + read);
                read += count;
                Thread.sleep(Duration.ofMillis(50));
            }

            assertEquals(length, read);
            assertTrue(System.nanoTime() - begin > Duration.ofSeconds(2).toNanos());
        }
    }
}
