package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.domain.identity.Role;
import customerservice.testsupport.Await;
import customerservice.testsupport.DatabaseProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A request that carries an Idempotency-Key takes effect once, however often and wherever it arrives. */
final class IdempotencyTest {

    private static final int REQUESTS = 200;
    private static final int ATTEMPTS = 20;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static TestDatabase database;
    private static ApiClient here;
    private static ApiClient there;

    @BeforeAll
    static void start() {
        database = Testbed.shared().newDatabase();
        here = Testbed.shared().client(Testbed.shared().serve(database).address(), Role.ADMIN);
        there = here.at(Testbed.shared().serve(database).address());
    }

    @Test
    void manyRequestsAtOnceAtTwoInstancesMakeOneCustomer() {
        String body = body("Many", "many@example.com");
        List<Answer> answers = AtOnce.call(
                REQUESTS, i -> postUntilServed(i % 2 == 0 ? here : there, body, "many"));
        Set<What> different = answers.stream().map(What::of).collect(Collectors.toSet());
        assertEquals(1, different.size(), () -> "different answers: " + different);
        assertEquals(201, answers.getFirst().status(), answers.getFirst()::toString);
        assertOnlyCustomer("many@example.com", answers.getFirst());
    }

    /** On a slow machine some are told to come back. */
    private static Answer postUntilServed(ApiClient client, String body, String key) {
        Answer answer = client.post("/v1/customers", body, "Idempotency-Key", key);
        for (int attempt = 0; !answer.header("Retry-After").isEmpty() && attempt < ATTEMPTS; attempt++) {
            LockSupport.parkNanos(RETRY_AFTER.toNanos());
            answer = client.post("/v1/customers", body, "Idempotency-Key", key);
        }
        return answer;
    }

    /**
     * The statement that commits reaches the server, its acknowledgement does not reach the service; then the service is
     * killed.
     */
    @Test
    void aCrashBetweenCommitAndAnswerMakesNoSecondCustomer() throws IOException {
        String email = "crash@example.com";
        String body = body("Crash", email);
        try (var proxy = new DatabaseProxy(database.url());
                ServiceProcess crashing = Testbed.shared()
                        .serveApart(
                                database,
                                Map.of("database.url", proxy.url(), "database.socket_timeout", "1m"));
                var connection = new RawConnection(crashing.address())) {
            proxy.withholdReplyTo(email);
            connection.send(request(body, "crash"));
            Await.until("the customer is committed", () -> customers(email) == 1);
            crashing.kill();
            assertThrows(IOException.class, connection::answer, "an answer, although the commit was not acknowledged");
        }
        Answer first = there.post("/v1/customers", body, "Idempotency-Key", "crash");
        Answer second = here.post("/v1/customers", body, "Idempotency-Key", "crash");
        assertEquals(201, first.status(), first::toString);
        assertEquals(What.of(first), What.of(second));
        assertOnlyCustomer(email, first);
    }

    private static String request(String body, String key) {
        return "POST /v1/customers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + here.token().orElseThrow()
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\nIdempotency-Key: " + key + "\r\n\r\n" + body;
    }

    @Test
    void theFirstAnswerIsGivenAgainAfterTheCustomerHasChanged() {
        String body = body("Before", "before@example.com");
        Answer first = here.post("/v1/customers", body, "Idempotency-Key", "changed");
        assertEquals(
                200, here.patch(first.header("Location"), "{\"name\":\"After\"}").status());
        Answer again = there.post("/v1/customers", body, "Idempotency-Key", "changed");
        assertEquals(What.of(first), What.of(again));
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        Answer first = here.post("/v1/customers", body("First", "first@example.com"), "Idempotency-Key", "reused");
        assertEquals(201, first.status(), first::toString);
        Answer other = there.post("/v1/customers", body("Other", "other@example.com"), "Idempotency-Key", "reused");
        assertEquals(422, other.status(), other::toString);
        assertEquals("/problems/idempotency-key-reused", other.string("type"));
        assertEquals(0, customers("other@example.com"));
    }

    @Test
    void theSameKeyOfAnotherCallerIsAnotherKey() {
        ApiClient operator = Testbed.shared().client(here.address(), Role.OPERATOR);
        Answer mine = here.post("/v1/customers", body("Mine", "mine@example.com"), "Idempotency-Key", "common");
        Answer theirs = operator.post("/v1/customers", body("Theirs", "theirs@example.com"), "Idempotency-Key",
                "common");
        assertEquals(201, mine.status(), mine::toString);
        assertEquals(201, theirs.status(), theirs::toString);
        assertNotEquals(mine.string("id"), theirs.string("id"));
    }

    @Test
    void aRefusedRequestDoesNotUseItsKeyUp() {
        here.post("/v1/customers", body("Taken", "taken@example.com"));
        Answer refused = here.post(
                "/v1/customers", body("Twin", "taken@example.com"), "Idempotency-Key", "second-attempt");
        assertEquals(409, refused.status(), refused::toString);
        Answer corrected = there.post(
                "/v1/customers", body("Twin", "twin@example.com"), "Idempotency-Key", "second-attempt");
        assertEquals(201, corrected.status(), corrected::toString);
    }

    private static void assertOnlyCustomer(String email, Answer answer) {
        assertEquals(1, customers(email));
        String id = database.value("select id from customers where email = '" + email + "'").orElseThrow();
        assertEquals("/v1/customers/" + id, answer.header("Location"));
        assertEquals(1, database.number("select count(*) from audit_log where subject = '" + id + "'"), "audit rows");
    }

    private static long customers(String email) {
        return database.number("select count(*) from customers where email = '" + email + "'");
    }

    private static String body(String name, String email) {
        return "{\"name\":\"" + name + "\",\"email\":\"" + email + "\"}";
    }

    /** All of an answer that a client acts on. */
    private record What(int status, String body, String location, String entityTag) {
        static What of(Answer answer) {
            return new What(answer.status(), answer.text(), answer.header("Location"), answer.header("ETag"));
        }
    }
}
