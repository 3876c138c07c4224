package customerservice.api.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Users over HTTP. */
class UserApiTest {

    private static final String NEW = "{\"username\":\"bob\",\"role\":\"viewer\",\"password\":\"blue kettle\"}";

    @AutoClose
    private final RunningApi api = new RunningApi();

    private static String path(User user) {
        return "/v1/users/" + user.id();
    }

    private Reply signIn(String name, String password) {
        return api.send(
                "POST",
                "/v1/auth/login",
                "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}",
                "Authorization: ");
    }

    @Test
    void aNewUserIsThereAndMaySignIn() {
        Reply created = api.send("POST", "/v1/users", NEW);

        assertEquals(201, created.status(), created.text());
        assertEquals(
                List.of("id", "username", "role", "active", "created_at"), List.copyOf(created.json().keySet()));
        assertEquals("bob", created.json().get("username"));
        assertEquals("viewer", created.json().get("role"));
        assertEquals(true, created.json().get("active"));
        String location = created.field("Location").orElseThrow();
        assertEquals("/v1/users/" + created.json().get("id"), location);
        assertEquals(created.text(), api.call("GET", location).text());
        assertEquals(200, signIn("bob", "blue kettle").status());
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Reply reply = api.send(
                "POST",
                "/v1/users",
                "{\"username\":\"Bob\",\"role\":\"king\",\"password\":\"password\",\"id\":1,\"email\":{\"a\":1}}");

        assertEquals(422, reply.status());
        assertEquals(List.of("/id", "/email", "/username", "/role", "/password"), reply.pointers());
        assertTrue(reply.text().contains("\"too_common\""), reply.text());
    }

    @Test
    void nothingIsNotEnough() {
        assertEquals(List.of("/username", "/role", "/password"), api.send("POST", "/v1/users", "{}").pointers());
        assertEquals(
                List.of("/username", "/role", "/password"),
                api.send("POST", "/v1/users", "{\"username\":1,\"role\":[],\"password\":null}").pointers());
    }

    @Test
    void aNameThatIsTakenIsAConflict() {
        api.addUser("bob", Role.VIEWER);

        Reply reply = api.send("POST", "/v1/users", NEW);

        assertEquals(409, reply.status());
        assertEquals("/problems/conflict", reply.problem());
    }

