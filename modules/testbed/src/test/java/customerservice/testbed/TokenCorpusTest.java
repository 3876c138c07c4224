package customerservice.testbed;

import static customerservice.testbed.TokenForge.with;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that must not be taken (RFC 8725), each at every route that wants one. */
final class TokenCorpusTest {

    private static final String CUSTOMER = "{\"name\":\"A\",\"email\":\"token-corpus@example.com\"}";

    private static TestDatabase database;
    private static ServiceInstance service;
    private static TokenForge forge;
    private static String good;
    private static Map<String, Object> header;
    private static Map<String, Object> claims;
    private static List<ProtectedRoute> routes;
    private static Map<String, String> corpus;

    private record ProtectedRoute(String method, String path, String mediaType, String body, String scope) {}

    @BeforeAll
    static void start() {
        database = Testbed.shared().newDatabase();
        service = Testbed.shared().serve(database);
        forge = TokenForge.of(Testbed.shared().credentials().signingKeys());
        ApiClient admin = Testbed.shared().client(service.address(), Role.ADMIN);
        good = admin.token().orElseThrow();
        header = TokenForge.part(good, 0);
        claims = TokenForge.part(good, 1);
        corpus = corpus();
        String item = admin.post("/v1/customers", "{\"name\":\"B\",\"email\":\"b@example.com\"}").header("Location");
        routes = List.of(
                new ProtectedRoute("GET", "/v1/customers", "", "", "customers:read"),
                new ProtectedRoute("POST", "/v1/customers", "application/json", CUSTOMER, "customers:write"),
                new ProtectedRoute("GET", item, "", "", "customers:read"),
                new ProtectedRoute("HEAD", item, "", "", "customers:read"),
                new ProtectedRoute("PUT", item, "application/json", CUSTOMER, "customers:write"),
                new ProtectedRoute("PATCH", item, "application/merge-patch+json", "{\"name\":\"C\"}",
                        "customers:write"),
                new ProtectedRoute("GET", item + "/history", "", "", "customers:read"),
                new ProtectedRoute("DELETE", item, "", "", "customers:delete"));
    }

    /** What the corpus is made from is itself taken: otherwise everything below would prove nothing. */
    @Test
    void theTokensThatTheForgeMakesAreTaken() {
        assertEquals(200, call(routes.getFirst(), "Bearer " + forge.rs256(header, claims)).status());
        assertEquals(
                200,
                call(routes.getFirst(), "Bearer " + forge.rs256(header, with(claims, "exp", now() + 60))).status());
    }

