package customerservice.api.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerChange;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerStatus;
import customerservice.domain.customer.EmailAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** One customer over HTTP: create, read, replace, change, erase. */
class CustomerApiTest {

    private static final String ADA = """
            {"name":"Ada Lovelace","email":"ada@example.com","phone":"+441234567890",
             "address":{"line1":"12 St James's Square","city":"London","postal_code":"SW1Y 4JH","country":"GB"},
             "metadata":{"tier":"gold"}}""";

    @AutoClose
    private final RunningApi api = new RunningApi();

    @Test
    void createdCustomerIsAnsweredWhole() {
        Reply reply = api.send("POST", "/v1/customers", ADA);

        assertEquals(201, reply.status());
        Map<String, Object> customer = reply.json();
        assertEquals("Ada Lovelace", customer.get("name"));
        assertEquals("ada@example.com", customer.get("email"));
        assertEquals("+441234567890", customer.get("phone"));
        assertEquals("active", customer.get("status"));
        assertEquals(Map.of("tier", "gold"), customer.get("metadata"));
        assertEquals(1, customer.get("version"));
        assertEquals(
                List.of("line1", "line2", "city", "region", "postal_code", "country"),
                List.copyOf(((Map<?, ?>) customer.get("address")).keySet()));
    }

    @Test
    void createdCustomerIsWhereLocationSays() {
        Reply created = api.send("POST", "/v1/customers", ADA);

        Reply read = api.call("GET", created.field("Location").orElseThrow());

        assertEquals(200, read.status());
        assertEquals(created.text(), read.text());
    }

    @Test
    void entityTagIsTheVersion() {
        Reply created = api.send("POST", "/v1/customers", ADA);

        assertEquals(Optional.of("\"1\""), created.field("ETag"));
    }

    @Test
    void customersMayNotBeCached() {
        String id = api.create("Ada", "ada@example.com");

        assertEquals(
                Optional.of("private, no-cache"), api.call("GET", "/v1/customers/" + id).field("Cache-Control"));
    }

    @Test
    void textOfAnyLanguageSurvives() {
        Reply created = api.send(
                "POST", "/v1/customers", "{\"name\":\"Zoë 李小龍 \uD83D\uDE00 \\\"q\\\"\",\"email\":\"z@example.com\"}");

        assertEquals("Zoë 李小龍 \uD83D\uDE00 \"q\"", created.json().get("name"));
    }

    @Test
    void textsAreAnsweredInNfcHoweverTheyWereSpelt() {
        Reply created = api.send("POST", "/v1/customers",
                "{\"name\":\"Zoe\\u0308\",\"email\":\"z@example.com\",\"metadata\":{\"e\\u0301\":\"u\\u0308\"}}");

        assertEquals("Zo\u00eb", created.json().get("name"));
        assertEquals(Map.of("\u00e9", "\u00fc"), created.json().get("metadata"));
    }

    @Test
    void patchMeansAMetadataKeyInEverySpelling() {
        String path = api.send("POST", "/v1/customers",
                "{\"name\":\"Z\",\"email\":\"z@example.com\",\"metadata\":{\"\\u00e9\":\"1\",\"\\u00fc\":\"2\"}}")
                .field("Location").orElseThrow();

        Reply patched = api.send("PATCH", path, "{\"metadata\":{\"e\\u0301\":\"3\",\"u\\u0308\":null}}");

        assertEquals(Map.of("\u00e9", "3"), patched.json().get("metadata"));
    }

    @Test
    void metadataKeyInTwoSpellingsIsRefused() {
        Reply reply = api.send("POST", "/v1/customers",
                "{\"name\":\"Z\",\"email\":\"z@example.com\",\"metadata\":{\"\\u00e9\":\"1\",\"e\\u0301\":\"2\"}}");

        assertEquals(422, reply.status());
        assertEquals(List.of("/metadata"), reply.pointers());
    }

