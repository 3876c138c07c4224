package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.RefreshTokenStore;
import customerservice.domain.identity.TokenFamily;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import customerservice.persistence.Database;
import customerservice.persistence.PageWork;
import customerservice.persistence.TestDatabase;
import customerservice.persistence.audit.AuditRows;
import customerservice.persistence.connection.ConnectionSource;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.retention.ExpirySweep;
import customerservice.persistence.sql.Parameters;
import customerservice.testsupport.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresRefreshTokensTest extends RefreshTokenStoreContract {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Database OPENED = Database.open(
            DATABASE.settings().withoutCache(), Clock.systemUTC());

    private static final String WAITING = "select count(*) from pg_stat_activity where datname = current_database()"
            + " and wait_event_type = 'Lock'";

    @BeforeEach
    void empty() {
        DATABASE.execute("truncate users, token_families, refresh_tokens, audit_log cascade");
    }

    @AfterAll
    static void drop() {
        OPENED.close();
        DATABASE.close();
    }

    @Override
    RefreshTokenStore store() {
        return OPENED.refreshTokens();
    }

    @Override
    UserStore users() {
        return OPENED.users();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password_hash = 'other'", "role = 'viewer'", "active = false"})
    void everyStatementThatChangesAUserEndsItsFamilies(String change) {
        User user = signedIn("ada");
        DATABASE.execute("update users set " + change + " where id = '" + user.id() + "'");
        DATABASE.execute("update users set active = true");

        assertEquals(Optional.empty(), rotate("first", "second"));
    }

    @Test
    void familyHasAnEnd() {
        signedIn("ada");
        DATABASE.execute("update refresh_tokens set generation = " + (RefreshTokenStore.MAX_GENERATIONS - 1));
        rotate("first", "last");

        assertEquals(Optional.empty(), rotate("last", "one more"));
    }

    @ParameterizedTest
    @EnumSource
    void spentTokensOfAFamilyAreNotReadByARefresh(PageWork.Plan plan) {
        signedIn("ada");
        DATABASE.execute("insert into refresh_tokens (hash, family_id, generation, spent_at, children)"
                + " select 'spent ' || n, id, n, now(), 1 from token_families, generate_series(1, 20000) n");
        DATABASE.execute("update refresh_tokens set generation = 20001 where hash = 'first'");
        DATABASE.execute("vacuum analyze refresh_tokens, token_families, users");
        try (var work = new PageWork(DATABASE)) {
            work.assertBounded(200, plan, PostgresRefreshTokens.ROTATE, query -> {
                var parameters = new Parameters(query).text("first")
                        .text("first")
                        .number(30_000)
                        .text("first")
                        .text("second");
                AuditRows.bindWithoutActor(audit("auth.token_refreshed"), parameters);
                return query;
            });
        }
    }

    @Test
    void renamedUserStaysSignedIn() {
        signedIn("ada");
        DATABASE.execute("update users set username = 'lovelace', role = role");

        assertTrue(rotate("first", "second").isPresent());
    }

    @Test
    void deletedUserTakesItsTokensAlong() {
        signedIn("ada");
        DATABASE.execute("delete from users");

        assertEquals("0", DATABASE.query("select count(*) from refresh_tokens"));
        assertEquals(Optional.empty(), rotate("first", "second"));
    }

    @Test
    void generationsAreCounted() {
        signedIn("ada");
        rotate("first", "second");
        rotate("first", "other second");
        rotate("second", "third");

        assertEquals(
                "first 1, other second 2, second 2, third 3",
                DATABASE.query(
                        "select string_agg(hash || ' ' || generation, ', ' order by generation, hash) from refresh_tokens"));
    }

    @Test
    void everyStepIsAuditedWithTheUser() {
        User user = signedIn("ada");
        rotate("first", "second");
        store().revokeReused("first", NO_GRACE, audit("reused"));

        assertEquals(
                "sign_in unknown anonymous, refreshed " + user.id() + " " + user.id() + ", reused " + user.id()
                        + " anonymous",
                audited());
    }

    @Test
    void revocationIsAuditedAsTheUsersOwn() {
        User user = signedIn("ada");
        store().revoke("first", audit("revoked"));

        assertEquals("sign_in unknown anonymous, revoked " + user.id() + " " + user.id(), audited());
    }

    @Test
    void nothingIsAuditedWhereNothingChanged() {
        rotate("unknown", "second");
        store().revokeReused("unknown", NO_GRACE, audit("reused"));
        store().revoke("unknown", audit("revoked"));

        assertEquals("0", DATABASE.query("select count(*) from audit_log"));
    }

    @Test
    void thoseThatWaitForOneAnotherAllGetASuccessor() throws Exception {
        signedIn("ada");
        List<Optional<TokenFamily>> rotated = whileLocked(
                "select from token_families for update", "first", 4);

        assertTrue(rotated.stream().allMatch(Optional::isPresent));
        assertEquals("4", DATABASE.query("select children from refresh_tokens where hash = 'first'"));
        assertEquals("1", DATABASE.query("select count(distinct family_id) from refresh_tokens"));
    }

    @Test
    void whoWaitedForARevocationGetsNothing() throws Exception {
        signedIn("ada");
        List<Optional<TokenFamily>> rotated = whileLocked(
                "update token_families set revoked_at = now()", "first", 2);

        assertEquals(List.of(Optional.empty(), Optional.empty()), rotated);
        assertEquals("1", DATABASE.query("select count(*) from refresh_tokens"));
    }

    @Test
    void whoWaitedForAChangeOfTheTokenSeesIt() throws Exception {
        signedIn("ada");
        List<Optional<TokenFamily>> rotated = whileLocked(
                "update refresh_tokens set spent_at = now() - interval '1 hour'", "first", 1);

        assertEquals(List.of(Optional.empty()), rotated);
    }

    @Test
    void sweepDeletesExpiredFamiliesAndNothingElse() throws Exception {
        User user = signedIn("ada");
        rotate("first", "second");
        DATABASE.execute("""
                insert into token_families (user_id, user_epoch, expires_at)
                select '%s', 0, now() - interval '1 second' from generate_series(1, 600)""".formatted(user.id()));
        DATABASE.execute("""
                insert into refresh_tokens (hash, family_id, generation)
                select id || ' ' || n, id, n from token_families, generate_series(1, 2) n where expires_at < now()""");
        var source = new ConnectionSource(DATABASE.settings());
        try (var gate = new Gate(DATABASE.settings(), source, Clock.systemUTC(), Optional.empty());
                var sweep = new ExpirySweep(gate, Clock.systemUTC())) {
            sweep.sweep();
        }

        assertEquals("1", DATABASE.query("select count(*) from token_families"));
        assertEquals("first,second", DATABASE.query("select string_agg(hash, ',' order by hash) from refresh_tokens"));
    }

    /** Rotates so often at once while another transaction, having run {@code statement}, is not committed yet. */
    private List<Optional<TokenFamily>> whileLocked(String statement, String hash, int times)
            throws SQLException, InterruptedException, ExecutionException {
        List<Future<Optional<TokenFamily>>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection other = DATABASE.connect();
                Statement locking = other.createStatement()) {
            other.setAutoCommit(false);
            locking.execute(statement);
            for (int i = 0; i < times; i++) {
                String next = "second " + i;
                running.add(threads.submit(() -> rotate(hash, next)));
            }
            Await.until(times + " wait", () -> DATABASE.query(WAITING).equals(Integer.toString(times)));
            other.commit();
        }
        List<Optional<TokenFamily>> results = new ArrayList<>();
        for (Future<Optional<TokenFamily>> one : running) {
            results.add(one.get());
        }
        return results;
    }

    private static String audited() {
        return DATABASE.query("select string_agg(action || ' ' || subject || ' ' || actor, ', ' order by id)"
                + " from audit_log where action <> 'user.create'");
    }
}
