package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a run of the whole service leaves in the audit trail and in its log: who did what from where, and never a value
 * or a secret. Everything personal in it has the word quagga, or the number of this one's telephone.
 */
final class AuditTest {

    private static final String WORD = "quagga";
    private static final String NUMBER = "7700900123";
    private static final String PASSWORD = "quagga in the kettle";

    private static TestDatabase database;
    private static List<Map<String, Object>> trail;
    private static List<Map<String, Object>> stream;
    private static String log;
    private static String userId;

    @BeforeAll
    static void run() {
        database = Testbed.shared().newDatabase();
        Map<String, String> settings = Map.of(
                "log.format", "json", "log.level", "info", "log.levels", "customerservice=debug", "log.access", "true");
        try (ServiceProcess service = Testbed.shared().serveApart(database, settings)) {
            ApiClient admin = ApiClient.signIn(service.address(), "admin", Testbed.shared().password());
            useUsers(admin);
            useCustomers(admin);
            // Without those that made the database.
            trail = admin.get("/v1/audit?limit=200").objects("items").reversed().stream()
                    .filter(line -> !line.get("actor").equals("system"))
                    .toList();
            service.terminate();
            service.exitCode(Duration.ofSeconds(20));
            log = service.output();
        }
        stream = log.lines()
                .map(AuditTest::line)
                .filter(line -> "audit".equals(line.get("stream")))
                .toList();
    }

