package customerservice.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.http.Route;
import customerservice.api.http.message.HttpMethod;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who gets in. */
class AccessTest {

    private static final String NOBODY = "/v1/customers/0192f0c1-7c5e-7d42-9d3c-2f9f3a1b5c6d";

    @AutoClose
    private final RunningApi api = new RunningApi();

    private String as(Role role) {
        return "Authorization: Bearer " + api.token(role);
    }

    @Test
    void requestWithoutTokenIsChallengedWithoutErrorCode() {
        for (String field : List.of("Authorization: ", "Authorization: Basic YTpi", "Authorization: Bearer")) {
            Reply reply = api.call("GET", NOBODY, field);

            assertEquals(401, reply.status(), field);
            assertEquals("/problems/unauthorized", reply.problem());
            assertEquals(Optional.of("Bearer realm=\"customer-service\""), reply.field("WWW-Authenticate"));
        }
    }

    @Test
    void invalidTokenIsCalledSo() {
        String token = api.token(Role.ADMIN);
        for (String bad : List.of("x", "a.b.c", token + "x", token.substring(1), token + " " + token, "\"")) {
            Reply reply = api.call("GET", NOBODY, "Authorization: Bearer " + bad);

            assertEquals(401, reply.status(), bad);
            assertEquals(
                    Optional.of("Bearer realm=\"customer-service\", error=\"invalid_token\""),
                    reply.field("WWW-Authenticate"));
        }
    }

    /** RFC 9110, section 15.5.2. Basic, which makes browsers ask for a password, only where clients use it. */
    @Test
    void everyAnswerOf401HasAChallenge() {
        User ada = api.addUser("ada", Role.VIEWER);
        String password = "{\"current_password\":\"x\",\"password\":\"blue kettle\"}";
        String form = "Content-Type: application/x-www-form-urlencoded";
        String wrong = "Authorization: Basic YTpi";
        List<Reply> toPeople = List.of(
                api.send("POST", "/v1/auth/login", "{\"username\":\"ada\",\"password\":\"x\"}", "Authorization: "),
                api.send("POST", "/v1/auth/login", "{\"username\":\"eve\",\"password\":\"x\"}", "Authorization: "),
                api.send(
                        "POST",
                        "/v1/users/" + ada.id() + "/password",
                        password,
                        "Authorization: Bearer " + api.token(ada)),
                api.call("GET", "/v1/users", "Authorization: "),
                api.call("GET", "/v1/users", "Authorization: Bearer x"));
        for (Reply reply : toPeople) {
            assertEquals(401, reply.status(), reply.text());
            assertTrue(reply.field("WWW-Authenticate").orElse("").startsWith("Bearer realm="), reply.head());
        }
        for (String path : List.of("/oauth/token", "/oauth/revoke", "/oauth/introspect")) {
            try (Connection connection = api.connect()) {
                String request = api.request("POST", path, "grant_type=client_credentials&token=x", wrong, form);
                Reply reply = connection.send(request).read();

                assertEquals(401, reply.status(), reply.text());
                assertTrue(reply.field("WWW-Authenticate").orElse("").startsWith("Basic realm="), reply.head());
            }
        }
    }

    @Test
    void schemeIsTakenInAnyCase() {
        assertEquals(404, api.call("GET", NOBODY, "Authorization: bearer " + api.token(Role.VIEWER)).status());
    }

    @Test
    void twoTokensAreNone() {
        Reply reply = api.call("GET", NOBODY, as(Role.VIEWER), as(Role.VIEWER));

        assertEquals(401, reply.status());
    }

    @Test
    void missingScopeIsNamed() {
        Reply reply = api.send("POST", "/v1/customers", "{}", as(Role.VIEWER));

        assertEquals(403, reply.status());
        assertEquals("/problems/insufficient-scope", reply.problem());
        assertEquals(
                Optional.of(
                        "Bearer realm=\"customer-service\", error=\"insufficient_scope\", scope=\"customers:write\""),
                reply.field("WWW-Authenticate"));
        assertTrue(((String) reply.json().get("detail")).contains("customers:write"));
    }

    @Test
    void viewersReadOnly() {
        assertEquals(404, api.call("GET", NOBODY, as(Role.VIEWER)).status());
        assertEquals(200, api.call("GET", "/v1/customers", as(Role.VIEWER)).status());
        assertEquals(403, api.send("PUT", NOBODY, "{}", as(Role.VIEWER)).status());
        assertEquals(403, api.send("PATCH", NOBODY, "{}", as(Role.VIEWER)).status());
        assertEquals(403, api.call("DELETE", NOBODY, as(Role.VIEWER)).status());
    }

