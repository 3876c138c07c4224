package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.Scope;
import customerservice.persistence.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Staying signed in, at two instances. */
@Tag("slow")
final class RefreshTest {

    /** All clients here have one address. */
    private static final String SECRET = "S-cret_890123456789012345678901234567890123";
    private static final Map<String, String> UNLIMITED = Map.of("limits.expensive_rate", "100000");

    private static final int ROUNDS = 1_000;

    private final TestDatabase database = Testbed.shared().newDatabase();
    private ServiceInstance first;
    private ServiceInstance second;

    @BeforeEach
    void start() {
        first = Testbed.shared().serve(database, UNLIMITED);
        second = Testbed.shared().serve(database, UNLIMITED);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    /** As two tabs of a browser do, behind a balancer; then either goes on with what it got, or what the other got. */
    @Test
    void twoRefreshesAtOnceNeverEndASignIn() {
        String token = signIn();
        for (int round = 0; round < ROUNDS; round++) {
            String presented = token;
            List<Answer> answers = AtOnce.call(2, number -> refresh(number == 0 ? first : second, presented));

            int shown = round;
            answers.forEach(answer -> assertEquals(200, answer.status(), () -> "round " + shown + ": " + answer));
            Set<String> tokens = answers.stream().map(RefreshTest::refreshToken).collect(Collectors.toSet());
            assertEquals(2, tokens.size());
            token = refreshToken(answers.get(round % 2));
        }
        assertEquals(1, database.number("select count(*) from token_families where revoked_at is null"));
        assertEquals(1, database.number("select count(*) from token_families"));
        assertEquals(2 * ROUNDS + 1, database.number("select count(*) from refresh_tokens"));
        assertEquals(ROUNDS + 1, database.number("select max(generation) from refresh_tokens"));
        assertEquals(
                2 * ROUNDS,
                database.number("select count(*) from audit_log where action = 'auth.token_refreshed'"));
    }

    @Test
    void replayAfterTheGraceEndsEverythingOfThatSignInAndNothingElse() {
        String elsewhere = signIn();
        String stolen = signIn();
        Answer thief = refresh(first, stolen);
        Answer owner = refresh(second, refreshToken(thief));
        let30SecondsPass();

        assertError("invalid_grant", refresh(second, stolen));
        assertError("invalid_grant", refresh(first, refreshToken(thief)));
        assertError("invalid_grant", refresh(first, refreshToken(owner)));
        assertEquals(200, refresh(first, elsewhere).status());
        assertEquals(
                1, database.number("select count(*) from audit_log where action = 'auth.refresh_token_reused'"));
    }

    @Test
    void lostAnswerIsMadeGoodWithinTheGrace() {
        String token = signIn();
        refresh(first, token);

        Answer again = refresh(second, token);

        assertEquals(200, again.status(), again::toString);
        assertEquals(200, refresh(first, refreshToken(again)).status());
    }

    @Test
    void refreshedTokenIsTakenByTheOtherInstance() {
        String accessToken = refresh(first, signIn()).string("access_token");

        assertEquals(200, ApiClient.withToken(second.address(), accessToken).get("/v1/customers").status());
    }

    @Test
    void newPasswordEndsEverySignIn() {
        String one = signIn();
        String other = refreshToken(refresh(first, signIn()));
        database.execute("update users set password_hash = 'other' where username = 'viewer'");

        assertError("invalid_grant", refresh(first, one));
        assertError("invalid_grant", refresh(second, other));
    }

    /** By {@code customer-service user sign-out --all}. */
    @Test
    void signInsThatTheShellEndsAreEndedAtEveryInstance() {
        String one = signIn();
        String other = refreshToken(refresh(first, signIn()));
        var audit = new AuditEntry(
                Instant.now(), "user.sign_out", "all", 0, List.of(), new Caller("system", "command-1", "local"));
        try (Database shell = Database.openForOneTask(database.settings(), Clock.systemUTC())) {
            assertEquals(2, shell.users().endAllSignIns(audit));
        }

        assertError("invalid_grant", refresh(first, one));
        assertError("invalid_grant", refresh(second, other));
        assertEquals(200, refresh(second, signIn()).status());
    }

    @Test
    void signInAndSignOutAreInTheAuditTrail() {
        String token = signIn();
        assertEquals(200, anonymous(second).form("/oauth/revoke", Map.of("token", token)).status());

        String user = database.value("select id::text from users where username = 'viewer'").orElseThrow();
        assertEquals(
                "auth.sign_in " + user + " " + user + ",auth.token_revoked " + user + " " + user,
                database.value("""
                        select string_agg(action || ' ' || subject || ' ' || actor, ',' order by id) from audit_log
                        where action like 'auth.%'""").orElseThrow());
        assertError("invalid_grant", refresh(first, token));
    }

    @Test
    void tokensThatAreNotGoodAtOneInstanceDelayOthersAtAnother() {
        String unknown = "Unknown_901234567890123456789012345678901-3";
        for (int i = 0; i < 21; i++) {
            assertError("invalid_grant", refresh(first, unknown));
        }

        Answer delayed = refresh(second, unknown);

        assertEquals(429, delayed.status(), delayed::toString);
        assertEquals("/problems/too-many-requests", delayed.string("type"));
    }

    @Test
    void serviceAccountGetsATokenAndIsToldAboutOthers() {
        String id = serviceAccount(SECRET, Scope.CUSTOMERS_READ, Scope.TOKENS_INTROSPECT);
        Map<String, String> credentials = Map.of("client_id", id, "client_secret", SECRET);
        Answer issued = anonymous(first).form("/oauth/token", with(credentials, "grant_type", "client_credentials"));

        String token = issued.string("access_token");
        assertEquals(200, ApiClient.withToken(second.address(), token).get("/v1/customers").status());
        assertEquals(403, ApiClient.withToken(second.address(), token).post("/v1/customers", "{}").status());
        Answer active = anonymous(second).form("/oauth/introspect", with(credentials, "token", token));
        assertEquals(true, active.json().get("active"), active::toString);
        assertEquals(id, active.string("sub"));
        Answer unknown = anonymous(second).form("/oauth/introspect", with(credentials, "token", "unknown"));
        assertEquals(Map.of("active", false), unknown.json());
        assertEquals(
                id,
                database.value("select actor from audit_log where action = 'auth.token_issued'").orElseThrow());
    }

    @Test
    void noTokenIsKeptAsItIs() {
        String token = signIn();
        String next = refreshToken(refresh(first, token));

        assertEquals(
                0,
                database.number("select count(*) from refresh_tokens where hash in ('" + token + "', '" + next + "')"));
        assertNotEquals(token, next);
    }

    private void let30SecondsPass() {
        database.execute("update refresh_tokens set spent_at = spent_at - interval '30 seconds'");
    }

    private String signIn() {
        String body = "{\"username\":\"" + Role.VIEWER.label() + "\",\"password\":\"" + Testbed.shared().password()
                + "\"}";
        return refreshToken(anonymous(first).post("/v1/auth/login", body));
    }

    private static Answer refresh(ServiceInstance instance, String token) {
        return anonymous(instance).form(
                "/oauth/token", Map.of("grant_type", "refresh_token", "refresh_token", token));
    }

    private static String refreshToken(Answer answer) {
        return answer.string("refresh_token");
    }

    private static ApiClient anonymous(ServiceInstance instance) {
        return ApiClient.anonymous(instance.address());
    }

    private static void assertError(String error, Answer answer) {
        assertEquals(400, answer.status(), answer::toString);
        assertEquals(error, answer.string("error"));
    }

    private String serviceAccount(String secret, Scope... scopes) {
        String id = UUID.randomUUID().toString();
        String labels = Stream.of(scopes).map(Scope::label).collect(Collectors.joining(","));
        database.execute("""
                insert into service_accounts (id, name, scopes, secret_hash, created_at)
                values ('%s', 'billing', '{%s}', '%s', now())""".formatted(id, labels, sha256(secret)));
        return id;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        var all = new HashMap<>(parameters);
        all.put(name, value);
        return all;
    }
}
