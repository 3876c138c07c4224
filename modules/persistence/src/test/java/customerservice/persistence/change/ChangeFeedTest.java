package customerservice.persistence.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.persistence.TestDatabase;
import customerservice.persistence.connection.ConnectionSource;
import customerservice.testsupport.Await;
import customerservice.testsupport.DatabaseProxy;
import customerservice.testsupport.Warnings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ChangeFeedTest {

    /** Within which the server has to answer each question, also on a busy machine. */
    private static final Duration LEASE = Duration.ofSeconds(1);

    private static final String ANYTHING = "anything";
    private static final String ANNOUNCE = "insert into change_outbox (topic, id) values ('customer', '%s')";

    private final TestDatabase database = TestDatabase.migrated();
    private final DatabaseProxy network = new DatabaseProxy(database.servingSettings().url());
    private final Heard heard = new Heard();
    private final ChangeFeed feed = new ChangeFeed(
            new ConnectionSource(database.servingSettings().withUrl(network.url())),
            LEASE,
            Map.of(Topic.CUSTOMER, heard));

    @AfterEach
    void drop() {
        feed.close();
        network.close();
        database.close();
    }

    @Test
    void notTrustedBeforeTheFirstAnswer() {
        assertFalse(feed.isTrusted());
        assertFalse(feed.isUp());
    }

    @Test
    void everythingIsForgottenBeforeTrustBegins() {
        start();
        assertEquals(ANYTHING, heard.events.getFirst());
    }

    @Test
    void trustLastsWhileNothingHappens() {
        start();
        long end = System.nanoTime() + LEASE.multipliedBy(3).toNanos();
        Await.until("three leases are over", () -> System.nanoTime() - end > 0);
        Await.until("trust", feed::isTrusted);
        assertEquals(List.of(ANYTHING), heard.events);
    }

    @Test
    void changesAreToldOnceEach() {
        start();
        List<String> ids = IntStream.range(0, 50).mapToObj(i -> UUID.randomUUID().toString()).toList();
        ids.forEach(id -> database.execute(ANNOUNCE.formatted(id)));
        Await.until("told", () -> heard.events.contains(ids.getLast()));
        assertEquals(Collections.emptyList(), missing(ids));
        assertEquals(1 + ids.size(), heard.events.size());
    }

    /** A transaction that began early and commits late is behind what has been told already. */
    @Test
    void aChangeThatCommitsAfterLaterOnesIsTold() throws SQLException {
        start();
        String early = UUID.randomUUID().toString();
        String late = UUID.randomUUID().toString();
        try (Connection slow = database.connect(); Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute(ANNOUNCE.formatted(early));
            database.execute(ANNOUNCE.formatted(late));
            Await.until("the later one is told", () -> heard.events.contains(late));
            assertFalse(heard.events.contains(early));
            slow.commit();
        }
        Await.until("the earlier one is told", () -> heard.events.contains(early));
        assertEquals(List.of(ANYTHING, late, early), heard.events);
    }

    @Test
    void whatWasTakenBackIsNotTold() {
        start();
        database.execute("begin; " + ANNOUNCE.formatted(UUID.randomUUID()) + "; rollback");
        String after = UUID.randomUUID().toString();
        database.execute(ANNOUNCE.formatted(after));
        Await.until("told", () -> heard.events.contains(after));
        assertEquals(List.of(ANYTHING, after), heard.events);
    }

    @Test
    void aChangeOfManyRowsIsOneOfAll() {
        insertUsers(1_001);
        var users = new Heard();
        try (var other = new ChangeFeed(
                new ConnectionSource(database.servingSettings()), LEASE, Map.of(Topic.PRINCIPAL, users))) {
            other.start();
            Await.until("trust", other::isTrusted);
            database.execute("update users set active = false");
            Await.until("told", () -> users.events.size() > 1);
            assertEquals(List.of(ANYTHING, ANYTHING), users.events);
            assertEquals("2", database.query("select count(*) from change_outbox where topic = 'principal'"));
        }
    }

    @Test
    void moreThanCanBeToldOfOneByOneIsAnything() {
        start();
        database.execute("insert into change_outbox (topic, id) select 'customer', gen_random_uuid()"
                + " from generate_series(1, 5000)");
        Await.until("told", () -> heard.events.lastIndexOf(ANYTHING) > 0);
    }

    @Test
    void topicOfANewerReleaseIsPassedOver() {
        start();
        database.execute("insert into change_outbox (topic) values ('of a newer release')");
        String after = UUID.randomUUID().toString();
        database.execute(ANNOUNCE.formatted(after));
        Await.until("told", () -> heard.events.contains(after));
        assertEquals(List.of(ANYTHING, after), heard.events);
    }

    @Test
    void killedConnectionIsReplacedAndEverythingForgotten() {
        start();
        database.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name = 'customer-service change-feed' and datname = current_database()");
        Await.until("forgotten again", () -> heard.events.equals(List.of(ANYTHING, ANYTHING)));
        Await.until("trust", feed::isTrusted);
    }

    @Test
    void silentConnectionIsNotTrusted() {
        start();
        network.silence();
        Await.until("distrust", () -> !feed.isTrusted());
        Await.until("told of", () -> !feed.isUp());
        network.repair();
        Await.until("trust", feed::isTrusted);
        assertEquals(List.of(ANYTHING, ANYTHING), heard.events);
    }

    @Test
    void longerLeaseOutlastsAShorterOneAndALostConnectionEndsBoth() {
        start();
        assertFalse(feed.isTrusted(Duration.ZERO));
        assertTrue(feed.isTrusted(Duration.ofMinutes(1)));
        network.cut();
        Await.until("distrust", () -> !feed.isTrusted(Duration.ofMinutes(1)));
    }

    @Test
    void errorDoesNotEndTheFeed() {
        start();
        heard.error = new NoClassDefFoundError();
        database.execute(ANNOUNCE.formatted(UUID.randomUUID()));
        Await.until("forgotten again", () -> heard.events.size() == 2);
        Await.until("trust", feed::isTrusted);
        assertEquals(List.of(ANYTHING, ANYTHING), heard.events);
    }

    @Test
    void nothingIsHeardWithoutItsTable() {
        start();
        database.execute("alter table change_outbox rename to hidden");
        Await.until("distrust", () -> !feed.isUp());
        database.execute("alter table hidden rename to change_outbox");
        Await.until("trust", feed::isTrusted);
    }

    /** As before the schema has been migrated: whoever waits for that need not be told forty times a second. */
    @Test
    void aDatabaseThatCannotBeAskedYetIsNoWarning() {
        database.execute("alter table change_outbox rename to hidden");
        try (var warnings = new Warnings(ChangeFeed.class)) {
            feed.start();
            long end = System.nanoTime() + LEASE.toNanos();
            Await.until("it has been tried for a while", () -> System.nanoTime() - end > 0);
            assertEquals(List.of(), warnings.messages());
            database.execute("alter table hidden rename to change_outbox");
            Await.until("trust", feed::isTrusted);
            network.cut();
            Await.until("the loss is told", () -> warnings.messages().size() == 1);
        }
    }

    @Test
    @Tag("slow")
    void whatEverybodyHasBeenToldIsDeleted() {
        start();
        database.execute(ANNOUNCE.formatted(UUID.randomUUID()));
        Await.until("deleted", () -> database.query("select count(*) from change_outbox").equals("0"));
        assertTrue(feed.isTrusted());
    }

    @Test
    void closedFeedIsNotTrusted() {
        start();
        feed.close();
        assertFalse(feed.isTrusted());
        Await.until("its connection is gone", () -> database.query("select count(*) from pg_stat_activity"
                + " where application_name = 'customer-service change-feed' and datname = current_database()")
                .equals("0"));
    }

    private void start() {
        feed.start();
        Await.until("trust", feed::isTrusted);
    }

    private List<String> missing(List<String> ids) {
        return ids.stream().filter(id -> !heard.events.contains(id)).toList();
    }

    private void insertUsers(int count) {
        database.execute("insert into users (id, username, role, password_hash, created_at)"
                + " select gen_random_uuid(), 'user' || n, 'viewer', 'x', now() from generate_series(1, " + count
                + ") n");
    }

    private static final class Heard implements ChangeListener {

        private final List<String> events = new CopyOnWriteArrayList<>();
        private volatile Error error;

        @Override
        public void changed(UUID id) {
            if (error != null) {
                throw error;
            }
            events.add(id.toString());
        }

        @Override
        public void anythingMayHaveChanged() {
            events.add(ANYTHING);
        }
    }
}
