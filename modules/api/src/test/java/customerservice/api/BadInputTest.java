package customerservice.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients get wrong, or mean to: always a 4xx problem that names the place, never a 5xx, and nothing is stored. */
class BadInputTest {

    private static RunningApi api;
    private static String id;
    private static int stored;

    @BeforeAll
    static void start() {
        api = new RunningApi();
        id = api.create("Ada", "ada@example.com");
        stored = api.store.size();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static Reply check(Reply reply) {
        assertTrue(reply.status() >= 400 && reply.status() < 500, () -> reply.head() + reply.text());
        assertEquals(Optional.of("application/problem+json"), reply.field("Content-Type"));
        assertEquals(reply.status(), reply.json().get("status"));
        assertEquals(reply.field("X-Request-Id").orElseThrow(), reply.json().get("instance"));
        assertEquals(stored, api.store.size());
        return reply;
    }

    static List<String> malformedJson() {
        return List.of(
                "",
                "{",
                "}",
                "{\"name\":\"A\",}",
                "{'name':'A'}",
                "{name:\"A\"}",
                "{\"name\":\"A\"} {}",
                "{\"name\":\"A\"}x",
                "// comment\n{}",
                "{\"name\":\"A\" \"email\":\"a@example.com\"}",
                "{\"name\":\"a\nb\"}",
                "{\"name\":\"\\x\"}",
                "{\"name\":\"\\ud8\"}",
                "{\"name\":NaN}",
                "{\"name\":01}",
                "{\"name\":+1}",
                "{\"name\":\"A",
                "\uFEFF{\"name\":\"A\"}",
                "{\"a\":".repeat(40) + "1" + "}".repeat(40),
                "{\"metadata\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
                "{\"name\":" + "9".repeat(5_000) + "}",
                "{\"name\":\"A\",\"name\":\"B\"}",
                "{\"name\":\"A\",\"n\\u0061me\":\"B\"}",
                "{\"address\":{\"city\":\"A\",\"city\":\"B\"}}",
                "{\"metadata\":{\"a\":\"1\",\"a\":\"2\"}}");
    }

    @ParameterizedTest
    @MethodSource("malformedJson")
    void malformedJsonIsRefusedOnCreation(String body) {
        Reply reply = check(api.send("POST", "/v1/customers", body));

        assertEquals(400, reply.status());
        assertEquals("/problems/malformed-json", reply.problem());
    }

    @ParameterizedTest
    @MethodSource("malformedJson")
    void malformedJsonIsRefusedOnReplacement(String body) {
        assertEquals("/problems/malformed-json", check(api.send("PUT", "/v1/customers/" + id, body)).problem());
    }

    @ParameterizedTest
    @MethodSource("malformedJson")
    void malformedJsonIsRefusedOnChange(String body) {
        assertEquals("/problems/malformed-json", check(api.send("PATCH", "/v1/customers/" + id, body)).problem());
    }

    @ParameterizedTest
    @MethodSource("malformedJson")
    void malformedJsonIsRefusedOnLogin(String body) {
        assertEquals("/problems/malformed-json", check(api.send("POST", "/v1/auth/login", body)).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"name\":\"A\"}]", "null", "\"name\"", "1", "true"})
    void bodyThatIsNoObjectHasTheWrongType(String body) {
        for (String request : List.of("POST /v1/customers", "PUT /v1/customers/" + id, "PATCH /v1/customers/" + id,
                "POST /v1/auth/login")) {
            int space = request.indexOf(' ');
            Reply reply = check(api.send(request.substring(0, space), request.substring(space + 1), body));

            assertEquals(422, reply.status(), request);
            assertEquals("/problems/validation", reply.problem());
            assertTrue(reply.text().contains("{\"pointer\":\"\",\"code\":\"invalid_type\""), reply.text());
        }
    }

    @Test
    void duplicateFieldIsNamed() {
        Reply reply = check(api.send("POST", "/v1/customers", "{\"address\":{\"city\":\"A\",\"city\":\"B\"}}"));

        assertEquals(List.of("/address/city"), reply.pointers());
    }

    static List<byte[]> invalidUtf8() {
        return List.of(
                new byte[]{(byte) 0xFF},
                new byte[]{(byte) 0x80},
                new byte[]{(byte) 0xC3},
                new byte[]{(byte) 0xC0, (byte) 0x80},
                new byte[]{(byte) 0xE0, (byte) 0x80, (byte) 0x80},
                new byte[]{(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[]{(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
                new byte[]{(byte) 0xF8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80});
    }

    @ParameterizedTest
    @MethodSource("invalidUtf8")
    void invalidUtf8IsRefused(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String body = "{\"name\":\"A" + text + "\",\"email\":\"b@example.com\"}";
        String request = api.request("POST", "/v1/customers", "", "Content-Type: application/json",
                "Content-Length: " + body.length());
        try (Connection connection = api.connect()) {
            Reply reply = check(connection.send(request + body).read());

            assertEquals("/problems/malformed-json", reply.problem());
        }
    }

    @Test
    void utf16IsRefused() {
        byte[] utf16 = "{\"name\":\"A\"}".getBytes(StandardCharsets.UTF_16);
        String request = api.request("POST", "/v1/customers", "", "Content-Type: application/json",
                "Content-Length: " + utf16.length);
        try (Connection connection = api.connect()) {
            assertEquals(400, check(connection.send(request).send(utf16).read()).status());
        }
    }

    static List<Arguments> invalidCustomers() {
        return List.of(
                Arguments.of("{}", List.of("/name", "/email")),
                Arguments.of("{\"name\":1,\"email\":true}", List.of("/name", "/email")),
                Arguments.of("{\"name\":[\"A\"],\"email\":{\"a\":1}}", List.of("/name", "/email")),
                Arguments.of("{\"name\":1e400,\"email\":\"b@example.com\"}", List.of("/name")),
                Arguments.of("{\"name\":\" \",\"email\":\"b@example.com\"}", List.of("/name")),
                Arguments.of("{\"name\":\"a\\u0000b\",\"email\":\"b@example.com\"}", List.of("/name")),
                Arguments.of("{\"name\":\"a\\ud800b\",\"email\":\"b@example.com\"}", List.of("/name")),
                Arguments.of(
                        "{\"name\":\"" + "x".repeat(201) + "\",\"email\":\"b@example.com\"}", List.of("/name")),
                Arguments.of("{\"name\":\"A\",\"email\":\"nobody\"}", List.of("/email")),
                Arguments.of("{\"name\":\"A\",\"email\":\"b\\u0000@example.com\"}", List.of("/email")),
                Arguments.of(
                        "{\"name\":\"A\",\"email\":\"b@example.com\",\"phone\":123,\"status\":\"new\"}",
                        List.of("/phone", "/status")),
                Arguments.of(
                        "{\"name\":\"A\",\"email\":\"b@example.com\",\"status\":\"ACTIVE\"}", List.of("/status")),
                Arguments.of(
                        "{\"name\":\"A\",\"email\":\"b@example.com\",\"nick\":\"B\",\"a/b~c\":{\"d\":[1]}}",
                        List.of("/nick", "/a~1b~0c")),
                Arguments.of(
                        "{\"name\":\"A\",\"email\":\"b@example.com\",\"id\":\"x\",\"version\":1}",
                        List.of("/id", "/version")),
                Arguments.of("{\"name\":\"A\",\"email\":\"b@example.com\",\"address\":\"Bath\"}", List.of("/address")),
                Arguments.of("{\"name\":\"A\",\"email\":\"b@example.com\",\"address\":[]}", List.of("/address")),
                Arguments.of(
                        "{\"name\":\"A\",\"email\":\"b@example.com\",\"address\":{\"street\":\"B\",\"city\":7}}",
                        List.of("/address/street", "/address/city", "/address/line1", "/address/country")),
                Arguments.of(
                        "{\"name\":\"A\",\"email\":\"b@example.com\",\"metadata\":{\"a\":1,\"b\":{}}}",
                        List.of("/metadata/a", "/metadata/b")),
                Arguments.of("{\"name\":\"A\",\"email\":\"b@example.com\",\"metadata\":[]}", List.of("/metadata")));
    }

    @ParameterizedTest
    @MethodSource("invalidCustomers")
    void everythingThatIsWrongIsNamedAtOnce(String body, List<String> pointers) {
        Reply reply = check(api.send("POST", "/v1/customers", body));

        assertEquals(422, reply.status());
        assertEquals("/problems/validation", reply.problem());
        assertEquals(pointers.stream().sorted().toList(), reply.pointers().stream().sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("invalidCustomers")
    void replacementIsHeldToTheSameRules(String body, List<String> pointers) {
        Reply reply = check(api.send("PUT", "/v1/customers/" + id, body));

        assertEquals(422, reply.status());
        assertEquals(pointers.stream().sorted().toList(), reply.pointers().stream().sorted().toList());
    }

    @Test
    void patchThatBreaksRulesNamesEverything() {
        Reply reply = check(
                api.send(
                        "PATCH",
                        "/v1/customers/" + id,
                        "{\"name\":null,\"email\":1,\"nick\":1,\"metadata\":{\"a\":1},\"address\":{\"city\":\"B\"}}"));

        assertEquals(422, reply.status());
        assertEquals(
                List.of("/address/country", "/address/line1", "/email", "/metadata/a", "/name", "/nick"),
                reply.pointers().stream().sorted().toList());
    }

    @Test
    void manyMistakesMakeNoEndlessAnswer() {
        var body = new StringBuilder("{\"x\":1");
        for (int i = 0; i < 2_000; i++) {
            body.append(",\"f").append(i).append("\":1");
        }

        assertEquals(100, check(api.send("POST", "/v1/customers", body + "}")).pointers().size());
    }

    @Test
    void loginNamesWhatIsMissing() {
        Reply reply = check(api.send("POST", "/v1/auth/login", "{\"username\":1,\"extra\":2}"));

        assertEquals(422, reply.status());
        assertEquals(List.of("/username", "/extra", "/password"), reply.pointers());
    }

    @Test
    void otherMediaTypesAreRefused() {
        for (String type : List.of(
                "text/plain",
                "application/xml",
                "application/json; charset=iso-8859-1",
                "application/jsonp",
                "json",
                ";")) {
            Reply reply = check(api.call("POST", "/v1/customers", "Content-Type: " + type));

            assertEquals(415, reply.status(), type);
        }
        assertEquals(415, check(api.call("POST", "/v1/customers")).status());
    }

    @Test
    void jsonWithItsCharsetNamedIsTaken() {
        String body = "{\"name\":1}";

        for (String type : List.of("application/json; charset=utf-8", "Application/JSON;charset=UTF-8")) {
            String request = api.request("POST", "/v1/customers", body, "Content-Type: " + type);
            try (Connection connection = api.connect()) {
                assertEquals(422, check(connection.send(request).read()).status());
            }
        }
    }

    static List<Arguments> badQueries() {
        return List.of(
                Arguments.of("limit=0", "limit"),
                Arguments.of("limit=-1", "limit"),
                Arguments.of("limit=201", "limit"),
                Arguments.of("limit=abc", "limit"),
                Arguments.of("limit=", "limit"),
                Arguments.of("limit", "limit"),
                Arguments.of("limit=1.5", "limit"),
                Arguments.of("limit=99999999999999999999", "limit"),
                Arguments.of("limit=%31%30%30%30", "limit"),
                Arguments.of("limit=1&limit=1", "limit"),
                Arguments.of("after=", "after"),
                Arguments.of("after=abc", "after"),
                Arguments.of("after=!!!!", "after"),
                Arguments.of("after=" + "A".repeat(4_000), "after"),
                Arguments.of("before=%00", "before"),
                Arguments.of("sort=id", "sort"),
                Arguments.of("sort=NAME", "sort"),
                Arguments.of("status=deleted", "status"),
                Arguments.of("email=nobody", "email"),
                Arguments.of("email=a@example.com%00", "email"),
                Arguments.of("email=%ff", "email"),
                Arguments.of("email=%c0%80", "email"),
                Arguments.of("email=%zz", "email"),
                Arguments.of("email=%2", "email"),
                Arguments.of("email=ä@example.com", "email"),
                Arguments.of("created_from=yesterday", "created_from"),
                Arguments.of("created_from=2026-02-30T00:00:00Z", "created_from"),
                Arguments.of("created_to=2026-01-01", "created_to"),
                Arguments.of("created_to=+999999999-01-01T00:00:00Z", "created_to"),
                Arguments.of("q=ada", "q"),
                Arguments.of("nonsense", "nonsense"),
                Arguments.of("Limit=1", "Limit"),
                Arguments.of("a%00b=1", "a\u0000b"),
                Arguments.of("x=" + "1".repeat(7_000), "x"));
    }

    @ParameterizedTest
    @MethodSource("badQueries")
    void badParameterIsNamed(String query, String parameter) {
        Reply reply = check(api.call("GET", "/v1/customers?" + query));

        assertEquals(400, reply.status());
        if (!parameter.contains("\u0000")) {
            assertEquals("/problems/invalid-parameter", reply.problem());
            assertEquals(List.of(parameter), reply.pointers());
        }
    }

    @Test
    void allBadParametersAreNamedAtOnce() {
        Reply reply = check(api.call("GET", "/v1/customers?limit=0&sort=x&foo=1&after=a&before=b"));

        assertEquals(
                List.of("after", "before", "foo", "limit", "sort"), reply.pointers().stream().sorted().toList());
    }

    @Test
    void historyHasItsOwnParameters() {
        for (String query : List.of("limit=0", "sort=name", "after=x", "status=active")) {
            assertEquals(400, check(api.call("GET", "/v1/customers/" + id + "/history?" + query)).status());
        }
    }

    @Test
    void queryOfTenThousandCharactersIsTooLong() {
        assertEquals(414, check(api.call("GET", "/v1/customers?email=" + "x".repeat(10_000))).status());
    }

    @Test
    void badIdIsNotFound() {
        for (String bad : List.of(
                "1",
                "x".repeat(36),
                id + "0",
                id.substring(1),
                "1-1-1-1-1",
                "{" + id.substring(1, 35) + "}",
                "..",
                "%2e%2e",
                id + "%00",
                "'%20or%201=1",
                id + ";v=1")) {
            for (String method : List.of("GET", "DELETE")) {
                Reply reply = check(api.call(method, "/v1/customers/" + bad));

                assertTrue(reply.status() == 404 || reply.status() == 400 || reply.status() == 405, bad + reply.head());
            }
        }
    }

    @Test
    void pathsThatLeadNowhereAreNotFound() {
        for (String path : List.of(
                "/v1",
                "/v1/customers/",
                "/v1/customers//history",
                "/v1/customers/" + id + "/",
                "/v1/customers/" + id + "/history/",
                "//v1/customers",
                "/V1/customers",
                "/metrics")) {
            assertEquals(404, check(api.call("GET", path)).status(), path);
        }
    }

    @Test
    void badIdempotencyKeyIsNamed() {
        for (String key : List.of("x".repeat(256), "a b", "ä", "")) {
            Reply reply = check(api.send("POST", "/v1/customers", "{}", "Idempotency-Key: " + key));

            assertEquals(400, reply.status(), key);
            assertEquals(List.of("Idempotency-Key"), reply.pointers());
        }
    }
}
