package customerservice.testbed;

import static customerservice.testbed.TokenForge.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import customerservice.domain.identity.Role;
import customerservice.testsupport.Await;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who gets in where: every operation of the running service, with every kind of caller. */
final class AccessMatrixTest {

    /** The contract's table, written down once more so that a mistake in the service's own is found. */
    private static final Map<Role, Set<String>> SCOPES = Map.of(
            Role.ADMIN,
            Set.of("customers:read", "customers:write", "customers:delete", "users:admin", "audit:read"),
            Role.OPERATOR,
            Set.of("customers:read", "customers:write"),
            Role.VIEWER,
            Set.of("customers:read"));

    /** All that may be used without a token. An operation that is to be public has to be named here. */
    private static final Set<String> PUBLIC = Set.of(
            "POST /v1/auth/login", "POST /oauth/token", "POST /oauth/revoke", "POST /oauth/introspect",
            "GET /.well-known/oauth-authorization-server", "GET /.well-known/jwks.json", "GET /health/live",
            "GET /health/ready", "GET /health/deep", "GET /openapi.yaml", "GET /openapi.json", "GET /", "GET /docs",
            "GET /docs/{file}", "GET /problems/{type}");

    /** All that people may use for themselves without the scope. */
    private static final Set<String> OWN = Set.of("POST /v1/users/{id}/password");

    private static final String NOBODY = "0192f0c1-0000-7000-8000-000000000000";
    private static final String CHALLENGE = "Bearer realm=\"customer-service\"";

    private static TestDatabase database;
    private static ServiceInstance service;
    private static List<Operation> operations;
    private static String token;
    private static String customer;
    private static String user;
    private static String account;
    private static String untouched;
    private static final List<Caller> CALLERS = new ArrayList<>();

    /**
     * @param authorization the header field, if there is one
     * @param scopes that the token really gives; empty if the token is no good
     */
    private record Caller(String name, Optional<String> authorization, Optional<Set<String>> scopes) {

        boolean may(Operation operation) {
            return operation.scope().isEmpty()
                    || scopes.map(scope -> scope.contains(operation.scope().get())).orElse(false);
        }
    }

    @BeforeAll
    static void start() {
        database = Testbed.shared().newDatabase();
        service = Testbed.shared().serve(database, Map.of("limits.expensive_rate", "100000"));
        operations = Operation.declaredBy(service.address());
        ApiClient admin = Testbed.shared().client(service.address(), Role.ADMIN);
        token = admin.token().orElseThrow();
        customer = last(admin.post("/v1/customers", "{\"name\":\"Ada\",\"email\":\"ada@example.com\"}"));
        user = last(
                admin.post(
                        "/v1/users",
                        "{\"username\":\"grace\",\"role\":\"viewer\",\"password\":\"blue kettle of tea\"}"));
        account = last(admin.post("/v1/service-accounts", "{\"name\":\"any\",\"scopes\":[\"audit:read\"]}"));
        addInvalid();
        addRevoked(admin);
        addValid(admin);
        untouched = everything();
    }

