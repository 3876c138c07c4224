package customerservice.api.http.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.RunningApi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log is told of the caller's trace (W3C Trace Context). */
class TraceContextTest {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String VALID = "traceparent: 00-" + ID + "-" + PARENT + "-01";

    private static RunningApi api;

    @BeforeAll
    static void start() {
        api = new RunningApi();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static TraceContext logged(String... fields) throws InterruptedException {
        api.call("GET", "/nowhere", fields);
        return api.nextAccessEntry().trace();
    }

    private static String state(String... fields) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(VALID));
        Arrays.stream(fields).map(field -> "tracestate: " + field).forEach(all::add);
        return logged(all.toArray(String[]::new)).state();
    }

    @Test
    void parentFlagsAndStateAreKept() throws InterruptedException {
        assertEquals(
                new TraceContext(ID, PARENT, "01", "vendor=abc,other@sys=1 2"),
                logged(VALID, "tracestate: vendor=abc , other@sys=1 2"));
        assertEquals("ff", logged("traceparent: 00-" + ID + "-" + PARENT + "-ff").flags());
    }

    @Test
    void linesWrittenMeanwhileHaveThemToo() throws InterruptedException {
        BlockingQueue<TraceContext> seen = new LinkedBlockingQueue<>();
        String id = api.create("Ada", "ada@example.com");
        api.nextAccessEntry();
        api.store.beforeFind(() -> seen.add(CurrentRequest.trace()));

        api.call("GET", "/v1/customers/" + id, VALID, "tracestate: vendor=abc");

        assertEquals(api.nextAccessEntry().trace(), seen.take());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"00-" + ID + "-0000000000000000-01", "00-00000000000000000000000000000000-" + PARENT + "-01",
                "00-" + ID + "-" + PARENT + "-01-x", "00-" + ID + "-" + PARENT + "-0", "00-" + ID + "-" + PARENT,
                "ff-" + ID + "-" + PARENT + "-01", "0-" + ID + "-" + PARENT + "-01",
                "00-" + ID + "-00F067AA0BA902B7-01",
                "00_" + ID + "-" + PARENT + "-01", "cc-" + ID + "-" + PARENT + "-01x", "cc-" + ID + "-" + PARENT, ""})
    void invalidParentIsAsGoodAsNoneAndSoIsItsState(String parent) throws InterruptedException {
        assertEquals(TraceContext.NONE, logged("traceparent: " + parent, "tracestate: vendor=abc"));
    }

    @Test
    void severalParentsAreNone() throws InterruptedException {
        assertEquals(TraceContext.NONE, logged(VALID, VALID));
    }

    @ParameterizedTest
    @CsvSource({"cc,01,,01", "cc,ff,-what-ever,01", "01,02,,00", "fe,00,-,00"})
    void ofLaterVersionsOnlyTheKnownFlagIsKept(String version, String flags, String more, String kept)
            throws InterruptedException {
        String rest = more == null ? "" : more;

        assertEquals(
                new TraceContext(ID, PARENT, kept, ""),
                logged("traceparent: " + version + "-" + ID + "-" + PARENT + "-" + flags + rest));
    }

    @Test
    void stateOfSeveralLinesIsOneAndEmptyMembersAreNone() throws InterruptedException {
        assertEquals("a=1,b=2,c=3", state("a=1,,b=2", ", c=3 ,"));
        assertEquals("", state(""));
        assertEquals("", state(" , ,"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "=1", "a=", "A=1", "1a=1", "a b=1", "a=b=c", "a@=1", "@a=1", "a@1b=1", "a@b@c=1",
                "ok=1,B=2",
                "a@abcdefghijklmno=1"})
    void malformedStateIsDiscardedAndTheParentKept(String state) throws InterruptedException {
        assertEquals(new TraceContext(ID, PARENT, "01", ""), logged(VALID, "tracestate: " + state));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1", "a_-*/0=!", "0tenant@system=x", "a= 1", "a=~"})
    void wellFormedStateIsKept(String state) throws InterruptedException {
        assertEquals(state, state(state));
    }

    @Test
    void stateHasAtMost32Members() throws InterruptedException {
        String most = IntStream.range(0, 32).mapToObj(i -> "k" + i + "=1").collect(Collectors.joining(","));

        assertEquals(most, state(most));
        assertEquals("", state(most + ",more=1"));
    }

    @Test
    void ofALongStateLargeMembersGoFirstThenTheLast() throws InterruptedException {
        String large = "large=" + "x".repeat(240);
        String small = IntStream.range(0, 15).mapToObj(i -> "k" + i + "=" + "y".repeat(16))
                .collect(Collectors.joining(","));

        assertEquals(small, state(large + "," + small));

        String kept = state(small + "," + small.replace('k', 'm'));
        assertTrue(kept.length() <= TraceContext.MAX_STATE && kept.startsWith(small), kept);
        assertTrue(kept.length() > TraceContext.MAX_STATE - 30, kept);
    }
}