    @Test
    void theListIsPagedByName() {
        for (String name : List.of("eve", "ada", "dan", "bob", "cid")) {
            api.addUser(name, Role.VIEWER);
        }

        Reply first = api.call("GET", "/v1/users?limit=2");
        Reply second = api.call("GET", "/v1/users?limit=2&after=" + first.json().get("next"));
        Reply third = api.call("GET", "/v1/users?limit=2&after=" + second.json().get("next"));
        Reply back = api.call("GET", "/v1/users?limit=2&before=" + third.json().get("prev"));

        assertEquals(List.of("ada", "bob"), names(first));
        assertEquals(List.of("cid", "dan"), names(second));
        assertEquals(List.of("eve"), names(third));
        assertEquals(names(second), names(back));
        assertEquals(null, first.json().get("prev"));
        assertEquals(null, third.json().get("next"));
        assertTrue(first.field("Link").orElseThrow().endsWith("rel=\"next\""));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> names(Reply reply) {
        assertEquals(200, reply.status(), reply.text());
        return ((List<Map<String, Object>>) reply.json().get("items")).stream()
                .map(item -> item.get("username"))
                .toList();
    }

    @Test
    void cursorOfAnotherListIsRefused() {
        api.send("POST", "/v1/service-accounts", "{\"name\":\"a\",\"scopes\":[\"audit:read\"]}");
        api.send("POST", "/v1/service-accounts", "{\"name\":\"b\",\"scopes\":[\"audit:read\"]}");
        Object cursor = api.call("GET", "/v1/service-accounts?limit=1").json().get("next");

        Reply reply = api.call("GET", "/v1/users?after=" + cursor + "&x=1");

        assertEquals(400, reply.status());
        assertEquals(List.of("x", "after"), reply.pointers());
    }

    @Test
    void roleAndStateAreChanged() {
        User bob = api.addUser("bob", Role.VIEWER);

        Reply changed = api.send("PATCH", path(bob), "{\"role\":\"operator\",\"active\":false}");

        assertEquals(200, changed.status(), changed.text());
        assertEquals("operator", changed.json().get("role"));
        assertEquals(false, changed.json().get("active"));
        assertEquals(changed.text(), api.call("GET", path(bob)).text());
        assertEquals(401, signIn("bob", RunningApi.PASSWORD).status());
    }

    @Test
    void whatAPatchDoesNotNameStays() {
        User bob = api.addUser("bob", Role.VIEWER);

        assertEquals("operator", api.send("PATCH", path(bob), "{\"role\":\"operator\"}").json().get("role"));
        assertEquals(false, api.send("PATCH", path(bob), "{\"active\":false}").json().get("active"));
        assertEquals("operator", api.send("PATCH", path(bob), "{}").json().get("role"));
    }

    @Test
    void aPatchIsReadStrictly() {
        User bob = api.addUser("bob", Role.VIEWER);

        Reply reply = api.send(
                "PATCH",
                path(bob),
                "{\"role\":null,\"active\":\"no\",\"username\":\"eve\",\"password\":\"blue kettle\"}");

        assertEquals(422, reply.status());
        assertEquals(List.of("/role", "/active", "/username", "/password"), reply.pointers());
        assertEquals(List.of("/role"), api.send("PATCH", path(bob), "{\"role\":\"king\"}").pointers());
        assertEquals(
                415, api.call("PATCH", path(bob), "Content-Type: application/json").status());
    }

    @Test
    void aSecondDeletionFindsNobody() {
        User bob = api.addUser("bob", Role.VIEWER);

        assertEquals(204, api.call("DELETE", path(bob)).status());
        assertEquals(404, api.call("DELETE", path(bob)).status());
        assertEquals(404, api.call("GET", path(bob)).status());
        assertEquals(404, api.send("PATCH", path(bob), "{}").status());
    }

    @Test
    void whatIsNoUuidIsNobody() {
        for (String id : List.of("me", "1", "%30192f0c1-7c5e-7d42-9d3c-2f9f3a1b5c6d")) {
            assertEquals(404, api.call("GET", "/v1/users/" + id).status(), id);
            assertEquals(404, api.call("DELETE", "/v1/users/" + id).status(), id);
        }
    }

    @Test
    void theLastAdminStays() {
        User ada = api.addUser("ada", Role.ADMIN);
        User bob = api.addUser("bob", Role.ADMIN);
        assertEquals(200, api.send("PATCH", path(bob), "{\"active\":false}").status());
        String own = "Authorization: Bearer " + api.token(ada);

        for (Reply reply : List.of(
                api.call("DELETE", path(ada), own),
                api.send("PATCH", path(ada), "{\"role\":\"viewer\"}", own),
                api.send("PATCH", path(ada), "{\"active\":false}", own))) {
            assertEquals(409, reply.status());
            assertEquals("/problems/last-admin", reply.problem());
        }
    }

    @Test
    void anAdminMayGoWhileAnotherStays() {
        User ada = api.addUser("ada", Role.ADMIN);
        api.addUser("bob", Role.ADMIN);

        assertEquals(204, api.call("DELETE", path(ada), "Authorization: Bearer " + api.token(ada)).status());
    }

    @Test
    void usersAreForAdminsOnly() {
        User bob = api.addUser("bob", Role.OPERATOR);
        String own = "Authorization: Bearer " + api.token(bob);

        assertEquals(403, api.call("GET", "/v1/users", own).status());
        assertEquals(403, api.send("POST", "/v1/users", NEW, own).status());
        assertEquals(403, api.call("GET", path(bob), own).status());
        assertEquals(403, api.send("PATCH", path(bob), "{\"role\":\"admin\"}", own).status());
        assertEquals(403, api.call("DELETE", path(bob), own).status());
        assertEquals(401, api.call("GET", path(bob), "Authorization: ").status());
    }

    @Test
    void noAnswerHoldsAPasswordOrItsHash() {
        User bob = api.addUser("bob", Role.OPERATOR);

        String all = api.call("GET", "/v1/users").text() + api.call("GET", path(bob)).text();

        assertFalse(all.contains("password") || all.contains("argon2"), all);
        assertEquals(Optional.of("no-store"), api.call("GET", path(bob)).field("Cache-Control"));
        assertEquals(404, api.call("GET", "/v1/users/" + UUID.randomUUID()).status());
    }
}