    private static String last(Answer answer) {
        String location = answer.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static void addInvalid() {
        TokenForge forge = TokenForge.of(Testbed.shared().credentials().signingKeys());
        Map<String, Object> header = TokenForge.part(token, 0);
        Map<String, Object> claims = TokenForge.part(token, 1);
        long now = System.currentTimeMillis() / 1_000;
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("garbage", "garbage");
        tokens.put("expired", forge.rs256(header, with(claims, "exp", now - 60)));
        tokens.put("not yet valid", forge.rs256(header, with(claims, "nbf", now + 600)));
        tokens.put("wrong audience", forge.rs256(header, with(claims, "aud", "another-service")));
        tokens.put("wrong issuer", forge.rs256(header, with(claims, "iss", "another-issuer")));
        tokens.put("another type", forge.rs256(with(header, "typ", "JWT"), claims));
        tokens.put("no type", forge.rs256(with(header, "typ", null), claims));
        tokens.put("no scope claim", forge.rs256(header, with(claims, "scope", null)));
        tokens.put("unknown key", TokenForge.ofAttacker().rs256(with(header, "kid", "unknown"), claims));
        tokens.put("another's signature", TokenForge.ofAttacker().rs256(header, claims));
        tokens.put("refresh token", refreshToken());
        CALLERS.add(new Caller("no token", Optional.empty(), Optional.empty()));
        tokens.forEach((name, invalid) -> CALLERS.add(
                new Caller(name, Optional.of("Bearer " + invalid), Optional.empty())));
        Map.of("no scopes", "", "unknown scopes", "customers root", "scopes in capitals", "USERS:ADMIN CUSTOMERS:READ",
                "scopes with commas", "customers:read,customers:write,customers:delete,users:admin,audit:read",
                "scopes with stars", "* customers:* users:*")
                .forEach((name, scope) -> CALLERS.add(
                        new Caller(
                                name, Optional.of("Bearer " + forge.rs256(header, with(claims, "scope", scope))),
                                Optional.of(Set.of()))));
    }

    /** Those who could administer a moment before, with the tokens that they had. */
    private static void addRevoked(ApiClient admin) {
        Map<String, Function<String, Answer>> ends = Map.of(
                "deactivated", path -> admin.patch(path, "{\"active\":false}"),
                "demoted", path -> admin.patch(path, "{\"role\":\"viewer\"}"),
                "reset", path -> admin.post(path + "/password", "{\"password\":\"green kettle of tea\"}"),
                "removed", admin::delete);
        ends.forEach((name, end) -> {
            String credentials = "{\"username\":\"" + name + "\",\"password\":\"blue kettle of tea\"";
            String path = admin.post("/v1/users", credentials + ",\"role\":\"admin\"}").header("Location");
            Answer tokens = ApiClient.anonymous(service.address()).post("/v1/auth/login", credentials + "}");
            addRevoked("administrator who was " + name, tokens.string("access_token"), path, end);
        });
        String issued = tokenOfServiceAccount(admin, "removed", SCOPES.get(Role.ADMIN));
        String path = "/v1/service-accounts/" + TokenForge.part(issued, 1).get("sub");
        addRevoked("service account that was removed", issued, path, admin::delete);
    }

    private static void addRevoked(String name, String issued, String path, Function<String, Answer> end) {
        ApiClient revoked = ApiClient.withToken(service.address(), issued);
        assertEquals(200, revoked.get(path).status());
        assertTrue(end.apply(path).status() < 300);
        // Until the change is told, at most the lease of the cache.
        Await.until(name + " is refused", () -> revoked.get("/v1/users").status() == 401);
        CALLERS.add(new Caller(name, Optional.of("Bearer " + issued), Optional.empty()));
    }

    private static String refreshToken() {
        return ApiClient.anonymous(service.address())
                .post(
                        "/v1/auth/login",
                        "{\"username\":\"admin\",\"password\":\"" + Testbed.shared().password() + "\"}")
                .string("refresh_token");
    }

    private static void addValid(ApiClient admin) {
        SCOPES.forEach((role, scopes) -> CALLERS.add(
                new Caller(
                        role.label(),
                        Optional.of("Bearer " + Testbed.shared().client(service.address(), role).token().orElseThrow()),
                        Optional.of(scopes))));
        for (String scope : SCOPES.get(Role.ADMIN)) {
            Set<String> others = new TreeSet<>(SCOPES.get(Role.ADMIN));
            others.remove(scope);
            CALLERS.add(serviceAccount(admin, "only " + scope, Set.of(scope)));
            CALLERS.add(serviceAccount(admin, "all but " + scope, others));
        }
    }

    private static Caller serviceAccount(ApiClient admin, String name, Set<String> scopes) {
        return new Caller(
                "service account with " + name, Optional.of("Bearer " + tokenOfServiceAccount(admin, name, scopes)),
                Optional.of(scopes));
    }

    private static String tokenOfServiceAccount(ApiClient admin, String name, Set<String> scopes) {
        Answer added = admin.post(
                "/v1/service-accounts",
                Json.write(
                        Map.of("name", name.replaceAll("[ :]", "-"), "scopes", List.copyOf(scopes))));
        Answer issued = ApiClient.anonymous(service.address()).form(
                "/oauth/token",
                Map.of("grant_type", "client_credentials", "client_id", added.string("client_id"), "client_secret",
                        added.string("client_secret")));
        return issued.string("access_token");
    }

    /** One that is not described at all is found by the test of the document, which knows the table of routes. */
    @Test
    void describedOperationsAreThoseThatTheServiceAllows() {
        operations.stream().collect(Collectors.groupingBy(Operation::template)).forEach((template, here) -> {
            Answer options = call("OPTIONS", here.getFirst().path(NOBODY), Optional.empty());
            Set<String> described = here.stream().map(Operation::method).collect(Collectors.toCollection(TreeSet::new));
            described.add("OPTIONS");
            assertEquals(described, new TreeSet<>(List.of(options.header("Allow").split(", ?", -1))), template);
        });
    }

    @Test
    void nothingIsPublicButWhatIsNamedHere() {
        assertEquals(PUBLIC, named(operation -> operation.scope().isEmpty()));
        assertEquals(OWN, named(Operation::own));
    }

    private static Set<String> named(java.util.function.Predicate<Operation> which) {
        return operations.stream()
                .filter(operation -> !operation.method().equals("HEAD"))
                .filter(which)
                .map(Operation::toString)
                .collect(Collectors.toSet());
    }

    @TestFactory
    Stream<DynamicNode> everyCallerAtEveryOperation() {
        return operations.stream().map(operation -> dynamicContainer(
                operation.toString(),
                Stream.concat(
                        CALLERS.stream().map(caller -> caller.may(operation)
                                ? dynamicTest(caller.name() + " is let in", () -> isLetIn(operation, caller))
                                : dynamicTest(caller.name() + " is refused", () -> isRefused(operation, caller))),
                        Stream.of(nothingHasChanged()))));
    }

    /** An empty request for what is not there: nearly always an error, but not one of access. */
    private static void isLetIn(Operation operation, Caller caller) {
        Answer answer = call(operation.method(), operation.path(NOBODY), caller.authorization());
        assertTrue(answer.status() != 401 && answer.status() != 403 && answer.status() < 500, answer::toString);
        assertEquals("", answer.header("WWW-Authenticate"));
    }

    private static void isRefused(Operation operation, Caller caller) {
        Answer there = call(operation.method(), operation.path(existing(operation)), caller.authorization());
        Answer nowhere = call(operation.method(), operation.path(NOBODY), caller.authorization());
        checkRefusal(operation, caller, there);
        assertEquals(there.status(), nowhere.status());
        assertEquals(there.text(), nowhere.text(), "tells what is there");
    }

    private static void checkRefusal(Operation operation, Caller caller, Answer answer) {
        boolean head = operation.method().equals("HEAD");
        if (caller.scopes().isPresent()) {
            String scope = operation.scope().orElseThrow();
            assertEquals(403, answer.status(), answer::toString);
            assertEquals(
                    CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + scope + "\"",
                    answer.header("WWW-Authenticate"));
            assertTrue(head || answer.string("type").equals("/problems/insufficient-scope"), answer::toString);
            assertTrue(head || answer.string("detail").contains(scope), answer::toString);
        } else {
            assertEquals(401, answer.status(), answer::toString);
            assertEquals(
                    caller.authorization().isPresent() ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE,
                    answer.header("WWW-Authenticate"));
            assertTrue(head || answer.string("type").equals("/problems/unauthorized"), answer::toString);
        }
    }

    /** Users and service accounts are in the audit trail too, and their ids look like a customer's. */
    @TestFactory
    Stream<DynamicNode> historyIsOfCustomersAlone() {
        Operation history = operations.stream()
                .filter(operation -> operation.toString().equals("GET /v1/customers/{id}/history"))
                .findFirst()
                .orElseThrow();
        return CALLERS.stream()
                .filter(caller -> caller.may(history))
                .map(caller -> dynamicContainer(
                        caller.name(),
                        Map.of("customer", customer, "user", user, "service account", account, "nobody", NOBODY)
                                .entrySet()
                                .stream()
                                .map(subject -> dynamicTest(
                                        subject.getKey(),
                                        () -> assertEquals(
                                                subject.getKey().equals("customer") ? 200 : 404,
                                                call("GET", history.path(subject.getValue()), caller.authorization())
                                                        .status())))));
    }

    private static DynamicNode nothingHasChanged() {
        return dynamicTest("nothing has changed", () -> assertEquals(untouched, everything()));
    }

    private static String existing(Operation operation) {
        return operation.template().startsWith("/v1/users")
                ? user
                : operation.template().startsWith("/v1/service-accounts") ? account : customer;
    }

    /** Of every table. */
    private static String everything() {
        return database.value("""
                select string_agg(table_name || ' ' || (xpath('//r/text()', query_to_xml(
                    'select md5(string_agg(t::text, chr(10) order by t::text)) as r from ' || quote_ident(table_name)
                    || ' t', false, true, '')))[1]::text, chr(10) order by table_name)
                from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
                  and table_name <> 'change_outbox'
                """).orElseThrow();
    }

    /**
     * Neither a body that is no JSON, nor one that does not come, is waited for or looked at before the token; only one that
     * is announced to be above the limit, which is everybody's, is refused before all else.
     */
    @TestFactory
    Stream<DynamicNode> bodyOfWhoeverIsRefusedIsNotLookedAt() {
        List<Caller> refused = CALLERS.stream()
                .filter(caller -> Set.of("no token", "expired", "no scopes").contains(caller.name()))
                .toList();
        return operations.stream()
                .filter(operation -> operation.scope().isPresent() && !operation.method().equals("HEAD"))
                .map(operation -> dynamicContainer(
                        operation.toString(),
                        refused.stream().map(caller -> dynamicTest(caller.name(), () -> {
                            String path = operation.path(existing(operation)) + "?unknown=1&limit=x";
                            checkRefusal(operation, caller, raw(operation.method(), path, caller,
                                    "Content-Type: application/json\r\nContent-Length: 3\r\n", "{\"n"));
                            checkRefusal(operation, caller, raw(operation.method(), path, caller,
                                    "Content-Type: application/json\r\nContent-Length: 65536\r\n", ""));
                            checkRefusal(operation, caller, raw(operation.method(), path, caller,
                                    "Accept: image/png\r\nTransfer-Encoding: chunked\r\n", "7fffffff\r\n{"));
                        }))));
    }

    private static Answer raw(String method, String target, Caller caller, String fields, String body)
            throws IOException {
        try (var connection = new RawConnection(service.address())) {
            connection.send(method + " " + target + " HTTP/1.1\r\nHost: a\r\nX-Request-Id: r\r\n"
                    + caller.authorization().map(value -> "Authorization: " + value + "\r\n").orElse("") + fields
                    + "\r\n" + body);
            return connection.answer();
        }
    }

    /** However the path is written, nobody gets to what wants a token, and nothing breaks. */
    @TestFactory
    Stream<DynamicNode> noSpellingOfAPathGetsAround() {
        return operations.stream()
                .filter(operation -> operation.scope().isPresent() && !operation.method().equals("HEAD"))
                .map(operation -> dynamicContainer(
                        operation.toString(),
                        Stream.concat(
                                spellings(operation.path(existing(operation))).stream()
                                        .map(target -> dynamicTest(target.replace(token, "TOKEN"), () -> {
                                            Answer answer = raw(
                                                    operation.method(), target, CALLERS.getFirst(), "", "");
                                            assertTrue(
                                                    Set.of(400, 401, 404, 405).contains(answer.status()),
                                                    answer::toString);
                                        })),
                                Stream.of(nothingHasChanged()))));
    }

    private static List<String> spellings(String path) {
        String rest = path.substring("/v1/".length());
        return List.of(
                path + "?", path + "?access_token=" + token, "/" + path, path + "/", path + "//", "/v1//" + rest,
                "/v1/./" + rest, "/v1/x/../" + rest, "/health/../v1/" + rest, "/health/live/../../v1/" + rest,
                "/v1/%2e/" + rest, "/v1/x/%2e%2e/" + rest, "/docs/%2e%2e/v1/" + rest, "/docs/..%2fv1%2f" + rest,
                "/v1%2f" + rest, "/%76%31/" + rest, "/V1/" + rest, path.toUpperCase(java.util.Locale.ROOT),
                path + ";a=b", "/v1;a=b/" + rest, "/health/live;/../../v1/" + rest, path + "%00", path + "%20",
                path + "%0d%0aX:1", path + ".json", path + "%3f", "/v1\\" + rest, "/v1/%c0%ae/" + rest,
                "http://a" + path, "https://b.example" + path, "http://a/health/live/../.." + path, "*", "//a" + path);
    }

    @TestFactory
    Stream<DynamicNode> noOtherMethodGetsAround() {
        Set<String> known = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT",
                "get", "Post", "DELETE%20", "PROPFIND", "QUERY", "X", "__proto__");
        Map<String, List<Operation>> byTemplate = operations.stream().filter(
                operation -> operation.scope().isPresent()).collect(Collectors.groupingBy(Operation::template));
        return byTemplate.entrySet().stream().map(entry -> dynamicContainer(
                entry.getKey(),
                known.stream().map(method -> dynamicTest(method, () -> {
                    Answer answer = raw(method, entry.getValue().getFirst().path(
                            existing(entry.getValue().getFirst())), CALLERS.getFirst(), "Connection: close\r\n", "");
                    boolean has = entry.getValue().stream()
                            .anyMatch(operation -> operation.method().equals(method));
                    Set<Integer> expected = has
                            ? Set.of(401)
                            : method.equals("OPTIONS") ? Set.of(204) : Set.of(400, 405, 501);
                    assertTrue(expected.contains(answer.status()), answer::toString);
                }))));
    }

