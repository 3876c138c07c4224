package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.identity.Role;
import customerservice.domain.identity.SignInHistory;
import customerservice.domain.identity.User;
import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresSignInHistoryTest extends SignInHistoryContract {

    private static final int CLIENTS = 6;
    private static final int ROUNDS = 30;

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Database OPENED = Database.open(DATABASE.settings().withoutCache(),
            Clock.systemUTC());

    @BeforeEach
    void empty() {
        DATABASE.execute("truncate users, audit_log, sign_in_failures, known_networks cascade");
    }

    @AfterAll
    static void drop() {
        OPENED.close();
        DATABASE.close();
    }

    @Override
    SignInHistory history() {
        return OPENED.signInHistory();
    }

    @Override
    User insert(String username, Role role) {
        var user = new User(UUID.randomUUID(), username, role, "$argon2id$v=19$x", true, Instant.EPOCH);
        OPENED.users().insert(user, audit());
        return user;
    }

    @Test
    void aFailureAndItsEntryInTheTrailAreOne() {
        fail("ada", "192.0.2.7", 1);

        assertEquals("1", DATABASE.query("select count(*) from audit_log where action = 'auth.sign_in_failed'"));
    }

    @Test
    void failuresAreForgottenOneByOne() {
        fail("ada", "192.0.2.7", 4);
        later("3 minutes");

        var standing = history().standing("ada", "192.0.2.7");
        assertEquals(1, standing.ofName().count());
        assertEquals(4, standing.ofNameOnNetwork().count());
        assertEquals(0, standing.ofNetwork().count());
    }

    @Test
    void theNextFailureCountsOnTopOfWhatIsNotForgotten() {
        fail("ada", "192.0.2.7", 4);
        later("3 minutes");
        fail("ada", "192.0.2.7", 1);

        assertEquals(2, history().standing("ada", "192.0.2.7").ofName().count());
        assertEquals(1, history().standing("ada", "192.0.2.7").ofNetwork().count());
    }

    @Test
    void whatIsForgottenIsDeletedByTheNextFailure() {
        fail("ada", "192.0.2.7", 1);
        fail("bob", "192.0.2.8", 1);
        later("1 day");
        fail("eve", "192.0.2.9", 1);

        assertEquals("3", DATABASE.query("select count(*) from sign_in_failures"));
    }

    @Test
    void aNetworkIsForgottenAfterNinetyDays() {
        User ada = insert("ada", Role.VIEWER);
        history().succeeded(ada.id(), "ada", "192.0.2.7");
        DATABASE.execute("update known_networks set last_sign_in_at = last_sign_in_at - interval '91 days'");

        assertFalse(history().standing("ada", "192.0.2.7").knownNetwork());

        history().succeeded(ada.id(), "ada", "192.0.2.8");
        assertEquals("192.0.2.8", DATABASE.query("select string_agg(network, ' ') from known_networks"));
    }

    @Test
    void aNetworkThatIsUsedStaysKnown() {
        User ada = insert("ada", Role.VIEWER);
        history().succeeded(ada.id(), "ada", "192.0.2.7");
        DATABASE.execute("update known_networks set last_sign_in_at = last_sign_in_at - interval '89 days'");
        history().succeeded(ada.id(), "ada", "192.0.2.7");
        DATABASE.execute("update known_networks set last_sign_in_at = last_sign_in_at - interval '89 days'");

        assertTrue(history().standing("ada", "192.0.2.7").knownNetwork());
    }

    /** Each deletes what has been forgotten, of others too, who come back at the same time. */
    @Test
    void failuresOfThoseWhoHadBeenForgottenDoNotDeadlock() throws Exception {
        assertNoDeadlock(history -> {
            DATABASE.execute("delete from sign_in_failures");
            for (int i = 0; i < CLIENTS; i++) {
                history.failed("user" + i, "192.0.2." + i, false, audit());
            }
            later("1 day");
            return i -> history.failed("user" + i, "192.0.2." + i, false, audit());
        });
    }

    @Test
    void successesOnNetworksThatHadBeenForgottenDoNotDeadlock() throws Exception {
        User ada = insert("ada", Role.VIEWER);
        assertNoDeadlock(history -> {
            for (int i = 0; i < CLIENTS; i++) {
                history.succeeded(ada.id(), "ada", "192.0.2." + i);
            }
            DATABASE.execute("update known_networks set last_sign_in_at = now() - interval '91 days'");
            return i -> history.succeeded(ada.id(), "ada", "192.0.2." + i);
        });
    }

    private static void assertNoDeadlock(Function<SignInHistory, IntConsumer> preparation)
            throws Exception {
        String deadlocks = "select deadlocks from pg_stat_database where datname = current_database()";
        String before = DATABASE.query(deadlocks);
        // Connections tell of their deadlocks when they end.
        try (Database own = Database.openForOneTask(DATABASE.settings(), Clock.systemUTC());
                var executor = Executors.newFixedThreadPool(CLIENTS)) {
            for (int round = 0; round < ROUNDS; round++) {
                IntConsumer client = preparation.apply(own.signInHistory());
                var barrier = new CyclicBarrier(CLIENTS);
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    int number = i;
                    all.add(executor.submit(() -> {
                        barrier.await();
                        client.accept(number);
                        return null;
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            }
        }
        assertEquals(before, DATABASE.query(deadlocks));
    }

    @Test
    void failuresAtTheSameTimeAllCountAndNoneDeadlocks() throws Exception {
        int threads = 8;
        int each = 3;
        try (var executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String name = "user" + (i % 2);
                String network = "192.0.2." + ((i / 2) % 2);
                all.add(executor.submit(() -> fail(name, network, each)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertEquals("24", DATABASE.query("select count(*) from audit_log"));
        assertEquals(6, history().standing("user0", "192.0.2.0").ofNameOnNetwork().count());
        assertEquals(12, history().standing("user0", "192.0.2.0").ofName().count());
        assertEquals(12, history().standing("user0", "192.0.2.0").ofNetwork().count());
    }

    private static void later(String interval) {
        DATABASE.execute(
                "update sign_in_failures set forgotten_at = forgotten_at - interval '" + interval
                        + "', last_failed_at = last_failed_at - interval '" + interval + "'");
    }
}