    @Test
    void whatIsOlderThanARuleIsInNoPatchsWay() {
        Customer old = new Customer(CustomerId.next(Clock.systemUTC(), new SplittableRandom(1)), "\u202eAda",
                new EmailAddress("a@127.0.0.1"), Optional.empty(), CustomerStatus.ACTIVE, Optional.empty(),
                Map.of("e\u0301", "\u202e", "u\u0308", "1"), 1, Instant.EPOCH, Instant.EPOCH);
        api.store.insert(old,
                new CustomerChange(new AuditEntry(Instant.EPOCH, "customer.create", old.id().toString(), 1,
                        List.of(), new Caller("u", "r", "local")), List.of()));
        String path = "/v1/customers/" + old.id();

        Reply patched = api.send("PATCH", path, "{\"phone\":\"+4412345\",\"metadata\":{\"\\u00fc\":null}}");

        assertEquals(200, patched.status());
        assertEquals("\u202eAda", patched.json().get("name"));
        assertEquals("a@127.0.0.1", patched.json().get("email"));
        assertEquals(Map.of("e\u0301", "\u202e"), patched.json().get("metadata"));
        assertEquals(List.of("/name"), api.send("PATCH", path, "{\"name\":\"\\u202eAda King\"}").pointers());
    }

    @Test
    void unknownCustomerIsNotFound() {
        Reply reply = api.call("GET", "/v1/customers/0192f0c1-7c5e-7d42-9d3c-2f9f3a1b5c6d");

        assertEquals(404, reply.status());
        assertEquals("/problems/not-found", reply.problem());
    }

    @Test
    void idsAreTakenInUpperCaseToo() {
        String id = api.create("Ada", "ada@example.com");

        assertEquals(
                200, api.call("GET", "/v1/customers/" + id.toUpperCase(java.util.Locale.ROOT)).status());
    }

    @Test
    void currentVersionIsNotSentAgain() {
        String id = api.create("Ada", "ada@example.com");

        for (String tags : List.of("\"1\"", "W/\"1\"", "\"7\", \"1\"", "*")) {
            Reply reply = api.call("GET", "/v1/customers/" + id, "If-None-Match: " + tags);

            assertEquals(304, reply.status(), tags);
            assertEquals(Optional.of("\"1\""), reply.field("ETag"));
            assertEquals(Optional.empty(), reply.field("Content-Length"));
        }
    }

    @Test
    void anotherVersionIsSentAgain() {
        String id = api.create("Ada", "ada@example.com");

        assertEquals(200, api.call("GET", "/v1/customers/" + id, "If-None-Match: \"2\"").status());
    }

    @Test
    void duplicateEmailNamesTheFieldOnly() {
        api.create("Ada", "ada@example.com");

        Reply reply = api.send("POST", "/v1/customers", "{\"name\":\"Eve\",\"email\":\"ADA@example.com\"}");

        assertEquals(409, reply.status());
        assertEquals("/problems/duplicate-email", reply.problem());
        assertEquals(List.of("/email"), reply.pointers());
    }

    @Test
    void repeatedRequestWithAKeyGetsTheFirstAnswer() {
        Reply first = api.send("POST", "/v1/customers", ADA, "Idempotency-Key: k-1");
        Reply second = api.send("POST", "/v1/customers", ADA, "Idempotency-Key: k-1");

        // Each call brings a token of somebody else, and keys of different callers do not meet.
        assertEquals(201, first.status());
        assertEquals(409, second.status());
    }

    @Test
    void repeatedRequestOfOneCallerGetsTheFirstAnswer() {
        String token = "Authorization: Bearer " + api.token(customerservice.domain.identity.Role.OPERATOR);

        Reply first = api.send("POST", "/v1/customers", ADA, token, "Idempotency-Key: k-1");
        Reply second = api.send("POST", "/v1/customers", ADA, token, "Idempotency-Key: k-1");

        assertEquals(201, second.status());
        assertEquals(first.text(), second.text());
        assertEquals(first.field("Location"), second.field("Location"));
        assertEquals(1, api.store.size());
    }

    @Test
    void keyWithAnotherBodyIsRefused() {
        String token = "Authorization: Bearer " + api.token(customerservice.domain.identity.Role.OPERATOR);
        api.send("POST", "/v1/customers", ADA, token, "Idempotency-Key: k-1");

        Reply reply = api.send("POST", "/v1/customers", ADA + " ", token, "Idempotency-Key: k-1");

        assertEquals(422, reply.status());
        assertEquals("/problems/idempotency-key-reused", reply.problem());
    }

    @Test
    void replacementRemovesWhatItLeavesOut() {
        String location = api.send("POST", "/v1/customers", ADA).field("Location").orElseThrow();

        Reply reply = api.send("PUT", location, "{\"name\":\"Ada King\",\"email\":\"ada@example.com\"}");

        assertEquals(200, reply.status());
        assertEquals("Ada King", reply.json().get("name"));
        assertEquals(Map.of(), reply.json().get("metadata"));
        assertEquals(null, reply.json().get("phone"));
        assertEquals(Optional.of("\"2\""), reply.field("ETag"));
    }

