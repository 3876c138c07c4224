package customerservice.api.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Passwords changed over HTTP. */
class PasswordApiTest {

    private static final String NEW = "blue kettle";
    private static final String BY_ADMIN = "{\"password\":\"" + NEW + "\"}";

    @AutoClose
    private final RunningApi api = new RunningApi();
    private final User bob = api.addUser("bob", Role.VIEWER);

    private static String path(Object id) {
        return "/v1/users/" + id + "/password";
    }

    private static String own(String current) {
        return "{\"current_password\":\"" + current + "\",\"password\":\"" + NEW + "\"}";
    }

    private String as(User user) {
        return "Authorization: Bearer " + api.token(user);
    }

    private int signIn(String password) {
        return api.send(
                "POST",
                "/v1/auth/login",
                "{\"username\":\"bob\",\"password\":\"" + password + "\"}",
                "Authorization: ").status();
    }

    @Test
    void anAdminSetsAnothersPassword() {
        assertEquals(204, api.send("POST", path(bob.id()), BY_ADMIN).status());
        assertEquals(200, signIn(NEW));
        assertEquals(401, signIn(RunningApi.PASSWORD));
    }

    @Test
    void anAdminGivesNoCurrentPasswordOfAnother() {
        Reply reply = api.send("POST", path(bob.id()), own(RunningApi.PASSWORD));

        assertEquals(422, reply.status());
        assertEquals(List.of("/current_password"), reply.pointers());
    }

    @Test
    void nobodysPasswordIsNotThere() {
        assertEquals(404, api.send("POST", path(UUID.randomUUID()), BY_ADMIN).status());
        assertEquals(404, api.send("POST", path("me"), BY_ADMIN).status());
    }

    @Test
    void oneChangesOnesOwnWithTheCurrentPassword() {
        Reply reply = api.send("POST", path(bob.id()), own(RunningApi.PASSWORD), as(bob));

        assertEquals(204, reply.status(), reply.text());
        assertEquals(200, signIn(NEW));
    }

    @Test
    void anAdminToo() {
        User ada = api.addUser("ada", Role.ADMIN);
        String id = ada.id().toString().toUpperCase(Locale.ROOT);

        assertEquals(List.of("/current_password"), api.send("POST", path(ada.id()), BY_ADMIN, as(ada)).pointers());
        assertEquals(List.of("/current_password"), api.send("POST", path(id), BY_ADMIN, as(ada)).pointers());
        assertEquals(204, api.send("POST", path(id), own(RunningApi.PASSWORD), as(ada)).status());
    }

    @Test
    void aWrongCurrentPasswordIsAnsweredAsAFailedSignIn() {
        Reply reply = api.send("POST", path(bob.id()), own("wrong"), as(bob), "X-Request-Id: r");
        Reply signIn = api.send(
                "POST", "/v1/auth/login", "{\"username\":\"bob\",\"password\":\"wrong\"}", "X-Request-Id: r");

        assertEquals(401, reply.status());
        assertEquals(signIn.text(), reply.text());
        assertEquals(200, signIn(RunningApi.PASSWORD));
        assertEquals(
                2.0,
                api.metrics.registry().getSampleValue(
                        "auth_attempts_total", new String[]{"outcome"}, new String[]{"failure"}));
    }

    @Test
    void whoeverIsGoneOrInactiveIsAnsweredTheSame() {
        String token = as(bob);
        api.addUser("ada", Role.ADMIN);
        api.send("PATCH", "/v1/users/" + bob.id(), "{\"active\":false}");
        Reply inactive = api.send("POST", path(bob.id()), own(RunningApi.PASSWORD), token, "X-Request-Id: r");
        api.call("DELETE", "/v1/users/" + bob.id());
        Reply gone = api.send("POST", path(bob.id()), own(RunningApi.PASSWORD), token, "X-Request-Id: r");

        assertEquals(401, inactive.status());
        assertEquals(inactive.text(), gone.text());
    }

    @Test
    void anothersPasswordNeedsTheScope() {
        User eve = api.addUser("eve", Role.OPERATOR);

        Reply reply = api.send("POST", path(bob.id()), own(RunningApi.PASSWORD), as(eve));

        assertEquals(403, reply.status());
        assertTrue(reply.field("WWW-Authenticate").orElseThrow().contains("users:admin"));
        assertEquals(403, api.send("POST", path(UUID.randomUUID()), BY_ADMIN, as(eve)).status());
        assertEquals(401, api.send("POST", path(bob.id()), BY_ADMIN, "Authorization: ").status());
    }

    @Test
    void aNewPasswordKeepsTheRules() {
        for (String bad : List.of("short", "password", "x".repeat(257))) {
            Reply reply = api.send("POST", path(bob.id()), "{\"password\":\"" + bad + "\"}");

            assertEquals(422, reply.status(), bad);
            assertEquals(List.of("/password"), reply.pointers());
        }
    }

    @Test
    void whatIsUnknownIsRefused() {
        Reply reply = api.send(
                "POST",
                path(bob.id()),
                "{\"current_password\":\"" + RunningApi.PASSWORD + "\",\"password\":\"12345678\",\"hint\":1}",
                as(bob));
        assertEquals(List.of("/hint"), reply.pointers());
    }
}
