package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients get wrong, by accident or not, for every operation: a problem that names the field, and nothing stored. */
final class BadInputTest {

    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final int MANY = 70_000;
    private static final String NAMES_NO_FIELD = "";

    private static TestDatabase database;
    private static ServiceInstance service;
    private static ApiClient admin;
    private static String item;
    private static String cursor;

    /**
     * @param status exactly this one; 4 stands for any 4xx
     * @param field what one of the errors' pointers is, or {@link #NAMES_NO_FIELD}
     */
    record Case(String name, Supplier<Answer> call, int status, String field) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() {
        database = Testbed.shared().newDatabase();
        service = Testbed.shared().serve(database);
        admin = Testbed.shared().client(service.address(), Role.ADMIN);
        item = admin.post("/v1/customers", "{\"name\":\"Untouched\",\"email\":\"untouched@example.com\"}")
                .header("Location");
        admin.post("/v1/customers", "{\"name\":\"Second\",\"email\":\"second@example.com\"}");
        cursor = admin.get("/v1/customers?limit=1").string("next");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"bodies", "customers", "credentials", "queries", "paths", "headers", "wire"})
    void isRefusedAndChangesNothing(Case bad) {
        String before = stored();
        Answer answer = bad.call().get();
        String what = bad + ": " + answer;
        assertTrue(bad.status() == 4 ? answer.status() / 100 == 4 : answer.status() == bad.status(), what);
        assertEquals("application/problem+json", answer.header("Content-Type"), what);
        assertEquals(answer.status(), answer.number("status"), what);
        assertTrue(answer.string("type").startsWith("/problems/"), what);
        assertFalse(answer.header("X-Request-Id").isEmpty(), what);
        if (!bad.field().isEmpty()) {
            assertTrue(
                    answer.objects("errors").stream().anyMatch(error -> error.get("pointer").equals(bad.field())),
                    what);
        }
        assertEquals(before, stored(), what);
    }

    /** How many rows each table has, and how often customers were changed. Guesses at a password leave their trace. */
    private static String stored() {
        return database.value("""
                select concat_ws(' ', (select count(*) from customers), (select sum(version) from customers),
                  (select count(*) from audit_log where action not like 'auth.%'), (select count(*) from customer_changes),
                  (select count(*) from idempotency_keys), (select count(*) from users))""").orElseThrow();
    }

    /** An operation that takes a body, and a field that it knows. */
    private record Operation(String name, String method, String path, String mediaType, String field) {}

    private static List<Operation> operations() {
        return List.of(
                new Operation("create", "POST", "/v1/customers", JSON, "name"),
                new Operation("replace", "PUT", item, JSON, "name"),
                new Operation("amend", "PATCH", item, MERGE_PATCH, "name"),
                new Operation("login", "POST", "/v1/auth/login", JSON, "username"));
    }

    static Stream<Case> bodies() {
        List<Case> cases = new ArrayList<>();
        for (Operation to : operations()) {
            String f = to.field();
            cases.add(body(to, "empty", "", 400, NAMES_NO_FIELD));
            cases.add(body(to, "cut off", "{\"" + f + "\":\"a", 400, NAMES_NO_FIELD));
            cases.add(body(to, "no JSON", "name=Ada", 400, NAMES_NO_FIELD));
            cases.add(body(to, "an array", "[]", 422, NAMES_NO_FIELD));
            cases.add(body(to, "null", "null", 422, NAMES_NO_FIELD));
            cases.add(body(to, "a number", "42", 422, NAMES_NO_FIELD));
            cases.add(body(to, "two values", "{\"" + f + "\":\"a\"} {}", 400, NAMES_NO_FIELD));
            cases.add(body(to, "a comment", "{/* */\"" + f + "\":\"a\"}", 400, NAMES_NO_FIELD));
            cases.add(body(to, "a trailing comma", "{\"" + f + "\":\"a\",}", 400, NAMES_NO_FIELD));
            cases.add(body(to, "not a number", "{\"" + f + "\":NaN}", 400, NAMES_NO_FIELD));
            cases.add(body(to, "a name twice", "{\"" + f + "\":\"a\",\"" + f + "\":\"b\"}", 400, "/" + f));
            cases.add(body(to, "an unknown field", "{\"nick/name\":\"x\"}", 422, "/nick~1name"));
            cases.add(body(to, "a wrong type", "{\"" + f + "\":7}", 422, "/" + f));
            cases.add(body(to, "an object for a text", "{\"" + f + "\":{\"a\":1}}", 422, "/" + f));
            cases.add(body(to, "a huge number", "{\"" + f + "\":1e999999999}", 4, "/" + f));
            cases.add(body(to, "a long number", "{\"" + f + "\":" + "9".repeat(40_000) + "}", 4, "/" + f));
            cases.add(body(to, "arrays in arrays", "{\"" + f + "\":" + "[".repeat(30_000) + "}", 400, NAMES_NO_FIELD));
            cases.add(body(to, "objects in objects",
                    "{\"" + f + "\":" + "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000) + "}", 400, NAMES_NO_FIELD));
            cases.add(body(to, "a raw control character", "{\"" + f + "\":\"a\nb\"}", 400, NAMES_NO_FIELD));
            cases.add(bytes(to, "invalid UTF-8", "{\"" + f + "\":\"a\u00C3(\"}"));
            cases.add(bytes(to, "overlong UTF-8", "{\"" + f + "\":\"a\u00C0\u0080\"}"));
            cases.add(bytes(to, "a surrogate in UTF-8", "{\"" + f + "\":\"\u00ED\u00A0\u0080\"}"));
            cases.add(bytes(to, "UTF-8 that is cut off", "{\"" + f + "\":\"\u00E2\u0082\"}"));
            cases.add(bytes(to, "UTF-16", "\u00FE\u00FF\0{\0}"));
            cases.add(new Case(
                    to.name() + ": too large, announced",
                    () -> admin.send(to.method(), to.path(), BodyPublishers.ofString(large(f)), "Content-Type",
                            to.mediaType()),
                    413, NAMES_NO_FIELD));
            cases.add(new Case(
                    to.name() + ": too large, in chunks",
                    () -> admin.send(
                            to.method(),
                            to.path(),
                            BodyPublishers.ofInputStream(
                                    () -> new ByteArrayInputStream(large(f).getBytes(StandardCharsets.US_ASCII))),
                            "Content-Type", to.mediaType()),
                    413, NAMES_NO_FIELD));
            for (String mediaType : List.of("text/plain", "application/xml", "application/json; charset=utf-16", "")) {
                String[] field = mediaType.isEmpty() ? new String[0] : new String[]{"Content-Type", mediaType};
                cases.add(new Case(
                        to.name() + ": media type " + mediaType,
                        () -> admin.send(to.method(), to.path(), BodyPublishers.ofString("{}"), field),
                        415, NAMES_NO_FIELD));
            }
        }
        return cases.stream();
    }

    private static String large(String field) {
        return "{\"" + field + "\":\"" + "a".repeat(MANY) + "\"}";
    }

    static Stream<Case> customers() {
        Map<String, String> faults = Map.ofEntries(
                Map.entry("\"name\":\"\\u0000\"", "/name"),
                Map.entry("\"name\":\"a\\u0000b\"", "/name"),
                Map.entry("\"name\":\"   \"", "/name"),
                Map.entry("\"name\":\"\\ud800\"", "/name"),
                Map.entry("\"name\":\"\\u200b\\u3164\"", "/name"),
                Map.entry("\"name\":\"\\u202eadA\"", "/name"),
                Map.entry("\"name\":\"a\\u2028b\"", "/name"),
                Map.entry("\"name\":\"" + "n".repeat(201) + "\"", "/name"),
                Map.entry("\"name\":null", "/name"),
                Map.entry("\"email\":\"no-at-sign\"", "/email"),
                Map.entry("\"email\":\"a\\u0000@example.com\"", "/email"),
                Map.entry("\"email\":\"" + "a".repeat(250) + "@example.com\"", "/email"),
                Map.entry("\"email\":[\"a@example.com\"]", "/email"),
                Map.entry("\"email\":null", "/email"),
                Map.entry("\"email\":\"a@127.0.0.1\"", "/email"),
                Map.entry("\"phone\":\"0123\"", "/phone"),
                Map.entry("\"phone\":4912345", "/phone"),
                Map.entry("\"phone\":\"+1234567890123456\"", "/phone"),
                Map.entry("\"status\":\"ACTIVE\"", "/status"),
                Map.entry("\"status\":true", "/status"),
                Map.entry("\"address\":\"12 Main Street\"", "/address"),
                Map.entry("\"address\":[]", "/address"),
                Map.entry("\"address\":{\"line1\":\"a\",\"city\":\"b\",\"country\":\"XX\"}", "/address/country"),
                Map.entry("\"address\":{\"line1\":\"a\",\"city\":\"b\",\"country\":826}", "/address/country"),
                Map.entry("\"address\":{\"line1\":\"a\",\"city\":7,\"country\":\"GB\"}", "/address/city"),
                Map.entry("\"address\":{\"line1\":\"a\",\"city\":\"b\",\"country\":\"GB\",\"planet\":\"Earth\"}",
                        "/address/planet"),
                Map.entry("\"metadata\":[]", "/metadata"),
                Map.entry("\"metadata\":\"a\"", "/metadata"),
                Map.entry("\"metadata\":{\"a\":1}", "/metadata/a"),
                Map.entry("\"metadata\":{\"a\":{\"b\":\"c\"}}", "/metadata/a"),
                Map.entry("\"metadata\":{\"a\":\"\\u0000\"}", "/metadata/a"),
                Map.entry("\"metadata\":{\"a\":\"" + "v".repeat(501) + "\"}", "/metadata/a"),
                Map.entry("\"metadata\":{\"" + "k".repeat(41) + "\":\"v\"}", "/metadata"),
                Map.entry("\"metadata\":{\"\":\"v\"}", "/metadata"),
                Map.entry("\"metadata\":{\"\\u200b\":\"v\"}", "/metadata"),
                Map.entry("\"metadata\":{\"\\u00e9\":\"v\",\"e\\u0301\":\"w\"}", "/metadata"),
                Map.entry("\"metadata\":{\"a\":\"\\u2066v\"}", "/metadata/a"),
                Map.entry("\"metadata\":{" + entries(51) + "}", "/metadata"),
                Map.entry("\"id\":\"0192f0c1-0000-7000-8000-000000000000\"", "/id"),
                Map.entry("\"version\":7", "/version"),
                Map.entry("\"created_at\":\"2026-11-22T10:00:00.000Z\"", "/created_at"));
        List<Case> cases = new ArrayList<>();
        faults.forEach((fault, field) -> {
            String member = fault.substring(0, fault.indexOf(':'));
            var whole = new StringBuilder(fault);
            for (String required : List.of("\"name\":\"A\"", "\"email\":\"bad-input@example.com\"")) {
                if (!required.startsWith(member)) {
                    whole.append(',').append(required);
                }
            }
            String shown = fault.length() > 60 ? fault.substring(0, 60) : fault;
            operations().stream().filter(to -> to.field().equals("name")).forEach(to -> cases.add(
                    body(to, shown, "{" + (to.mediaType().equals(MERGE_PATCH) ? fault : whole) + "}", 422, field)));
        });
        Operation create = operations().getFirst();
        cases.add(body(create, "nothing required", "{}", 422, "/name"));
        cases.add(body(create, "nothing required, second field", "{}", 422, "/email"));
        cases.add(body(create, "an email address in use",
                "{\"name\":\"A\",\"email\":\"UNTOUCHED@example.com\"}", 409, "/email"));
        return cases.stream();
    }

    private static String entries(int count) {
        var entries = new StringBuilder();
        for (int i = 0; i < count; i++) {
            entries.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":\"v\"");
        }
        return entries.toString();
    }

    static Stream<Case> credentials() {
        Operation login = operations().getLast();
        return Stream.of(
                body(login, "nothing", "{}", 422, "/password"),
                body(login, "no password", "{\"username\":\"admin\"}", 422, "/password"),
                body(login, "password of a wrong type", "{\"username\":\"admin\",\"password\":1}", 422, "/password"),
                body(login, "NUL in the name", "{\"username\":\"ad\\u0000min\",\"password\":\"12345678\"}", 4,
                        NAMES_NO_FIELD),
                body(login, "a long password",
                        "{\"username\":\"admin\",\"password\":\"" + "p".repeat(60_000) + "\"}", 4, NAMES_NO_FIELD),
                body(login, "half a surrogate pair", "{\"username\":\"admin\",\"password\":\"\\ud83d12345678\"}", 4,
                        NAMES_NO_FIELD));
    }

    static Stream<Case> queries() {
        List<Case> cases = new ArrayList<>();
        for (String path : List.of("/v1/customers", item + "/history")) {
            for (String limit : List.of("0", "-1", "201", "abc", "", "1.5", "1e1", "%205", "99999999999999999999",
                    "%00")) {
                cases.add(query(path, "limit=" + limit, "limit"));
            }
            for (String bad : List.of("abc", "", "....", "%00", "AAAA", "%C3%28", "x".repeat(2_000))) {
                cases.add(query(path, "after=" + bad, "after"));
                cases.add(query(path, "before=" + bad, "before"));
            }
            cases.add(query(path, "page=2", "page"));
            cases.add(query(path, "Limit=2", "Limit"));
            cases.add(query(path, "limit=2&limit=3", "limit"));
            cases.add(query(path, "limit=%ZZ", NAMES_NO_FIELD));
            cases.add(query(path, "limit=%", NAMES_NO_FIELD));
            cases.add(new Case(
                    path + "?" + "10,000 characters",
                    () -> admin.get(path + "?limit=" + "1".repeat(10_000)), 4, NAMES_NO_FIELD));
        }
        String list = "/v1/customers";
        cases.add(query(list, "status=gone", "status"));
        cases.add(query(list, "status=", "status"));
        cases.add(query(list, "sort=id", "sort"));
        cases.add(query(list, "email=no-at-sign", "email"));
        cases.add(query(list, "email=a%00@example.com", "email"));
        cases.add(query(list, "created_from=yesterday", "created_from"));
        cases.add(query(list, "created_to=2026-13-01T00:00:00Z", "created_to"));
        cases.add(query(list, "created_from=2026-01-01", "created_from"));
        cases.add(query(list, "created_from=-999999999-01-01T00:00:00Z", "created_from"));
        cases.add(query(list, "q=ada", "q"));
        cases.add(query(list, "limit=0&status=gone", "limit"));
        cases.add(query(list, "limit=0&status=gone", "status"));
        cases.add(query(list, "sort=name&after=" + cursor, "after"));
        cases.add(query(list, "after=" + cursor + "&before=" + cursor, "before"));
        return cases.stream();
    }

    static Stream<Case> paths() {
        List<Case> cases = new ArrayList<>();
        for (String id : List.of("1", "abc", "0192f0c1", "0192f0c1-0000-7000-8000-00000000000g", "%00",
                "%27%20or%201=1",
                "..%2f..%2fetc", "0192f0c100007000800000000000000", "0192f0c1-0000-7000-8000-000000000000",
                "x".repeat(3_000))) {
            String path = "/v1/customers/" + id;
            String shown = " " + (path.length() > 70 ? path.substring(0, 70) : path);
            String valid = "{\"name\":\"A\",\"email\":\"bad-path@example.com\"}";
            cases.add(new Case("GET" + shown, () -> admin.get(path), 4, NAMES_NO_FIELD));
            cases.add(new Case("PUT" + shown, () -> admin.put(path, valid), 4, NAMES_NO_FIELD));
            cases.add(new Case("PATCH" + shown, () -> admin.patch(path, "{\"name\":\"B\"}"), 4, NAMES_NO_FIELD));
            cases.add(new Case("DELETE" + shown, () -> admin.delete(path), 4, NAMES_NO_FIELD));
            cases.add(new Case("history" + shown, () -> admin.get(path + "/history"), 4, NAMES_NO_FIELD));
        }
        return cases.stream();
    }

    static Stream<Case> headers() {
        String valid = "{\"name\":\"A\",\"email\":\"bad-header@example.com\"}";
        return Stream.of(
                new Case("Idempotency-Key too long",
                        () -> admin.post("/v1/customers", valid, "Idempotency-Key", "k".repeat(256)),
                        400, "Idempotency-Key"),
                new Case("Idempotency-Key with a space",
                        () -> admin.post("/v1/customers", valid, "Idempotency-Key", "a b"), 400, "Idempotency-Key"),
                new Case("If-Match without quotes",
                        () -> admin.put(item, valid, "If-Match", "1"), 400, "If-Match"),
                new Case("If-Match without a tag",
                        () -> admin.patch(item, "{\"name\":\"B\"}", "If-Match", ","), 400, "If-Match"),
                new Case("If-Match with a huge version",
                        () -> admin.delete(item, "If-Match", "\"99999999999999999999\""), 412, NAMES_NO_FIELD),
                new Case("If-Match with a weak tag",
                        () -> admin.put(item, valid, "If-Match", "W/\"1\""), 412, NAMES_NO_FIELD),
                new Case("Accept of something else",
                        () -> admin.post("/v1/customers", valid, "Accept", "text/html"), 406, NAMES_NO_FIELD));
    }

    /** Bytes that no client library would send. */
    static Stream<Case> wire() {
        String token = "Authorization: Bearer " + admin.token().orElseThrow() + "\r\n";
        String head = "GET /v1/customers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + token;
        String post = "POST /v1/customers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\n" + token;
        String valid = "{\"name\":\"A\",\"email\":\"bad-wire@example.com\"}";
        return Stream.of(
                raw("CR in a header value", head + "X-Request-Id: a\rX-Injected: b\r\n\r\n"),
                raw("LF in a header value", head + "X-Request-Id: a\nX-Injected\r\n\r\n"),
                raw("a folded header", head + "X-Request-Id: a\r\n b\r\n\r\n"),
                raw("NUL in a header value", head + "X-Request-Id: a\0b\r\n\r\n"),
                raw("a header without a name", head + ": b\r\n\r\n"),
                raw("a header without a colon", head + "X-Request-Id\r\n\r\n"),
                raw("a space before the colon", head + "X-Request-Id : b\r\n\r\n"),
                raw("headers too large", head + "X-Large: " + "l".repeat(30_000) + "\r\n\r\n"),
                raw("too many headers", head + "X-Many: m\r\n".repeat(5_000) + "\r\n"),
                raw("no HTTP", "hello\r\n\r\n"),
                raw("a TLS hello", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n"),
                raw("no host", "GET /v1/customers HTTP/1.1\r\nConnection: close\r\n" + token + "\r\n"),
                raw("a length that is no number", post + "Content-Length: ten\r\n\r\n" + valid),
                raw("a negative length", post + "Content-Length: -1\r\n\r\n" + valid),
                raw("two lengths",
                        post + "Content-Length: 5\r\nContent-Length: " + valid.length() + "\r\n\r\n" + valid),
                raw("a length and chunks", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(valid.length()) + "\r\n" + valid + "\r\n0\r\n\r\n"),
                raw("a chunk size that is no number", post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n" + valid),
                raw("an unknown transfer coding", post + "Transfer-Encoding: smoke\r\n\r\n" + valid),
                raw("NUL in the target", "GET /v1/custo\0mers HTTP/1.1\r\nHost: localhost\r\n" + token + "\r\n"),
                raw("a broken escape in the target", "GET /v1/%zz HTTP/1.1\r\nHost: localhost\r\n" + token + "\r\n"),
                raw("an unknown method", "BREW /v1/customers HTTP/1.1\r\nHost: localhost\r\n" + token + "\r\n"));
    }

    private static Case body(Operation to, String name, String body, int status, String field) {
        return new Case(
                to.name() + ": " + name,
                () -> admin.send(
                        to.method(), to.path(), BodyPublishers.ofString(body), "Content-Type", to.mediaType()),
                status, field);
    }

    /** @param body each character one byte */
    private static Case bytes(Operation to, String name, String body) {
        return new Case(
                to.name() + ": " + name,
                () -> admin.send(
                        to.method(),
                        to.path(),
                        BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.ISO_8859_1)),
                        "Content-Type", to.mediaType()),
                400, NAMES_NO_FIELD);
    }

    private static Case query(String path, String query, String field) {
        String shown = query.length() > 60 ? query.substring(0, 60) : query;
        return new Case(path + "?" + shown, () -> rawGet(path + "?" + query), 400, field);
    }

    private static Answer rawGet(String target) {
        return raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + admin.token().orElseThrow() + "\r\n\r\n");
    }

    private static Case raw(String name, String request) {
        return new Case("wire: " + name, () -> raw(request), 4, NAMES_NO_FIELD);
    }

    private static Answer raw(String request) {
        try (var connection = new RawConnection(service.address())) {
            connection.send(request);
            return connection.answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