    /** RFC 9110, section 14.5. */
    @Test
    void replacementByAPartIsRefused() {
        String location = api.send("POST", "/v1/customers", ADA).field("Location").orElseThrow();

        Reply reply = api.send(
                "PUT",
                location,
                "{\"name\":\"Ada King\",\"email\":\"ada@example.com\"}",
                "Content-Range: bytes 0-45/100");

        assertEquals(400, reply.status());
        assertEquals("Ada Lovelace", api.call("GET", location).json().get("name"));
    }

    @Test
    void patchChangesWhatItNames() {
        String location = api.send("POST", "/v1/customers", ADA).field("Location").orElseThrow();

        Reply reply = api.send(
                "PATCH",
                location,
                "{\"phone\":null,\"address\":{\"city\":\"Bath\",\"postal_code\":null},\"metadata\":{\"tier\":null,\"a\":\"b\"}}");

        assertEquals(200, reply.status(), reply.text());
        Map<String, Object> customer = reply.json();
        assertEquals("Ada Lovelace", customer.get("name"));
        assertEquals(null, customer.get("phone"));
        assertEquals(Map.of("a", "b"), customer.get("metadata"));
        Map<?, ?> address = (Map<?, ?>) customer.get("address");
        assertEquals("Bath", address.get("city"));
        assertEquals(null, address.get("postal_code"));
        assertEquals("12 St James's Square", address.get("line1"));
    }

    @Test
    void emptyPatchChangesNothing() {
        String location = api.send("POST", "/v1/customers", ADA).field("Location").orElseThrow();

        assertEquals(Optional.of("\"1\""), api.send("PATCH", location, "{}").field("ETag"));
    }

    @Test
    void patchedAddressCanGoAltogether() {
        String location = api.send("POST", "/v1/customers", ADA).field("Location").orElseThrow();

        assertEquals(null, api.send("PATCH", location, "{\"address\":null}").json().get("address"));
    }

    @Test
    void patchMustBeAMergePatch() {
        String id = api.create("Ada", "ada@example.com");

        Reply reply = api.call("PATCH", "/v1/customers/" + id, "Content-Type: application/json");

        assertEquals(415, reply.status());
        assertEquals(Optional.of("application/merge-patch+json"), reply.field("Accept-Patch"));
    }

    @Test
    void changeOfAnotherVersionIsRefused() {
        String id = api.create("Ada", "ada@example.com");

        for (String tags : List.of("\"2\"", "W/\"1\"", "\"x\"", "\"2\", \"3\"")) {
            Reply reply = api.send("PATCH", "/v1/customers/" + id, "{\"name\":\"Eve\"}", "If-Match: " + tags);

            assertEquals(412, reply.status(), tags);
            assertEquals("/problems/version-mismatch", reply.problem());
        }
    }

    @Test
    void changeOfTheNamedVersionIsMade() {
        String id = api.create("Ada", "ada@example.com");

        assertEquals(
                200, api.send("PATCH", "/v1/customers/" + id, "{\"name\":\"A\"}", "If-Match: \"1\"").status());
        assertEquals(
                200, api.send("PATCH", "/v1/customers/" + id, "{\"name\":\"B\"}", "If-Match: \"9\", \"2\"").status());
        assertEquals(200, api.send("PATCH", "/v1/customers/" + id, "{\"name\":\"C\"}", "If-Match: *").status());
    }

    @Test
    void ifMatchMustBeWellFormed() {
        String id = api.create("Ada", "ada@example.com");

        for (String tags : List.of("1", "\"1", "\"1\" \"2\"", ",")) {
            Reply reply = api.send("PATCH", "/v1/customers/" + id, "{}", "If-Match: " + tags);

            assertEquals(400, reply.status(), tags);
            assertEquals(List.of("If-Match"), reply.pointers());
        }
    }

    @Test
    void ifMatchIsRequiredWhereConfigured() {
        try (var strict = new RunningApi(RunningApi.settings().withIfMatchRequired())) {
            String id = strict.create("Ada", "ada@example.com");

            assertEquals(428, strict.send("PATCH", "/v1/customers/" + id, "{}").status());
            assertEquals(428, strict.call("DELETE", "/v1/customers/" + id).status());
            assertEquals(204, strict.call("DELETE", "/v1/customers/" + id, "If-Match: \"1\"").status());
        }
    }

