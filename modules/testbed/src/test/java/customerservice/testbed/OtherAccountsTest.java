package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.Role;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What belongs to another account: its password, role, tokens. */
final class OtherAccountsTest {

    private static final String NOBODY = "0192f0c1-0000-7000-8000-000000000000";
    private static final String PASSWORD = "blue kettle of tea";

    private static TestDatabase database;
    private static ServiceInstance service;
    private static ApiClient anonymous;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        database = Testbed.shared().newDatabase();
        service = Testbed.shared().serve(database, Map.of("limits.expensive_rate", "100000"));
        anonymous = ApiClient.anonymous(service.address());
        admin = Testbed.shared().client(service.address(), Role.ADMIN);
    }

    private static String add(String username, String role) {
        Answer added = admin.post(
                "/v1/users",
                "{\"username\":\"" + username + "\",\"role\":\"" + role + "\",\"password\":\"" + PASSWORD + "\"}");
        assertEquals(201, added.status(), added::toString);
        return added.header("Location");
    }

    private static Answer signIn(String username) {
        return anonymous.post(
                "/v1/auth/login", "{\"username\":\"" + username + "\",\"password\":\"" + PASSWORD + "\"}");
    }

    private static ApiClient as(Answer tokens) {
        return ApiClient.withToken(service.address(), tokens.string("access_token"));
    }

    private static Answer refresh(String token, String... headers) {
        return anonymous.form(
                "/oauth/token", Map.of("grant_type", "refresh_token", "refresh_token", token), headers);
    }

    private static Map<String, String> account(String name, String scope) {
        Answer added = admin.post(
                "/v1/service-accounts", "{\"name\":\"" + name + "\",\"scopes\":[\"" + scope + "\"]}");
        assertEquals(201, added.status(), added::toString);
        return Map.of("client_id", added.string("client_id"), "client_secret", added.string("client_secret"));
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        var all = new java.util.HashMap<>(parameters);
        all.put(name, value);
        return all;
    }

    private static String basic(Map<String, String> account) {
        return "Basic " + Base64.getEncoder().encodeToString(
                (account.get("client_id") + ":" + account.get("client_secret")).getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertError(int status, String error, Answer answer) {
        assertEquals(status, answer.status(), answer::toString);
        assertEquals(error, answer.string("error"));
    }

    /** The audit trail has lines of them all, by the same kind of id; whoever reads customers reads none of them. */
    @Test
    void historyIsOfCustomersAlone() {
        String user = add("watched", "operator");
        assertEquals(200, admin.patch(user, "{\"role\":\"viewer\"}").status());
        Answer tokens = signIn("watched");
        assertEquals(200, refresh(tokens.string("refresh_token")).status());
        Map<String, String> account = account("watched-account", "customers:read");
        assertEquals(
                200, anonymous.form("/oauth/token", with(account, "grant_type", "client_credentials")).status());
        ApiClient viewer = as(tokens);
        Answer nowhere = viewer.get("/v1/customers/" + NOBODY + "/history", "X-Request-Id", "same");
        assertEquals(404, nowhere.status(), nowhere::toString);
        List<String> others = ids("select id::text from users union select id::text from service_accounts"
                + " union select id::text from token_families"
                + " union select subject from audit_log where action not like 'customer.%'"
                + " union select actor from audit_log");
        assertTrue(others.containsAll(List.of(user.substring(user.lastIndexOf('/') + 1), account.get("client_id"))));
        for (String other : others) {
            Answer answer = viewer.get("/v1/customers/" + other + "/history", "X-Request-Id", "same");
            assertEquals(404, answer.status(), answer::toString);
            assertEquals(nowhere.text(), answer.text());
        }
    }

    @Test
    void erasedCustomerHasAHistoryBesideThoseOfOthers() {
        String customer = admin.post("/v1/customers", "{\"name\":\"Ada\",\"email\":\"ada@example.com\"}")
                .header("Location");
        assertEquals(204, admin.delete(customer).status());
        add("historian", "viewer");
        Answer history = as(signIn("historian")).get(customer + "/history");
        assertEquals(200, history.status(), history::toString);
        assertTrue(history.text().contains("customer.erase"), history::toString);
    }

    private static List<String> ids(String sql) {
        return List.of(database.value("select string_agg(id, ' ') from (" + sql + ") as ids (id)").orElseThrow()
                .split(" ", -1));
    }

    @Test
    void passwordOfAnotherIsNotChangedAndNotToldOf() {
        String victim = add("victim", "admin");
        add("eve", "operator");
        ApiClient eve = as(signIn("eve"));
        String body = "{\"current_password\":\"" + PASSWORD + "\",\"password\":\"another kettle of tea\"}";
        Answer there = eve.post(victim + "/password", body, "X-Request-Id", "same");
        Answer nowhere = eve.post("/v1/users/" + NOBODY + "/password", body, "X-Request-Id", "same");
        assertEquals(403, there.status(), there::toString);
        assertEquals(there.text(), nowhere.text());
        assertEquals(200, signIn("victim").status());
    }

    @Test
    void ownPasswordIsChangedByWhoeverKnowsTheCurrentOne() {
        String own = add("mary", "viewer");
        ApiClient mary = as(signIn("mary"));
        assertEquals(422, mary.post(own + "/password", "{\"password\":\"green kettle of tea\"}").status());
        assertEquals(
                204,
                mary.post(
                        own + "/password",
                        "{\"current_password\":\"" + PASSWORD + "\",\"password\":\"green kettle of tea\"}").status());
    }

    /** The token's subject is an id like any other, but no user's. */
    @Test
    void serviceAccountHasNoPasswordToChange() {
        Map<String, String> account = account("passwordless", "customers:read");
        Answer token = anonymous.form("/oauth/token", with(account, "grant_type", "client_credentials"));
        Answer answer = as(token).post(
                "/v1/users/" + account.get("client_id") + "/password",
                "{\"current_password\":\"" + account.get("client_secret")
                        + "\",\"password\":\"green kettle of tea\"}");
        assertTrue(List.of(401, 403, 404).contains(answer.status()), answer::toString);
        assertEquals(200, anonymous.form("/oauth/token", with(account, "grant_type", "client_credentials")).status());
    }

    @Test
    void nobodyGivesHimselfARoleOrTakesAnotherAway() {
        String own = add("climber", "operator");
        String other = add("bystander", "viewer");
        ApiClient climber = as(signIn("climber"));
        for (String path : List.of(own, other, "/v1/users/" + NOBODY)) {
            assertEquals(403, climber.get(path).status());
            assertEquals(403, climber.patch(path, "{\"role\":\"admin\"}").status());
            assertEquals(403, climber.delete(path).status());
        }
        assertEquals("operator", admin.get(own).string("role"));
        assertEquals("viewer", admin.get(other).string("role"));
    }

    @Test
    void deactivatedUserRefreshesNoMore() {
        String path = add("leaver", "operator");
        Answer tokens = signIn("leaver");
        assertEquals(200, admin.patch(path, "{\"active\":false}").status());
        assertError(400, "invalid_grant", refresh(tokens.string("refresh_token")));
        assertEquals(
                Map.of("active", false),
                anonymous.form(
                        "/oauth/introspect",
                        with(account("watcher", "tokens:introspect"), "token", tokens.string("access_token"))).json());
    }

    @Test
    void refreshAfterAChangeOfRoleGivesTheNewScopes() {
        String path = add("demoted", "admin");
        Answer tokens = signIn("demoted");
        assertEquals(200, admin.patch(path, "{\"role\":\"viewer\"}").status());
        Answer refreshed = refresh(tokens.string("refresh_token"));
        // Either the sign-in has ended, or it goes on with less.
        if (refreshed.status() == 200) {
            assertEquals("customers:read", refreshed.string("scope"));
            assertEquals(403, as(refreshed).get("/v1/users").status());
        } else {
            assertError(400, "invalid_grant", refreshed);
        }
    }

    @Test
    void refreshDoesNotGiveMoreThanWasGranted() {
        add("asker", "viewer");
        String token = signIn("asker").string("refresh_token");
        assertError(
                400,
                "invalid_scope",
                anonymous.form(
                        "/oauth/token",
                        Map.of("grant_type", "refresh_token", "refresh_token", token, "scope", "users:admin")));
    }

    @Test
    void refreshTokenIsOfNoUseToAnotherClientAndNotSpentByIt() {
        add("holder", "viewer");
        String token = signIn("holder").string("refresh_token");
        Map<String, String> thief = account("thief", "customers:read");
        assertError(400, "invalid_grant", refresh(token, "Authorization", basic(thief)));
        assertError(
                400,
                "invalid_grant",
                anonymous.form(
                        "/oauth/token",
                        with(with(thief, "grant_type", "refresh_token"), "refresh_token", token)));
        assertEquals(
                0,
                database.number("select count(*) from refresh_tokens where spent_at is not null and family_id in ("
                        + "select f.id from token_families f join users u on u.id = f.user_id"
                        + " where u.username = 'holder')"));
        assertEquals(200, refresh(token).status());
    }

    @Test
    void accessTokenOfAnotherServiceAccountIsNotRevoked() {
        Map<String, String> victim = account("shipping", "customers:read");
        Answer issued = anonymous.form("/oauth/token", with(victim, "grant_type", "client_credentials"));
        Answer refused = anonymous.form(
                "/oauth/revoke",
                with(account("rival", "customers:read"), "token", issued.string("access_token")));
        assertError(400, "unsupported_token_type", refused);
        assertEquals(200, as(issued).get("/v1/customers").status());
    }

    @Test
    void onlyAServiceAccountWithItsSecretIsToldAboutTokens() {
        add("curious", "admin");
        Answer tokens = signIn("curious");
        Map<String, String> account = account("introspecting", "tokens:introspect");
        String token = tokens.string("access_token");
        assertError(401, "invalid_client", anonymous.form("/oauth/introspect", Map.of("token", token)));
        assertError(401, "invalid_client", as(tokens).form("/oauth/introspect", Map.of("token", token)));
        assertError(
                401,
                "invalid_client",
                anonymous.form("/oauth/introspect", with(with(account, "client_secret", "wrong"), "token", token)));
        assertError(
                403,
                "insufficient_scope",
                anonymous.form("/oauth/introspect", with(account("prying", "audit:read"), "token", token)));
        assertEquals(
                true, anonymous.form("/oauth/introspect", with(account, "token", token)).json().get("active"));
    }

    @Test
    void serviceAccountGetsNoScopeOfAnother() {
        Map<String, String> account = account("narrow", "customers:read");
        assertError(
                400,
                "invalid_scope",
                anonymous.form(
                        "/oauth/token",
                        with(with(account, "grant_type", "client_credentials"), "scope", "users:admin")));
    }

    @Test
    void removedServiceAccountGetsNoTokenAndIsToldNothing() {
        Map<String, String> account = account("removed", "tokens:introspect");
        Answer issued = anonymous.form("/oauth/token", with(account, "grant_type", "client_credentials"));
        assertEquals(204, admin.delete("/v1/service-accounts/" + account.get("client_id")).status());
        assertError(
                401,
                "invalid_client",
                anonymous.form("/oauth/token", with(account, "grant_type", "client_credentials")));
        assertError(
                401,
                "invalid_client",
                anonymous.form("/oauth/introspect", with(account, "token", issued.string("access_token"))));
    }
}