    @SuppressWarnings("unchecked") // every line is an object
    private static Map<String, Object> line(String json) {
        return (Map<String, Object>) Json.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void useUsers(ApiClient admin) {
        String path = expect(201, admin.post(
                "/v1/users",
                "{\"username\":\"quagga\",\"role\":\"operator\",\"password\":\"" + PASSWORD + "\"}"))
                .header("Location");
        userId = path.substring(path.lastIndexOf('/') + 1);
        ApiClient anonymous = ApiClient.anonymous(admin.address());
        expect(401, anonymous.post("/v1/auth/login", "{\"username\":\"quagga\",\"password\":\"no quagga\"}"));
        expect(401, anonymous.post("/v1/auth/login", "{\"username\":\"quagga2\",\"password\":\"no quagga\"}"));
        Answer signedIn = expect(200, anonymous.post(
                "/v1/auth/login", "{\"username\":\"quagga\",\"password\":\"" + PASSWORD + "\"}"));
        expect(200, anonymous.form(
                "/oauth/token",
                Map.of("grant_type", "refresh_token", "refresh_token", signedIn.string("refresh_token"))));
        expect(400, anonymous.form(
                "/oauth/token", Map.of("grant_type", "refresh_token", "refresh_token", "quagga")));
    }

    private static void useCustomers(ApiClient admin) {
        String customer = """
                {"name":"Zebra Quagga","email":"zebra@quagga.example","phone":"+447700900123",
                 "address":{"line1":"1 Quagga Street","city":"Quagga","region":"Quagga","postal_code":"QUAGGA",
                  "country":"GB"},
                 "metadata":{"quagga":"quagga"}}""";
        String path = expect(201, admin.post("/v1/customers", customer, "X-Request-Id", "the-creation"))
                .header("Location");
        expect(409, admin.post("/v1/customers", customer));
        expect(422, admin.post(
                "/v1/customers", "{\"name\":\"quagga\\u0000\",\"email\":\"quagga\",\"phone\":\"7700900123\"}"));
        expect(422, admin.post("/v1/customers", "{\"name\":\"quagga\",\"email\":\"q@example.com\",\"quagga\":1}"));
        expect(400, admin.post("/v1/customers", "{\"name\":\"quagga\""));
        expect(200, admin.get("/v1/customers?email=zebra@quagga.example"));
        expect(400, admin.get("/v1/customers?email=quagga&quagga=quagga"));
        expect(200, admin.patch(path, "{\"email\":\"other@quagga.example\",\"metadata\":{\"quagga\":\"2\"}}"));
        // A refusal that nobody has foreseen: the database's own message of it quotes the whole row.
        database.execute("alter table customers add constraint short check (length(name) < 20) not valid");
        expect(500, admin.patch(path, "{\"name\":\"Zebra Quagga the very long\"}"));
        expect(500,
                admin.post("/v1/customers", customer.replace("zebra@", "third@").replace("Zebra", "The very long")));
        database.execute("alter table customers drop constraint short");
        expect(204, admin.delete(path));
    }

    private static Answer expect(int status, Answer answer) {
        assertEquals(status, answer.status(), answer::toString);
        return answer;
    }

    private static String word(Map<String, Object> line) {
        return line.get("action") + " " + line.get("subject") + " " + line.get("fields") + " " + line.get("actor") + " "
                + line.get("request_id") + " " + line.get("source_address");
    }

    @Test
    void logHasTheSameLinesAsTheTrail() {
        assertEquals(
                String.join("\n", trail.stream().map(AuditTest::word).toList()),
                String.join("\n", stream.stream().map(AuditTest::word).toList()));
    }

    @Test
    void trailHasWhatWasDoneInOrder() {
        assertEquals(
                List.of(
                        "auth.sign_in", "user.create", "auth.sign_in_failed", "auth.sign_in_failed", "auth.sign_in",
                        "auth.token_refreshed", "customer.create", "customer.update", "customer.erase"),
                trail.stream().map(line -> line.get("action")).toList());
    }

    @Test
    void lineNamesActorAddressRequestAndFields() {
        Map<String, Object> creation = stream.stream()
                .filter(line -> line.get("action").equals("customer.create"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                database.value("select id from users where username = 'admin'").orElseThrow(), creation.get("actor"));
        assertEquals("the-creation", creation.get("request_id"));
        assertEquals("127.0.0.1", creation.get("source_address"));
        assertEquals(List.of("name", "email", "phone", "status", "address", "metadata"), creation.get("fields"));
    }

    @Test
    void failedSignInNamesTheUserButNotAnUnknownName() {
        assertEquals(
                List.of(userId, "unknown"),
                trail.stream()
                        .filter(line -> line.get("action").equals("auth.sign_in_failed"))
                        .map(line -> line.get("subject"))
                        .toList());
    }

    @Test
    void trailHasNoValue() {
        assertNone(trail.toString());
    }

    @Test
    void logHasNoValueAndNoSecret() {
        assertTrue(log.contains("\"level\":\"error\""), "the unforeseen refusal is in the log");
        log.lines().forEach(AuditTest::assertNone);
        assertFalse(log.contains(Testbed.shared().password()));
        assertFalse(log.contains("eyJ"), "the beginning of every token");
    }

    private static void assertNone(String text) {
        assertTrue(
                Stream.of(WORD, NUMBER).noneMatch(text.toLowerCase(Locale.ROOT)::contains), text);
    }

    @Test
    void filtersFindWhatSomebodyDidAndWhatWasDoneToSomebody() {
        ApiClient admin = Testbed.shared().client(Testbed.shared().serve(database).address(), Role.ADMIN);
        assertEquals(
                List.of("auth.token_refreshed", "auth.sign_in"),
                actions(admin.get("/v1/audit?actor=" + userId)));
        assertEquals(
                List.of("auth.token_refreshed", "auth.sign_in", "auth.sign_in_failed", "user.create"),
                actions(admin.get("/v1/audit?subject=" + userId)));
        assertEquals(
                actions(admin.get("/v1/audit?subject=" + userId)),
                actions(admin.get("/v1/audit?subject=" + userId.toUpperCase(Locale.ROOT))));
        assertEquals(
                List.of("customer.create"), actions(admin.get("/v1/audit?action=customer.create")));
        assertEquals(List.of(), actions(admin.get("/v1/audit?to=2026-01-01T00:00:00Z")));
    }

    private static List<Object> actions(Answer page) {
        return page.objects("items").stream().map(item -> item.get("action")).toList();
    }
}