    @Test
    void erasedCustomerIsGone() {
        String id = api.create("Ada", "ada@example.com");

        Reply erased = api.call("DELETE", "/v1/customers/" + id);

        assertEquals(204, erased.status());
        assertEquals(Optional.empty(), erased.field("Content-Length"));
        assertEquals(404, api.call("DELETE", "/v1/customers/" + id).status());
        assertEquals(404, api.call("GET", "/v1/customers/" + id).status());
    }

    @Test
    void headAnswersLikeGetWithoutBody() {
        String id = api.create("Ada", "ada@example.com");

        Reply get = api.call("GET", "/v1/customers/" + id);
        Reply head = api.call("HEAD", "/v1/customers/" + id);

        assertEquals(200, head.status());
        assertEquals(get.field("Content-Length"), head.field("Content-Length"));
        assertEquals(get.field("ETag"), head.field("ETag"));
    }

    @Test
    void connectionGoesOnAfterAnAnswerWithoutBody() {
        String id = api.create("Ada", "ada@example.com");
        try (Connection connection = api.connect()) {
            Reply head = connection.send(api.request("HEAD", "/v1/customers/" + id, "")).read(true);
            Reply options = connection.send(api.request("OPTIONS", "/v1/customers", "")).read();
            Reply unchanged = connection.send(
                    api.request("GET", "/v1/customers/" + id, "", "If-None-Match: \"1\"")).read();
            Reply erased = connection.send(api.request("DELETE", "/v1/customers/" + id, "")).read();
            Reply get = connection.send(api.request("GET", "/health/live", "")).read();

            assertEquals(
                    List.of(200, 204, 304, 204, 200),
                    List.of(head.status(), options.status(), unchanged.status(), erased.status(), get.status()));
        }
    }

    @Test
    void optionsNameTheMethods() {
        Reply reply = api.call("OPTIONS", "/v1/customers/0192f0c1-7c5e-7d42-9d3c-2f9f3a1b5c6d");

        assertEquals(204, reply.status());
        assertEquals(Optional.of("GET, HEAD, PUT, PATCH, DELETE, OPTIONS"), reply.field("Allow"));
    }

    @Test
    void otherMethodsAreNotAllowed() {
        for (String method : List.of("DELETE", "PUT", "TRACE", "BREW")) {
            Reply reply = api.call(method, "/v1/customers");

            assertEquals(405, reply.status(), method);
            assertEquals("/problems/method-not-allowed", reply.problem());
            assertEquals(Optional.of("GET, HEAD, POST, OPTIONS"), reply.field("Allow"));
        }
    }

    @Test
    void otherFormsAreNotAcceptable() {
        String id = api.create("Ada", "ada@example.com");

        Reply reply = api.call("GET", "/v1/customers/" + id, "Accept: text/csv, application/json;q=0");

        assertEquals(406, reply.status());
        assertEquals("/problems/not-acceptable", reply.problem());
    }

    @Test
    void fallbackFormIsAcceptable() {
        String id = api.create("Ada", "ada@example.com");

        assertEquals(
                200, api.call("GET", "/v1/customers/" + id, "Accept: text/csv, application/*;q=0.1").status());
    }

    @Test
    void everyAnswerHasAnIdOfItsOwn() {
        Optional<String> first = api.call("GET", "/nowhere").field("X-Request-Id");
        Optional<String> second = api.call("GET", "/nowhere").field("X-Request-Id");

        assertTrue(first.isPresent());
        assertNotEquals(first, second);
    }

    @Test
    void validRequestIdIsKept() {
        Reply reply = api.call("GET", "/nowhere", "X-Request-Id: abc.DEF_1-2");

        assertEquals(Optional.of("abc.DEF_1-2"), reply.field("X-Request-Id"));
        assertEquals("abc.DEF_1-2", reply.json().get("instance"));
    }

    @Test
    void invalidRequestIdIsReplaced() {
        for (String id : List.of("a b", "a/b", "ä", "x".repeat(129))) {
            assertNotEquals(
                    Optional.of(id), api.call("GET", "/nowhere", "X-Request-Id: " + id).field("X-Request-Id"));
        }
    }
}
