package customerservice.api.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.domain.identity.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditional requests (RFC 9110, section 13). The customer's version is 1. */
class PreconditionsTest {

    private static final String BODY = "{\"name\":\"Eve\",\"email\":\"eve@example.com\"}";
    private static final List<String> CHANGES = List.of("PUT", "PATCH", "DELETE");

    @AutoClose
    private final RunningApi api = new RunningApi();

    private String path;

    @BeforeEach
    void create() {
        path = "/v1/customers/" + api.create("Ada", "ada@example.com");
    }

    private Reply request(String method, String... fields) {
        return switch (method) {
            case "PUT", "PATCH" -> api.send(method, path, BODY, fields);
            default -> api.call(method, path, fields);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "W/\"1\"", "\"7\", \"1\"", "*", " * "})
    void changeIsRefusedIfNoneMatchNamesTheVersion(String tags) {
        for (String method : CHANGES) {
            Reply reply = request(method, "If-None-Match: " + tags);

            assertEquals(412, reply.status(), method);
            assertEquals("/problems/version-mismatch", reply.problem());
        }
        assertEquals("Ada", request("GET").json().get("name"));
    }

    @Test
    void changeIsMadeIfNoneMatchNamesOtherVersions() {
        for (String method : CHANGES) {
            int status = request(method, "If-None-Match: \"7\", \"x\", W/\"8\"").status();

            assertEquals(method.equals("DELETE") ? 204 : 200, status, method);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void readIsRefusedIfMatchNamesAnotherVersion(String method) {
        for (String tags : List.of("\"2\"", "W/\"1\"", "\"x\", \"2\"")) {
            assertEquals(412, request(method, "If-Match: " + tags).status(), tags);
        }
        for (String tags : List.of("\"1\"", "\"x\", \"1\"", "*")) {
            assertEquals(200, request(method, "If-Match: " + tags).status(), tags);
        }
    }

    @Test
    void ifMatchIsEvaluatedBeforeIfNoneMatch() {
        assertEquals(412, request("GET", "If-Match: \"2\"", "If-None-Match: \"1\"").status());
        assertEquals(304, request("GET", "If-Match: \"1\"", "If-None-Match: \"1\"").status());
        for (String method : CHANGES) {
            assertEquals(412, request(method, "If-Match: \"1\"", "If-None-Match: \"1\"").status(), method);
            assertEquals(412, request(method, "If-Match: \"2\"", "If-None-Match: \"2\"").status(), method);
        }
    }

    @Test
    void datesAreIgnoredSinceNoAnswerHasOne() {
        String past = "Sun, 06 Nov 1994 08:49:37 GMT";

        assertEquals(200, request("GET", "If-Modified-Since: Sun, 06 Nov 2044 08:49:37 GMT").status());
        assertEquals(200, request("GET", "If-Unmodified-Since: " + past).status());
        assertEquals(200, request("PUT", "If-Unmodified-Since: " + past).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1", "\"1\" \"2\"", ",", "*, \"1\"", "w/\"1\"", "\"a b\"", "W/ \"1\""})
    void malformedFieldIsRefusedByEveryMethod(String tags) {
        for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
            for (String name : List.of("If-Match", "If-None-Match")) {
                Reply reply = request(method, name + ": " + tags);

                assertEquals(400, reply.status(), method + " " + name);
                assertEquals(List.of(name), reply.pointers());
            }
        }
    }

    @Test
    void whatIsNotThereIsNotFoundWhateverTheCondition() {
        path = "/v1/customers/0192f0c1-7c5e-7d42-9d3c-2f9f3a1b5c6d";
        for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
            for (String field : List.of("If-Match: *", "If-Match: \"1\"", "If-None-Match: *")) {
                assertEquals(404, request(method, field).status(), method + " " + field);
            }
        }
    }

    @Test
    void unchangedCustomerIsToldWithTheFieldsOfTheFullAnswer() {
        Reply full = request("GET");
        for (String method : List.of("GET", "HEAD")) {
            Reply reply = request(method, "If-None-Match: W/\"1\"");

            assertEquals(304, reply.status(), method);
            for (String name : List.of("ETag", "Cache-Control", "Vary")) {
                assertEquals(full.field(name), reply.field(name), name);
            }
            assertEquals(Optional.empty(), reply.field("Content-Length"));
        }
    }

    @Test
    void userWithoutTagIsNotChangedOnTagsThatAreNone() {
        path = "/v1/users/" + api.addUser("eve", Role.VIEWER).id();

        for (String condition : List.of("If-Match: \"1\"", "If-None-Match: *")) {
            assertEquals(412, api.send("PATCH", path, "{\"role\":\"operator\"}", condition).status(), condition);
            assertEquals(412, api.call("DELETE", path, condition).status(), condition);
        }
        assertEquals("viewer", api.call("GET", path).json().get("role"));
        assertEquals(200, api.send("PATCH", path, "{\"role\":\"operator\"}", "If-Match: *").status());
        assertEquals(204, api.call("DELETE", path, "If-None-Match: \"1\"").status());
        assertEquals(404, api.call("DELETE", path, "If-Match: \"1\"").status());
    }

    @Test
    void serviceAccountWithoutTagIsNotRemovedOnTagsThatAreNone() {
        path = api.send("POST", "/v1/service-accounts", "{\"name\":\"shipping\",\"scopes\":[\"customers:read\"]}")
                .field("Location").orElseThrow();

        assertEquals(412, request("DELETE", "If-Match: \"1\"").status());
        assertEquals(412, request("DELETE", "If-None-Match: *").status());
        assertEquals(204, request("DELETE", "If-Match: *").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/customers", "/v1/users", "/v1/service-accounts", "/v1/audit"})
    void listWithoutTagIsKeptInNoCache(String list) {
        assertEquals(Optional.of("no-store"), api.call("GET", list).field("Cache-Control"));
        assertEquals(Optional.of("no-store"), api.call("GET", path + "/history").field("Cache-Control"));
    }
}
