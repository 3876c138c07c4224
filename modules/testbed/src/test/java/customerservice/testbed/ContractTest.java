package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a client may rely on, endpoint by endpoint. */
final class ContractTest {

    private static TestDatabase database;
    private static ServiceInstance service;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        database = Testbed.shared().newDatabase();
        service = Testbed.shared().serve(database);
        admin = Testbed.shared().client(service.address(), Role.ADMIN);
    }

    @Test
    void aCreatedCustomerIsWhatWasSentAndWhatIsReadAgain() {
        Answer created = admin.post("/v1/customers", """
                {"name":"  Ada Lovelace ","email":"ada@example.com","phone":"+441234567890","status":"suspended",
                 "address":{"line1":"12 St James's Square","city":"London","postal_code":"SW1Y 4JH","country":"GB"},
                 "metadata":{"tier":"gold"}}""");
        assertEquals(201, created.status(), created.toString());
        assertEquals("/v1/customers/" + created.string("id"), created.header("Location"));
        assertEquals("\"1\"", created.header("ETag"));
        assertEquals(
                List.of(
                        "id", "name", "email", "phone", "status", "address", "metadata", "version", "created_at",
                        "updated_at"),
                List.copyOf(created.json().keySet()));
        assertEquals("Ada Lovelace", created.string("name"));
        assertEquals("suspended", created.string("status"));
        assertEquals(1, created.number("version"));
        assertTrue(created.string("created_at").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        assertEquals(7, created.string("id").charAt(14) - '0', "UUID version");
        Answer read = admin.get(created.header("Location"));
        assertEquals(200, read.status());
        assertEquals(created.json(), read.json());
        assertEquals("application/json", read.header("Content-Type"));
    }

    @Test
    void anEmailAddressInUseIsRefusedWithoutSayingByWhom() {
        Answer first = create("Twin One", "twin@example.com");
        Answer second = admin.post("/v1/customers", body("Twin Two", "TWIN@example.com"));
        assertEquals(409, second.status());
        assertEquals("/problems/duplicate-email", second.string("type"));
        assertEquals("/email", second.objects("errors").getFirst().get("pointer"));
        assertFalse(second.text().contains(first.string("id")), second.text());
    }

    @Test
    void theClientsVersionIsNotSentAgain() {
        Answer customer = create("Cached", "cached@example.com");
        Answer again = admin.get(customer.header("Location"), "If-None-Match", customer.header("ETag"));
        assertEquals(304, again.status());
        assertEquals(customer.header("ETag"), again.header("ETag"));
        assertEquals(0, again.body().length);
    }

    @Test
    void aChangeOfAnotherVersionIsRefused() {
        Answer customer = create("Conditional", "conditional@example.com");
        String path = customer.header("Location");
        String body = body("Conditional, changed", "conditional@example.com");
        assertEquals(412, admin.put(path, body, "If-Match", "\"7\"").status());
        assertEquals(412, admin.patch(path, "{\"name\":\"x\"}", "If-Match", "\"7\"").status());
        assertEquals(412, admin.delete(path, "If-Match", "\"7\"").status());
        Answer changed = admin.put(path, body, "If-Match", "\"1\"");
        assertEquals(200, changed.status());
        assertEquals("\"2\"", changed.header("ETag"));
    }

    @Test
    void aReplacementRemovesWhatItLeavesOut() {
        Answer customer = admin.post(
                "/v1/customers",
                "{\"name\":\"Replaced\",\"email\":\"replaced@example.com\",\"phone\":\"+12025550100\",\"metadata\":{\"a\":\"b\"}}");
        Answer replaced = admin.put(customer.header("Location"), body("Replacement", "replaced@example.com"));
        assertEquals(200, replaced.status(), replaced.toString());
        assertEquals("Replacement", replaced.string("name"));
        assertEquals(null, replaced.json().get("phone"));
        assertEquals(Map.of(), replaced.json().get("metadata"));
        assertEquals(replaced.json(), admin.get(customer.header("Location")).json());
    }

    @Test
    void aMergePatchChangesWhatItNamesAndRemovesWhatItNulls() {
        Answer customer = admin.post("/v1/customers", """
                {"name":"Patched","email":"patched@example.com","phone":"+12025550100",
                 "metadata":{"stays":"1","goes":"2"}}""");
        Answer patched = admin.patch(
                customer.header("Location"),
                "{\"phone\":null,\"status\":\"closed\",\"metadata\":{\"goes\":null,\"comes\":\"3\"}}");
        assertEquals(200, patched.status(), patched.toString());
        assertEquals("Patched", patched.string("name"));
        assertEquals("closed", patched.string("status"));
        assertEquals(null, patched.json().get("phone"));
        assertEquals(Map.of("stays", "1", "comes", "3"), patched.json().get("metadata"));
    }

    @Test
    void aChangeByTheSameKeepsTheVersion() {
        Answer customer = create("Unchanged", "unchanged@example.com");
        Answer again = admin.put(customer.header("Location"), body("Unchanged", "unchanged@example.com"));
        assertEquals("\"1\"", again.header("ETag"));
    }

    @Test
    void historyTellsWhoChangedWhatNewestFirst() {
        Answer customer = create("Told", "told@example.com");
        String path = customer.header("Location");
        admin.patch(path, "{\"name\":\"Retold\"}", "X-Request-Id", "request-of-the-change");
        Answer history = admin.get(path + "/history");
        assertEquals(200, history.status(), history.toString());
        List<Map<String, Object>> items = history.objects("items");
        assertEquals(List.of(2L, 1L), items.stream().map(item -> item.get("version")).toList());
        assertEquals("customer.update", items.get(0).get("action"));
        assertEquals("request-of-the-change", items.get(0).get("request_id"));
        assertEquals(List.of("name"), items.get(0).get("fields"));
        assertTrue(history.text().contains("\"from\":\"Told\",\"to\":\"Retold\""), history.text());
        assertEquals("customer.create", items.get(1).get("action"));
        assertEquals(404, admin.get("/v1/customers/0192f0c1-0000-7000-8000-000000000000/history").status());
    }

    @Test
    void anErasedCustomersPersonalDataIsNowhere() {
        String secret = "zebra.quagga@example.com";
        Answer customer = admin.post(
                "/v1/customers",
                "{\"name\":\"Zebra Quagga\",\"email\":\"" + secret + "\",\"metadata\":{\"note\":\"likes quaggas\"}}",
                "Idempotency-Key", "erasure");
        String path = customer.header("Location");
        admin.patch(path, "{\"name\":\"Zebra Q. Quagga\"}");
        assertEquals(Set.of("customers", "customer_changes", "idempotency_keys"), tablesWith("quagga"));

        assertEquals(204, admin.delete(path).status());
        assertEquals(Set.of(), tablesWith("quagga"));
        assertEquals(404, admin.get(path).status());
        assertEquals(404, admin.delete(path).status());
        Answer history = admin.get(path + "/history");
        assertEquals(200, history.status());
        assertEquals("customer.erase", history.objects("items").getFirst().get("action"));
        assertEquals(3, history.objects("items").size());
        assertFalse(history.text().contains("uagga"), history.text());
    }

    /** Every table, each row as text. */
    private static Set<String> tablesWith(String text) {
        String tables = database.value("""
                select string_agg(quote_ident(table_name), ' ') from information_schema.tables
                where table_schema = 'public' and table_type = 'BASE TABLE'""").orElseThrow();
        return Stream.of(tables.split(" ", -1))
                .filter(table -> database.number(
                        "select count(*) from " + table + " t where t::text ilike '%" + text + "%'") > 0)
                .collect(Collectors.toSet());
    }

    @Test
    void aListIsPagedForwardAndBackwardWithoutLossOrRepetition() {
        for (int i = 0; i < 23; i++) {
            create("Paged " + i % 7, "paged-" + i + "@example.com");
        }
        for (String sort : List.of("created_at", "-created_at", "name", "-name")) {
            String truth = database.value("select string_agg(id::text, ' ' order by " + switch (sort) {
                case "created_at" -> "created_at, id";
                case "-created_at" -> "created_at desc, id desc";
                case "name" -> "name collate \"C\", id";
                default -> "name collate \"C\" desc, id desc";
            } + ") from customers").orElseThrow();
            var pages = new Pages(sort);
            assertEquals(truth, pages.forward(), sort);
            assertEquals(truth, pages.backward(), sort);
            assertTrue(pages.count > 3);
        }
    }

    /** Follows the cursors as a client does. */
    private static final class Pages {

        private final String first;
        private String last;
        private int count;

        Pages(String sort) {
            first = "/v1/customers?limit=5&sort=" + sort;
        }

        String forward() {
            var ids = new StringBuilder();
            for (String path = first; !path.isEmpty();) {
                Answer page = page(path);
                last = path;
                count++;
                page.objects("items").forEach(item -> ids.append(ids.isEmpty() ? "" : " ").append(item.get("id")));
                path = page.json().get("next") == null ? "" : first + "&after=" + page.string("next");
            }
            return ids.toString();
        }

        String backward() {
            var ids = new StringBuilder();
            for (String path = last; !path.isEmpty();) {
                Answer page = page(path);
                String here = page.objects("items").stream()
                        .map(item -> (String) item.get("id"))
                        .collect(Collectors.joining(" "));
                ids.insert(0, here + (ids.isEmpty() ? "" : " "));
                path = page.json().get("prev") == null ? "" : first + "&before=" + page.string("prev");
            }
            return ids.toString();
        }

        private static Answer page(String path) {
            Answer page = admin.get(path);
            assertEquals(200, page.status(), page.toString());
            return page;
        }
    }

    @Test
    void aListIsFiltered() {
        create("Filtered", "filtered@example.com");
        admin.post("/v1/customers", "{\"name\":\"Filtered out\",\"email\":\"out@example.com\",\"status\":\"closed\"}");
        Answer byEmail = admin.get("/v1/customers?email=FILTERED%40example.com");
        assertEquals(1, byEmail.objects("items").size(), byEmail.text());
        Answer closed = admin.get("/v1/customers?limit=200&status=closed");
        assertTrue(closed.objects("items").stream().allMatch(item -> item.get("status").equals("closed")));
        assertFalse(closed.objects("items").isEmpty());
        assertEquals(List.of(), admin.get("/v1/customers?created_to=2020-01-01T00:00:00Z").objects("items"));
    }

    @Test
    void aLargeAnswerIsCompressedForThoseWhoTakeIt() throws IOException {
        for (int i = 0; i < 20; i++) {
            create("Large " + i, "large-" + i + "@example.com");
        }
        Answer plain = admin.get("/v1/customers?limit=20&sort=created_at");
        Answer compressed = admin.get("/v1/customers?limit=20&sort=created_at", "Accept-Encoding", "gzip");
        assertEquals("gzip", compressed.header("Content-Encoding"));
        assertTrue(compressed.body().length < plain.body().length / 2);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertArrayEquals(plain.body(), in.readAllBytes());
        }
        assertTrue(compressed.header("Vary").toLowerCase(Locale.ROOT).contains("accept-encoding"));
    }

    @Test
    void headIsGetWithoutTheBody() {
        Answer customer = create("Headed", "headed@example.com");
        Answer get = admin.get(customer.header("Location"));
        Answer head = admin.send("HEAD", customer.header("Location"), BodyPublishers.noBody());
        assertEquals(200, head.status());
        assertEquals(0, head.body().length);
        for (String name : List.of("ETag", "Content-Type", "Content-Length", "Cache-Control")) {
            assertEquals(get.header(name), head.header(name), name);
        }
    }

    @Test
    void optionsAndWrongMethodsNameTheRightOnes() {
        Answer options = admin.send("OPTIONS", "/v1/customers", BodyPublishers.noBody());
        assertEquals(204, options.status());
        assertEquals(Set.of("GET", "HEAD", "POST", "OPTIONS"), allowed(options));
        Answer refused = admin.delete("/v1/customers");
        assertEquals(405, refused.status());
        assertEquals("application/problem+json", refused.header("Content-Type"));
        assertEquals(Set.of("GET", "HEAD", "POST", "OPTIONS"), allowed(refused));
    }

    private static Set<String> allowed(Answer answer) {
        return Set.of(answer.header("Allow").split(", ?", -1));
    }

    @Test
    void whatTheClientDoesNotTakeIsNotSent() {
        Answer refused = admin.get("/v1/customers", "Accept", "text/csv");
        assertEquals(406, refused.status());
        assertEquals("application/problem+json", refused.header("Content-Type"));
        assertEquals(200, admin.get("/v1/customers", "Accept", "application/*;q=0.5, text/csv").status());
    }

    @Test
    void aBodyOfAnotherMediaTypeIsNotRead() {
        Answer customer = create("Typed", "typed@example.com");
        Answer refused = admin.send(
                "PATCH", customer.header("Location"), BodyPublishers.ofString("{}"), "Content-Type",
                "application/json");
        assertEquals(415, refused.status());
        assertEquals("application/merge-patch+json", refused.header("Accept-Patch"));
    }

    @Test
    void everyAnswerCarriesARequestId() {
        assertEquals("mine-1", admin.get("/v1/customers", "X-Request-Id", "mine-1").header("X-Request-Id"));
        Answer missing = admin.get("/v1/nothing-here", "X-Request-Id", "mine-2");
        assertEquals(404, missing.status());
        assertEquals("mine-2", missing.string("instance"));
        Answer invalid = admin.get("/v1/customers", "X-Request-Id", "not \"valid\"");
        assertFalse(invalid.header("X-Request-Id").isEmpty());
        assertFalse(invalid.header("X-Request-Id").contains("valid"));
    }

    @Test
    void signingInGivesATokenAndNothingToKeep() {
        ApiClient anonymous = ApiClient.anonymous(service.address());
        Answer answer = anonymous.post(
                "/v1/auth/login",
                "{\"username\":\"viewer\",\"password\":\"" + Testbed.shared().password() + "\"}");
        assertEquals(200, answer.status());
        assertEquals("Bearer", answer.string("token_type"));
        assertEquals(900, answer.number("expires_in"));
        assertEquals("customers:read", answer.string("scope"));
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    @Test
    void wrongNameAndWrongPasswordAreTheSame() {
        ApiClient anonymous = ApiClient.anonymous(service.address());
        Answer wrongName = anonymous.post(
                "/v1/auth/login", "{\"username\":\"nobody\",\"password\":\"12345678\"}", "X-Request-Id", "same");
        Answer wrongPassword = anonymous.post(
                "/v1/auth/login", "{\"username\":\"viewer\",\"password\":\"12345678\"}", "X-Request-Id", "same");
        assertEquals(401, wrongName.status());
        assertEquals(401, wrongPassword.status());
        assertEquals(wrongName.text(), wrongPassword.text());
    }

    @Test
    void theSigningKeysArePublishedWithoutTheirPrivateHalves() {
        Answer keys = ApiClient.anonymous(service.address()).get("/.well-known/jwks.json");
        assertEquals(200, keys.status());
        Map<String, Object> key = keys.objects("keys").getFirst();
        assertEquals("RS256", key.get("alg"));
        for (String secret : List.of("d", "p", "q", "dp", "dq", "qi")) {
            assertFalse(key.containsKey(secret), secret);
        }
    }

    @Test
    void openApiAndDocsAreServedToEverybody() {
        ApiClient anonymous = ApiClient.anonymous(service.address());
        Answer document = anonymous.get("/openapi.yaml");
        assertEquals(200, document.status());
        assertTrue(document.text().startsWith("openapi: 3.1"), document.text());
        Answer docs = anonymous.get("/docs");
        assertEquals(200, docs.status());
        assertTrue(docs.header("Content-Type").startsWith("text/html"), docs.toString());
        assertFalse(docs.text().contains("//cdn"), "everything comes from here");
    }

    @Test
    void healthIsTold() {
        ApiClient anonymous = ApiClient.anonymous(service.address());
        for (String path : List.of("/health/live", "/health/ready", "/health/deep")) {
            Answer health = anonymous.get(path);
            assertEquals(200, health.status(), health.toString());
            assertEquals("UP", health.string("status"));
        }
    }

    @Test
    void metricsAreOnTheManagementListenerAlone() {
        assertEquals(404, ApiClient.anonymous(service.address()).get("/metrics").status());
        Answer metrics = ApiClient.anonymous(service.managementAddress()).get("/metrics");
        assertEquals(200, metrics.status());
        for (String name : List.of(
                "http_server_request_duration_seconds_bucket", "http_server_active_requests",
                "auth_tokens_issued_total", "hikaricp_connections", "caffeine_cache_", "jvm_", "process_",
                "customer_service_build_info")) {
            assertTrue(metrics.text().contains(name), name);
        }
        assertEquals(404, ApiClient.anonymous(service.managementAddress()).get("/v1/customers").status());
    }

    private static Answer create(String name, String email) {
        Answer answer = admin.post("/v1/customers", body(name, email));
        assertEquals(201, answer.status(), answer.toString());
        return answer;
    }

    private static String body(String name, String email) {
        return "{\"name\":" + Json.quote(name) + ",\"email\":" + Json.quote(email) + "}";
    }

    @Test
    void bytesThatAreNotAsciiComeBackAsTheyWere() {
        Answer created = create("Зоя Ωmega 李 🦓", "unicode@example.com");
        Answer read = admin.get(created.header("Location"));
        assertEquals("Зоя Ωmega 李 🦓", read.string("name"));
        assertTrue(new String(read.body(), StandardCharsets.UTF_8).contains("🦓"));
    }
}