    @Test
    void fieldsThatNameAnotherMethodOrPathAreNotHeeded() {
        Caller viewer = CALLERS.stream().filter(caller -> caller.name().equals("viewer")).findFirst().orElseThrow();
        String path = "/v1/customers/" + customer;
        for (String name : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            assertEquals(200, call("GET", path, viewer.authorization(), name, "DELETE").status(), name);
            assertEquals(405, call("POST", path, viewer.authorization(), name, "DELETE").status(), name);
        }
        for (String name : List.of("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Path")) {
            Answer live = call("GET", "/health/live", Optional.empty(), name, path);
            assertEquals("UP", live.string("status"), name);
            assertEquals(401, call("GET", path, Optional.empty(), name, "/health/live").status(), name);
        }
        assertEquals(200, call("GET", path, viewer.authorization()).status());
    }

    @Test
    void callersOfBothKindsAreThere() {
        assertEquals(
                Set.of(true, false),
                operations.stream().map(operation -> CALLERS.getLast().may(operation)).collect(Collectors.toSet()));
        assertFalse(operations.size() < 30, operations::toString);
    }

    private static Answer call(String method, String path, Optional<String> authorization, String... fields) {
        List<String> headers = new ArrayList<>(List.of("X-Request-Id", "r"));
        headers.addAll(List.of(fields));
        authorization.ifPresent(value -> headers.addAll(List.of("Authorization", value)));
        return ApiClient.anonymous(service.address())
                .send(method, path, BodyPublishers.noBody(), headers.toArray(String[]::new));
    }
}
