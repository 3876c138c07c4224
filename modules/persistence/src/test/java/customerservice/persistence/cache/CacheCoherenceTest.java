package customerservice.persistence.cache;

import static customerservice.persistence.SampleCustomers.creation;
import static customerservice.persistence.SampleCustomers.customer;
import static customerservice.persistence.SampleCustomers.erasure;
import static customerservice.persistence.SampleCustomers.next;
import static customerservice.persistence.SampleCustomers.update;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerId;
import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import customerservice.testsupport.Await;
import customerservice.testsupport.Stalls;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two instances of the service on one database. */
final class CacheCoherenceTest {

    private static final int KILLS = 25;

    /** Reads answered from memory, which alone can be stale. */
    private static final int HITS = 1_000;
    private static final Duration BOUND = Duration.ofMillis(250);

    /** So many that each is left alone for a while: a lost notification is not made good by the next one. */
    private static final int CUSTOMERS = 800;

    private final TestDatabase database = TestDatabase.migrated();
    private final Database here = Database.open(database.settings(), Clock.systemUTC());
    private final Database there = Database.open(database.settings(), Clock.systemUTC());
    private final Customer ada = customer("Ada", "ada@example.com");

    @BeforeEach
    void insert() {
        here.customers().insert(ada, creation(ada));
        Await.until("both cache", () -> isCached(here) && isCached(there));
    }

    @AfterEach
    void drop() {
        here.close();
        there.close();
        database.close();
    }

    @Test
    void ownChangeIsSeenAtOnce() {
        Customer current = ada;
        for (int i = 0; i < 100; i++) {
            Customer changed = next(current, "Ada " + i);
            here.customers().update(changed, update(changed));
            assertEquals(Optional.of(changed), here.customers().find(ada.id()));
            assertEquals(Optional.of(changed), here.customers().find(ada.id()));
            current = changed;
        }
    }

    @Test
    void changeElsewhereIsSeen() {
        Customer changed = next(ada, "Grace");
        there.customers().update(changed, update(changed));
        Await.until("seen", () -> here.customers().find(ada.id()).equals(Optional.of(changed)));
    }

    @Test
    void erasureElsewhereIsSeen() {
        there.customers().erase(ada.id(), 1, erasure(ada));
        Await.until("seen", () -> here.customers().find(ada.id()).isEmpty());
    }

    @Test
    void changeByHandIsSeen() {
        database.execute("update customers set name = 'By hand'");
        Await.until("seen", () -> here.customers().find(ada.id()).orElseThrow().name().equals("By hand"));
    }

    @Test
    void truncationIsSeen() {
        database.execute("truncate customers");
        Await.until("seen", () -> here.customers().find(ada.id()).isEmpty());
    }

    /**
     * While the instances' connections that hear of changes are killed again and again, one instance changes customers; no read at
     * the other is older than a change that was acknowledged some time before the read began. On an idle machine that
     * time is a few milliseconds; a lost notification would last for seconds.
     */
    @Test
    @Timeout(120)
    @Tag("slow")
    void noReadIsStaleAfterALostConnection() throws SQLException {
        Customer[] customers = insertMany();
        var acknowledged = new ConcurrentHashMap<CustomerId, Acknowledged>();
        var stop = new AtomicBoolean();
        var oldest = new AtomicLong();
        try (var stalls = new Stalls(database.connect())) {
            var writer = CompletableFuture.runAsync(() -> write(customers, acknowledged, stop),
                    CacheCoherenceTest::startThread);
            var reader = CompletableFuture.runAsync(() -> read(acknowledged, stop, oldest),
                    CacheCoherenceTest::startThread);
            var other = CompletableFuture.runAsync(() -> read(acknowledged, stop, oldest),
                    CacheCoherenceTest::startThread);
            try {
                killFeeds();
            } finally {
                stop.set(true);
            }
            writer.join();
            reader.join();
            other.join();
            Duration age = Duration.ofNanos(oldest.get());
            String figures = "oldest read " + age + " after a change, longest stall of the machine " + stalls.longest();
            System.getLogger("test").log(System.Logger.Level.INFO, figures);
            assertTrue(age.compareTo(BOUND.plus(stalls.longest().multipliedBy(3))) < 0, figures);
        }
    }

    private long hits() {
        return there.customerCache().stats().hitCount();
    }

    private void killFeeds() {
        String feeds = " from pg_stat_activity where application_name = 'customer-service change-feed'"
                + " and datname = current_database()";
        long before = hits();
        for (int i = 0; i < KILLS || hits() - before < HITS; i++) {
            // Else a busy machine has them killed before they hear of anything, and the caches are hardly ever used.
            Await.until("both hear of changes", () -> database.query("select count(*)" + feeds).equals("2"));
            LockSupport.parkNanos(Duration.ofMillis(20 + i % KILLS * 4L).toNanos());
            database.execute("select pg_terminate_backend(pid)" + feeds);
        }
    }

    /** Not a virtual one: readers that never wait would keep the writer from its turn. */
    private static void startThread(Runnable task) {
        Thread.ofPlatform().start(task);
    }

    private Customer[] insertMany() {
        Customer[] customers = new Customer[CUSTOMERS];
        for (int i = 0; i < customers.length; i++) {
            customers[i] = customer("Customer", "c" + i + "@example.com");
            here.customers().insert(customers[i], creation(customers[i]));
        }
        return customers;
    }

    private void write(Customer[] customers, Map<CustomerId, Acknowledged> acknowledged, AtomicBoolean stop) {
        for (int i = 0; !stop.get(); i = (i + 1) % customers.length) {
            Customer changed = next(customers[i], "Customer");
            assertTrue(here.customers().update(changed, update(changed)));
            acknowledged.put(changed.id(), new Acknowledged(changed.version(), System.nanoTime()));
            customers[i] = changed;
        }
    }

    private void read(Map<CustomerId, Acknowledged> acknowledged, AtomicBoolean stop, AtomicLong oldest) {
        while (!stop.get()) {
            acknowledged.forEach((id, change) -> {
                long began = System.nanoTime();
                long read = there.customers().find(id).orElseThrow().version();
                if (read < change.version()) {
                    long age = began - change.at();
                    oldest.accumulateAndGet(age, Math::max);
                }
            });
        }
    }

    private boolean isCached(Database database) {
        long hits = database.customerCache().stats().hitCount();
        database.customers().find(ada.id());
        return database.customerCache().stats().hitCount() > hits;
    }

    private record Acknowledged(long version, long at) {}
}