    static Stream<String> faults() {
        return corpus.keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isRefusedEverywhere(String name) {
        String authorization = corpus.get(name);
        List<Executable> checks = new ArrayList<>();
        for (ProtectedRoute route : routes) {
            Answer answer = call(route, authorization);
            String what = name + " at " + route.method() + " " + route.path() + ": " + answer;
            checks.add(() -> assertEquals(401, answer.status(), what));
            checks.add(() -> assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer"), what));
            checks.add(() -> assertEquals("application/problem+json", answer.header("Content-Type"), what));
            if (!route.method().equals("HEAD")) {
                checks.add(() -> assertEquals("/problems/unauthorized", answer.string("type"), what));
            }
        }
        assertAll(checks);
        assertEquals(1, database.number("select count(*) from customers"));
        assertEquals(1, database.number("select max(version) from customers"));
    }

    /** What is sent as Authorization, by what is wrong with it; empty for no such field. */
    private static Map<String, String> corpus() {
        long now = now();
        TokenForge attacker = TokenForge.ofAttacker();
        String[] parts = good.split("\\.", -1);
        Map<String, Object> viewer = with(claims, "scope", "customers:read");
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("no token", "");
        tokens.put("another scheme", "Basic YWRtaW46YWRtaW4=");
        tokens.put("empty", "Bearer ");
        tokens.put("expired", bearer(header, with(claims, "exp", now - 3_600)));
        tokens.put("expired beyond the skew", bearer(header, with(claims, "exp", now - 40)));
        tokens.put("without an end", bearer(header, with(claims, "exp", null)));
        tokens.put("ends at no number", bearer(header, with(claims, "exp", "tomorrow")));
        tokens.put("not yet valid", bearer(header, with(claims, "nbf", now + 3_600)));
        tokens.put("wrong issuer", bearer(header, with(claims, "iss", "https://attacker.example.com")));
        tokens.put("no issuer", bearer(header, with(claims, "iss", null)));
        tokens.put("wrong audience", bearer(header, with(claims, "aud", List.of("another-service"))));
        tokens.put("no audience", bearer(header, with(claims, "aud", null)));
        tokens.put("no subject", bearer(header, with(claims, "sub", null)));
        tokens.put("not an access token", bearer(with(header, "typ", "JWT"), claims));
        tokens.put("alg none", "Bearer " + TokenForge.unsigned(with(header, "alg", "none"), claims) + ".");
        tokens.put("alg None", "Bearer " + TokenForge.unsigned(with(header, "alg", "None"), claims) + ".");
        tokens.put(
                "alg none with a signature",
                "Bearer " + TokenForge.unsigned(with(header, "alg", "none"), claims) + "." + parts[2]);
        tokens.put("no signature", "Bearer " + parts[0] + "." + parts[1] + ".");
        tokens.put("two parts", "Bearer " + parts[0] + "." + parts[1]);
        tokens.put("HS256 with the public key", "Bearer " + forge.hs256WithPublicKey(header, claims, false));
        tokens.put("HS256 with the public key in PEM", "Bearer " + forge.hs256WithPublicKey(header, claims, true));
        tokens.put("signed by another key", "Bearer " + attacker.rs256(header, claims));
        tokens.put("another algorithm of the same key", bearer(with(header, "alg", "RS512"), claims));
        tokens.put("algorithm of another key", bearer(with(header, "alg", "ES256"), claims));
        tokens.put("no algorithm", bearer(with(header, "alg", null), claims));
        tokens.put("unknown kid", bearer(with(header, "kid", "unknown"), claims));
        tokens.put("no kid", bearer(with(header, "kid", null), claims));
        tokens.put("kid with a path", bearer(with(header, "kid", "../../../../../../etc/passwd"), claims));
        tokens.put("kid with SQL", bearer(with(header, "kid", "x' or '1'='1' --"), claims));
        tokens.put("unknown critical header", bearer(with(header, "crit", List.of("b64")), claims));
        tokens.put("tampered claims",
                "Bearer " + parts[0] + "." + TokenForge.base64(Json.write(viewer)) + "." + parts[2]);
        tokens.put("tampered signature", "Bearer " + parts[0] + "." + parts[1] + "." + flipped(parts[2]));
        tokens.put("opaque", "Bearer rt_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6");
        tokens.put("two signatures", "Bearer " + good + "." + parts[2]);
        tokens.put("two signatures in JSON",
                "Bearer {\"payload\":\"" + parts[1] + "\",\"signatures\":[{\"protected\":\""
                        + parts[0] + "\",\"signature\":\"" + parts[2] + "\"},{\"protected\":\"" + parts[0]
                        + "\",\"signature\":\""
                        + parts[2] + "\"}]}");
        tokens.put("two tokens", "Bearer " + good + ", Bearer " + good);
        tokens.put("claims that are no object", "Bearer " + parts[0] + "." + TokenForge.base64("[]") + "." + parts[2]);
        tokens.put("very long", "Bearer " + "a".repeat(6_000));
        return tokens;
    }

    private static String bearer(Map<String, Object> header, Map<String, Object> claims) {
        return "Bearer " + forge.rs256(header, claims);
    }

    private static String flipped(String signature) {
        char first = signature.charAt(0);
        return (first == 'A' ? 'B' : 'A') + signature.substring(1);
    }

    @Test
    void aRoleWithoutTheScopeIsForbidden() {
        for (Role role : List.of(Role.VIEWER, Role.OPERATOR)) {
            String token = Testbed.shared().client(service.address(), role).token().orElseThrow();
            for (ProtectedRoute route : routes) {
                boolean allowed = role.scopes().stream().anyMatch(scope -> scope.label().equals(route.scope()));
                if (allowed) {
                    continue;
                }
                Answer answer = call(route, "Bearer " + token);
                String what = role + " at " + route + ": " + answer;
                assertEquals(403, answer.status(), what);
                assertEquals("/problems/insufficient-scope", answer.string("type"), what);
                assertTrue(answer.string("detail").contains(route.scope()), what);
                assertTrue(answer.header("WWW-Authenticate").contains("scope=\"" + route.scope() + "\""), what);
            }
        }
        assertEquals(1, database.number("select max(version) from customers"));
    }

    private static Answer call(ProtectedRoute route, String authorization) {
        List<String> headers = new ArrayList<>();
        if (!authorization.isEmpty()) {
            headers.addAll(List.of("Authorization", authorization));
        }
        if (!route.mediaType().isEmpty()) {
            headers.addAll(List.of("Content-Type", route.mediaType()));
        }
        return ApiClient.anonymous(service.address()).send(
                route.method(),
                route.path(),
                route.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(route.body()),
                headers.toArray(String[]::new));
    }

    private static long now() {
        return System.currentTimeMillis() / 1_000;
    }
}