    @Test
    void operatorsDoNotErase() {
        assertEquals(422, api.send("POST", "/v1/customers", "{}", as(Role.OPERATOR)).status());
        assertEquals(403, api.call("DELETE", NOBODY, as(Role.OPERATOR)).status());
        assertEquals(404, api.call("DELETE", NOBODY, as(Role.ADMIN)).status());
    }

    @Test
    void refusedCallerLearnsNothingElse() {
        Reply reply = api.send("POST", "/v1/customers?x=1", "{not json", "Authorization: Bearer x");

        assertEquals(401, reply.status());
        assertFalse(reply.text().contains("JSON"));
    }

    @Test
    void routeWithoutDeclaredAccessIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> Route.of(HttpMethod.GET, "/v1/secrets", null, _ -> {}));
    }

    @Test
    void signingInGivesATokenThatWorks() {
        api.addUser("ada", Role.OPERATOR);

        Reply reply = api.send(
                "POST", "/v1/auth/login", "{\"username\":\"ada\",\"password\":\"" + RunningApi.PASSWORD + "\"}");

        assertEquals(200, reply.status(), reply.text());
        assertEquals("Bearer", reply.json().get("token_type"));
        assertEquals(900, reply.json().get("expires_in"));
        assertEquals("customers:read customers:write", reply.json().get("scope"));
        assertEquals(Optional.of("no-store"), reply.field("Cache-Control"));
        assertEquals(
                200,
                api.call("GET", "/v1/customers", "Authorization: Bearer " + reply.json().get("access_token"))
                        .status());
    }

    @Test
    void wrongNameAndWrongPasswordAreAnsweredAlike() {
        api.addUser("ada", Role.OPERATOR);

        Reply name = api.send(
                "POST", "/v1/auth/login", "{\"username\":\"eve\",\"password\":\"x\"}", "X-Request-Id: r");
        Reply password = api.send(
                "POST", "/v1/auth/login", "{\"username\":\"ada\",\"password\":\"x\"}", "X-Request-Id: r");

        assertEquals(401, name.status());
        assertEquals("/problems/invalid-credentials", name.problem());
        assertEquals(name.text(), password.text());
    }

    @Test
    void impossibleNamesAreAnsweredAlikeToo() {
        for (String name : List.of("", "a\\u0000", "x".repeat(5_000), "\\ud800", "' or 1=1 --")) {
            Reply reply = api.send(
                    "POST", "/v1/auth/login", "{\"username\":\"" + name + "\",\"password\":\"\\ud800\\u0000\"}");

            assertEquals(401, reply.status(), name);
        }
    }

    @Test
    void afterSixFailuresTheNextAttemptHasToWait() {
        api.addUser("ada", Role.OPERATOR);
        for (int i = 0; i < 6; i++) {
            api.send("POST", "/v1/auth/login", "{\"username\":\"ada\",\"password\":\"x\"}");
        }

        Reply delayed = api.send(
                "POST", "/v1/auth/login", "{\"username\":\"ada\",\"password\":\"" + RunningApi.PASSWORD + "\"}");

        assertEquals(429, delayed.status());
        assertEquals("/problems/too-many-requests", delayed.problem());
        assertEquals(Optional.of("1"), delayed.field("Retry-After"));
        assertEquals(1.0, counter("auth_attempts_total", "outcome", "delayed"));
    }

    @Test
    void attemptsAndTokensAreCounted() {
        api.addUser("ada", Role.OPERATOR);
        api.send("POST", "/v1/auth/login", "{\"username\":\"ada\",\"password\":\"" + RunningApi.PASSWORD + "\"}");
        api.send("POST", "/v1/auth/login", "{\"username\":\"ada\",\"password\":\"x\"}");

        assertEquals(1.0, counter("auth_attempts_total", "outcome", "success"));
        assertEquals(1.0, counter("auth_attempts_total", "outcome", "failure"));
        assertEquals(1.0, counter("auth_tokens_issued_total", "grant_type", "password"));
    }

    private Double counter(String name, String label, String value) {
        return api.metrics.registry().getSampleValue(name, new String[]{label}, new String[]{value});
    }

    @Test
    void publicKeysMayBeCached() {
        Reply reply = api.call("GET", "/.well-known/jwks.json", "Authorization: ");

        assertEquals(200, reply.status());
        assertEquals(2, ((List<?>) reply.json().get("keys")).size());
        assertEquals(Optional.of("public, max-age=300"), reply.field("Cache-Control"));
        assertFalse(reply.text().contains("\"d\""));
    }
}
