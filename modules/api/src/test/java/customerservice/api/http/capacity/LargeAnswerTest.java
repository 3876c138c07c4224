package customerservice.api.http.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.domain.customer.Customer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the budget of this process's heap, which no other test may use meanwhile: the tests run one by one. */
class LargeAnswerTest {

    private static final String LIST = "/v1/customers?sort=name";

    @AutoClose
    private final RunningApi api = new RunningApi();

    private final long whole = AnswerBudget.OF_HEAP.left();
    private int taken;

    @BeforeEach
    void createLargeCustomers() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            api.create("Ada " + i, "ada" + i + "@example.com", metadata());
        }
        for (int i = 0; i < 20; i++) {
            api.nextAccessEntry();
        }
    }

    @AfterEach
    void giveBack() {
        AnswerBudget.OF_HEAP.giveBack(taken);
    }

    @Test
    void largeAnswerBeyondTheBudgetIsRefused() {
        exhaust();
        Reply reply = api.call("GET", LIST);
        assertEquals(503, reply.status());
        assertEquals(Optional.of("1"), reply.field("Retry-After"));
        assertEquals(Optional.of("application/problem+json"), reply.field("Content-Type"));
        assertEquals("/problems/overloaded", reply.json().get("type"));
        assertEquals(Optional.empty(), reply.field("Link"));
    }

    @Test
    void connectionGoesOnAfterTheRefusal() {
        try (Connection connection = api.connect()) {
            exhaust();
            assertEquals(503, connection.send(api.request("GET", LIST, "")).read().status());
            giveBack();
            taken = 0;
            assertEquals(200, connection.send(api.request("GET", LIST, "")).read().status());
        }
    }

    @Test
    void smallAnswerIsGivenBeyondTheBudget() {
        exhaust();
        assertEquals(200, api.call("GET", "/v1/users").status());
    }

    @Test
    void gzippedAnswerCountsForWhatItIs() {
        exhaust();
        assertEquals(200, api.call("GET", LIST, "Accept-Encoding: gzip").status());
    }

    @Test
    void answeredBytesAreGivenBack() throws InterruptedException {
        assertEquals(200, api.call("GET", LIST).status());
        api.nextAccessEntry();
        assertEquals(whole, AnswerBudget.OF_HEAP.left());
    }

    @Test
    void bytesThatNobodyReadsAreGivenBackWhenTheConnectionEnds() {
        try (Connection connection = api.connect()) {
            // More than the sockets of both ends take.
            connection.send(api.request("GET", LIST, "").repeat(32));
            await(() -> AnswerBudget.OF_HEAP.left() < whole);
        }
        await(() -> AnswerBudget.OF_HEAP.left() == whole);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline);
            Thread.onSpinWait();
        }
    }

    private void exhaust() {
        while (AnswerBudget.OF_HEAP.left() > AnswerBudget.UNCOUNTED) {
            int next = (int) Math.min(AnswerBudget.OF_HEAP.left(), AnswerBudget.PAGE);
            assertTrue(AnswerBudget.OF_HEAP.take(next));
            taken += next;
        }
    }

    private static String metadata() {
        var metadata = new StringBuilder();
        for (int i = 0; i < Customer.MAX_METADATA_ENTRIES; i++) {
            metadata.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":\"")
                    .append("x".repeat(Customer.MAX_METADATA_VALUE)).append('"');
        }
        return "{" + metadata + "}";
    }
}
