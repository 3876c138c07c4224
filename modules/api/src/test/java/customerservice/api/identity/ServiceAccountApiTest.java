package customerservice.api.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.domain.identity.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Service accounts over HTTP. */
class ServiceAccountApiTest {

    private static final String NEW = "{\"name\":\"billing\",\"scopes\":[\"customers:write\",\"customers:read\"]}";

    @AutoClose
    private final RunningApi api = new RunningApi();

    @Test
    void theSecretIsShownOnce() {
        Reply created = api.send("POST", "/v1/service-accounts", NEW);

        assertEquals(201, created.status(), created.text());
        assertEquals(
                List.of("id", "client_id", "name", "scopes", "created_at", "client_secret"),
                List.copyOf(created.json().keySet()));
        assertEquals(created.json().get("id"), created.json().get("client_id"));
        assertEquals(List.of("customers:read", "customers:write"), created.json().get("scopes"));
        String secret = (String) created.json().get("client_secret");
        assertTrue(secret.matches("[A-Za-z0-9_-]{43}"), secret);
        assertEquals(Optional.of("no-store"), created.field("Cache-Control"));

        String later = api.call("GET", created.field("Location").orElseThrow()).text()
                + api.call("GET", "/v1/service-accounts").text();
        assertTrue(later.contains("\"billing\""));
        assertFalse(later.contains("secret") || later.contains(secret), later);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Reply reply = api.send(
                "POST",
                "/v1/service-accounts",
                "{\"name\":\"B\",\"client_secret\":\"x\",\"role\":\"admin\",\"scopes\":[\"audit:read\",\"all\",1,null]}");

        assertEquals(422, reply.status());
        assertEquals(
                List.of("/client_secret", "/role", "/scopes/2", "/name", "/scopes/1", "/scopes/3"),
                reply.pointers());
    }

    @Test
    void anAccountNeedsANameAndAScope() {
        assertEquals(List.of("/name", "/scopes"), api.send("POST", "/v1/service-accounts", "{}").pointers());
        assertEquals(
                List.of("/scopes"),
                api.send("POST", "/v1/service-accounts", "{\"name\":\"a\",\"scopes\":[]}").pointers());
        assertEquals(
                List.of("/scopes"),
                api.send("POST", "/v1/service-accounts", "{\"name\":\"a\",\"scopes\":\"audit:read\"}").pointers());
    }

    @Test
    void aNameThatIsTakenIsAConflict() {
        api.send("POST", "/v1/service-accounts", NEW);

        Reply reply = api.send("POST", "/v1/service-accounts", NEW);

        assertEquals(409, reply.status());
        assertEquals("/problems/conflict", reply.problem());
    }

    @Test
    void aSecondDeletionFindsNothing() {
        String path = api.send("POST", "/v1/service-accounts", NEW).field("Location").orElseThrow();

        assertEquals(204, api.call("DELETE", path).status());
        assertEquals(404, api.call("DELETE", path).status());
        assertEquals(404, api.call("GET", path).status());
        assertEquals(404, api.call("GET", "/v1/service-accounts/billing").status());
    }

    @Test
    void serviceAccountsAreForAdminsOnly() {
        String operator = "Authorization: Bearer " + api.token(Role.OPERATOR);

        assertEquals(403, api.call("GET", "/v1/service-accounts", operator).status());
        assertEquals(403, api.send("POST", "/v1/service-accounts", NEW, operator).status());
        assertEquals(401, api.call("GET", "/v1/service-accounts", "Authorization: ").status());
    }
}
