package customerservice.persistence.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import customerservice.persistence.TestDatabase;
import customerservice.persistence.connection.ConnectionSource;
import customerservice.testsupport.Await;
import customerservice.testsupport.DatabaseProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ChangeListenerTest {

    /** Within which the server has to answer each question, also on a busy machine. */
    private static final Duration LEASE = Duration.ofSeconds(1);

    private final TestDatabase database = TestDatabase.migrated();
    private final DatabaseProxy network = new DatabaseProxy(database.servingSettings().url());
    private final Heard heard = new Heard();
    private final ChangeListener listener = new ChangeListener(
            new ConnectionSource(database.servingSettings().withUrl(network.url())),
            LEASE,
            heard);

    @AfterEach
    void drop() {
        listener.close();
        network.close();
        database.close();
    }

    @Test
    void notTrustedBeforeItListens() {
        assertFalse(listener.isTrusted());
    }

    @Test
    void everythingIsForgottenBeforeTrustBegins() {
        listener.start();
        Await.until("trust", listener::isTrusted);
        assertEquals("anything", heard.events.getFirst());
    }

    @Test
    void trustLastsWhileNothingHappens() {
        listener.start();
        Await.until("trust", listener::isTrusted);
        long end = System.nanoTime() + LEASE.multipliedBy(3).toNanos();
        Await.until("three leases are over", () -> System.nanoTime() - end > 0);
        Await.until("trust", listener::isTrusted);
        assertEquals(List.of("anything"), heard.events);
    }

    @Test
    void notificationsAreHeard() {
        listener.start();
        Await.until("trust", listener::isTrusted);
        database.execute("notify customers_changed, 'x'");
        Await.until("heard", () -> heard.events.contains("x"));
    }

    @Test
    void killedConnectionIsReplacedAndEverythingForgotten() {
        listener.start();
        Await.until("trust", listener::isTrusted);
        database.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name = 'customer-service cache-listener' and datname = current_database()");
        Await.until("forgotten again", () -> heard.events.equals(List.of("anything", "anything")));
        Await.until("trust", listener::isTrusted);
    }

    @Test
    void silentConnectionIsNotTrusted() {
        listener.start();
        Await.until("trust", listener::isTrusted);
        network.silence();
        Await.until("distrust", () -> !listener.isTrusted());
        network.repair();
        Await.until("trust", listener::isTrusted);
        assertEquals(List.of("anything", "anything"), heard.events);
    }

    @Test
    void errorDoesNotEndTheListening() {
        listener.start();
        Await.until("trust", listener::isTrusted);
        database.execute("notify customers_changed, 'error'");
        Await.until("forgotten again", () -> heard.events.equals(List.of("anything", "error", "anything")));
        Await.until("trust", listener::isTrusted);
    }

    @Test
    void closedListenerIsNotTrusted() {
        listener.start();
        Await.until("trust", listener::isTrusted);
        listener.close();
        Await.until("its connection is gone", () -> database.query("select count(*) from pg_stat_activity"
                + " where application_name = 'customer-service cache-listener' and datname = current_database()")
                .equals("0"));
        assertFalse(listener.isTrusted());
    }

    private static final class Heard implements ChangeListener.Listener {

        private final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void changed(String payload) {
            events.add(payload);
            if (payload.equals("error")) {
                throw new NoClassDefFoundError(payload);
            }
        }

        @Override
        public void anythingMayHaveChanged() {
            events.add("anything");
        }
    }
}
