package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.domain.DomainException.DuplicateUsername;
import customerservice.domain.DomainException.LastAdmin;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import customerservice.testsupport.Await;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresUsersTest extends UserStoreContract {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Database OPENED = Database.open(DATABASE.settings().withoutCache(),
            Clock.systemUTC());

    private static final int ROUNDS = 50;
    private static final int ADMINS = 6;

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
    UserStore store() {
        return OPENED.users();
    }

    @Test
    void changeIsAudited() {
        User user = insert("ada", Role.ADMIN);
        store().updatePasswordHash(user.id(), "other", audit("user.passwd", user.id()));
        assertEquals(
                "user.add " + user.id() + ",user.passwd " + user.id(),
                DATABASE.query("select string_agg(action || ' ' || subject, ',' order by id) from audit_log"));
    }

    @Test
    void refusedChangeIsNotAudited() {
        insert("ada", Role.ADMIN);
        assertThrows(DuplicateUsername.class, () -> insert("ada", Role.ADMIN));
        UUID unknown = UUID.randomUUID();
        store().updatePasswordHash(unknown, "other", audit("user.passwd", unknown));
        assertEquals("1", DATABASE.query("select count(*) from audit_log"));
    }

    @Test
    void everyKindOfChangeIsAuditedOnce() {
        User ada = insert("ada", Role.ADMIN);
        User bob = insert("bob", Role.ADMIN);
        store().update(bob, bob.with(Role.VIEWER), audit("user.update", bob.id()));
        store().replacePasswordHash(bob.id(), bob.passwordHash(), "other", audit("user.passwd", bob.id()));
        store().delete(bob.id(), audit("user.remove", bob.id()));
        assertThrows(LastAdmin.class, () -> store().delete(ada.id(), audit("user.remove", ada.id())));
        assertThrows(
                LastAdmin.class, () -> store().update(ada, ada.withActive(false), audit("user.update", ada.id())));
        assertFalse(store().delete(bob.id(), audit("user.remove", bob.id())));
        assertEquals(
                "user.add,user.add,user.update,user.passwd,user.remove",
                DATABASE.query("select string_agg(action, ',' order by id) from audit_log"));
    }

    @Test
    void theEndOfSignInsIsOneLineForOneUserAndOneForAll() {
        User ada = insert("ada", Role.ADMIN);
        insert("bob", Role.VIEWER);
        UUID unknown = UUID.randomUUID();
        store().endSignIns(ada.id(), audit("user.sign_out", ada.id()));
        store().endSignIns(unknown, audit("user.sign_out", unknown));
        store().endAllSignIns(audit("user.sign_out_all", unknown));
        assertEquals(
                "user.sign_out " + ada.id() + ",user.sign_out_all " + unknown,
                DATABASE.query("select string_agg(action || ' ' || subject, ',' order by id) from audit_log"
                        + " where action <> 'user.add'"));
    }

    /** Both lock many users: in another order than one another, they would end in a deadlock. */
    @Test
    void signInsOfAllEndWhileAdminsAreChanged() throws Exception {
        List<User> admins = new ArrayList<>();
        for (int i = 0; i < ADMINS; i++) {
            admins.add(insert("admin" + i, Role.ADMIN));
        }
        List<Future<?>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ROUNDS; i++) {
                User admin = admins.get(i % ADMINS);
                running.add(threads.submit(() -> store().endAllSignIns(audit("user.sign_out", admin.id()))));
                running.add(threads.submit(
                        () -> store().update(admin, admin.withActive(true), audit("user.update", admin.id()))));
            }
        }
        for (Future<?> each : running) {
            each.get();
        }
        assertEquals(
                Integer.toString(2 * ROUNDS),
                DATABASE.query("select count(*) from audit_log where action <> 'user.add'"));
    }

    /** In each round every admin is about to lose all others, by one of three ways, at the same time. */
    @Test
    void adminsWhoTakeOneAnotherAwayAtTheSameTimeLeaveOne() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            DATABASE.execute("truncate users, audit_log cascade");
            List<User> admins = new ArrayList<>();
            for (int i = 0; i < ADMINS; i++) {
                admins.add(insert("admin" + i, Role.ADMIN));
            }
            var ready = new CountDownLatch(ADMINS);
            List<Future<Boolean>> removals = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < ADMINS; i++) {
                    User other = admins.get(i);
                    int way = (i + round) % 3;
                    removals.add(threads.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return takenAway(other, way);
                    }));
                }
            }
            int taken = 0;
            for (Future<Boolean> removal : removals) {
                taken += removal.get() ? 1 : 0;
            }
            assertEquals(ADMINS - 1, taken, "round " + round);
            assertEquals("1", DATABASE.query("select count(*) from users where role = 'admin' and active"));
            assertEquals(
                    Integer.toString(ADMINS - 1),
                    DATABASE.query("select count(*) from audit_log where action <> 'user.add'"));
        }
    }

    private boolean takenAway(User admin, int way) {
        try {
            return switch (way) {
                case 0 -> store().delete(admin.id(), audit("user.remove", admin.id()));
                case 1 -> store().update(admin, admin.with(Role.VIEWER), audit("user.update", admin.id()));
                default -> store().update(admin, admin.withActive(false), audit("user.update", admin.id()));
            };
        } catch (LastAdmin e) {
            return false;
        }
    }

    /** What comes second waits for the first, and then sees what it has done. */
    @Test
    void whoeverWaitsForAnotherChangeSeesIt() throws Exception {
        User ada = insert("ada", Role.ADMIN);
        User bob = insert("bob", Role.ADMIN);
        try (Connection first = DATABASE.connect();
                Statement statement = first.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            first.setAutoCommit(false);
            statement.execute("update users set role = 'viewer' where username = 'bob'");
            Future<Boolean> second = threads.submit(
                    () -> store().delete(ada.id(), audit("user.remove", ada.id())));
            Await.until("the second waits", () -> !DATABASE
                    .query("select count(*) from pg_locks where not granted").equals("0"));
            first.commit();
            var thrown = assertThrows(ExecutionException.class, second::get);
            assertInstanceOf(LastAdmin.class, thrown.getCause());
        }
        assertEquals(bob.with(Role.VIEWER), store().find(bob.id()).orElseThrow());
    }
}
