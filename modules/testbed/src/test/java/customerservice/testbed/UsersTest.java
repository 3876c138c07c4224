package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Users of the whole service, changed at two instances. */
final class UsersTest {

    private static final int ROUNDS = 10;

    private static TestDatabase database;
    private static ApiClient here;
    private static ApiClient there;

    @BeforeAll
    static void start() {
        database = Testbed.shared().newDatabase();
        here = Testbed.shared().client(Testbed.shared().serve(database).address(), Role.ADMIN);
        there = here.at(Testbed.shared().serve(database).address());
    }

    private static String add(String username, String role, String password) {
        Answer added = here.post(
                "/v1/users",
                "{\"username\":\"" + username + "\",\"role\":\"" + role + "\",\"password\":\"" + password + "\"}");
        assertEquals(201, added.status(), added::toString);
        return added.header("Location");
    }

    private static int signIn(String username, String password) {
        return ApiClient.anonymous(there.address())
                .post("/v1/auth/login", "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}")
                .status();
    }

    @Test
    void aUserComesSignsInChangesItsPasswordAndGoes() {
        String path = add("grace", "viewer", "blue kettle");
        ApiClient grace = ApiClient.signIn(there.address(), "grace", "blue kettle");
        assertEquals(403, grace.get("/v1/users").status());
        assertEquals(
                401,
                grace.post(path + "/password", "{\"current_password\":\"no\",\"password\":\"green kettle\"}").status());
        assertEquals(
                204,
                grace.post(
                        path + "/password", "{\"current_password\":\"blue kettle\",\"password\":\"green kettle\"}")
                        .status());
        assertEquals(401, signIn("grace", "blue kettle"));
        assertEquals(200, signIn("grace", "green kettle"));
        assertEquals(200, here.patch(path, "{\"active\":false,\"role\":\"operator\"}").status());
        assertEquals(401, signIn("grace", "green kettle"));
        assertEquals(204, there.delete(path).status());
        assertEquals(404, here.delete(path).status());
        String id = path.substring(path.lastIndexOf('/') + 1);
        assertEquals(
                "user.create {username,role,password,active};user.change_password_failed {};user.change_password {password};"
                        + "user.update {role,active};user.remove {}",
                database.value("select string_agg(action || ' ' || fields::text, ';' order by id) from audit_log"
                        + " where action not like 'auth.%' and subject = '" + id + "'").orElseThrow());
    }

    @Test
    void aServiceAccountComesAndGoes() {
        Answer added = here.post("/v1/service-accounts", "{\"name\":\"billing\",\"scopes\":[\"customers:read\"]}");
        assertEquals(201, added.status(), added::toString);
        String path = added.header("Location");
        assertEquals("billing", there.get(path).string("name"));
        List<Map<String, Object>> listed = there.get("/v1/service-accounts").objects("items");
        assertEquals(there.get(path).json(), listed.getFirst());
        assertEquals(409, there.post("/v1/service-accounts", "{\"name\":\"billing\",\"scopes\":[\"audit:read\"]}")
                .status());
        assertEquals(204, there.delete(path).status());
        assertEquals(404, here.get(path).status());
    }

    /** In each round there are two more admins and the first is none; each of the two takes the other away. */
    @Test
    void twoAdminsWhoTakeOneAnotherAwayLeaveOne() {
        TestDatabase own = Testbed.shared().newDatabase();
        ApiClient first = program(Testbed.shared().client(Testbed.shared().serve(own).address(), Role.ADMIN));
        ApiClient second = first.at(Testbed.shared().serve(own).address());
        for (int round = 0; round < ROUNDS; round++) {
            own.execute("delete from users where username like 'admin%'");
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                own.execute("insert into users (id, username, role, password_hash, created_at)"
                        + " values (gen_random_uuid(), 'admin" + i + "', 'admin', 'none', now())");
                paths.add("/v1/users/"
                        + own.value("select id from users where username = 'admin" + i + "'").orElseThrow());
            }
            int way = round % 3;
            List<Answer> answers = AtOnce.call(2, i -> takeAway(i == 0 ? first : second, paths.get(i), way));
            List<Answer> refused = answers.stream().filter(answer -> answer.status() == 409).toList();
            assertEquals(1, refused.size(), answers::toString);
            assertEquals("/problems/last-admin", refused.getFirst().string("type"));
            assertTrue(answers.stream().anyMatch(answer -> answer.status() < 300), answers::toString);
            assertEquals(1, own.number("select count(*) from users where role = 'admin' and active"));
        }
    }

    /** One that looks after users and is none, so that it is still there when all of them are gone. */
    private static ApiClient program(ApiClient admin) {
        Answer added = admin.post("/v1/service-accounts", "{\"name\":\"people\",\"scopes\":[\"users:admin\"]}");
        Map<String, String> request = Map.of(
                "grant_type", "client_credentials",
                "client_id", added.string("client_id"),
                "client_secret", added.string("client_secret"));
        Answer issued = ApiClient.anonymous(admin.address()).form("/oauth/token", request);
        return ApiClient.withToken(admin.address(), issued.string("access_token"));
    }

    private static Answer takeAway(ApiClient client, String path, int way) {
        return switch (way) {
            case 0 -> client.patch(path, "{\"role\":\"viewer\"}");
            case 1 -> client.patch(path, "{\"active\":false}");
            default -> client.delete(path);
        };
    }
}
