package customerservice.persistence.connection;

import static customerservice.persistence.SampleCustomers.creation;
import static customerservice.persistence.SampleCustomers.customer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.DomainException.StoreBusy;
import customerservice.domain.DomainException.StoreUnavailable;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerStore;
import customerservice.persistence.Database;
import customerservice.persistence.DatabaseCheck;
import customerservice.persistence.TestDatabase;
import customerservice.persistence.schema.SchemaStatus;
import customerservice.testsupport.Await;
import customerservice.testsupport.DatabaseProxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class OutageTest {

    private final TestDatabase database = TestDatabase.migrated();
    private final DatabaseProxy network = new DatabaseProxy(database.settings().url());
    private final Database opened = Database.open(
            impatient(database.settings()).withUrl(network.url()).withoutCache(),
            Clock.systemUTC());
    private final CustomerStore store = opened.customers();
    private final Customer ada = customer("Ada", "ada@example.com");

    /** What is silent is waited for in nearly every test here. */
    private static DatabaseSettings impatient(DatabaseSettings settings) {
        return new DatabaseSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                new PoolSettings(settings.pool().size(), settings.pool().maxWaiting(), Duration.ofSeconds(5)),
                new ConnectionTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(4)),
                settings.cache());
    }

    @BeforeEach
    void insert() {
        store.insert(ada, creation(ada));
    }

    @AfterEach
    void drop() {
        opened.close();
        network.close();
        database.close();
    }

    @Test
    void lostDatabaseIsUnavailable() {
        network.cut();
        assertThrows(StoreUnavailable.class, () -> store.find(ada.id()));
    }

    @Test
    void silentDatabaseIsUnavailable() {
        network.silence();
        assertThrows(StoreUnavailable.class, () -> store.find(ada.id()));
    }

    @Test
    void databaseKnownToBeLostIsNotWaitedFor() {
        network.silence();
        Await.until("the loss is known", this::isUnavailableAtOnce);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            // One after the other; to wait for a connection would take a second each.
            for (int i = 0; i < 200; i++) {
                assertThrows(StoreUnavailable.class, () -> store.find(ada.id()));
            }
        });
    }

    private boolean isUnavailableAtOnce() {
        long before = System.nanoTime();
        assertThrows(RuntimeException.class, () -> store.find(ada.id()));
        return System.nanoTime() - before < 5_000_000;
    }

    @Test
    void databaseThatIsBackIsUsedAgain() {
        network.cut();
        assertThrows(StoreUnavailable.class, () -> store.find(ada.id()));
        Await.until("the loss is known", this::isUnavailableAtOnce);
        network.repair();
        Await.until("full service", this::works);
        for (int i = 0; i < 50; i++) {
            assertEquals(Optional.of(ada), store.find(ada.id()));
        }
    }

    @Test
    void databaseThatSpeaksAgainIsUsedAgain() {
        network.silence();
        assertThrows(StoreUnavailable.class, () -> store.find(ada.id()));
        Await.until("the loss is known", this::isUnavailableAtOnce);
        network.repair();
        Await.until("full service", this::works);
    }

    @Test
    void databaseMayComeAfterTheService() {
        network.cut();
        try (Database early = Database.open(
                impatient(database.settings()).withUrl(network.url()),
                Clock.systemUTC())) {
            assertThrows(StoreUnavailable.class, early::checkSchema);
            network.repair();
            Await.until("service", () -> {
                try {
                    return early.checkSchema() instanceof SchemaStatus.Current;
                } catch (StoreUnavailable | StoreBusy e) {
                    return false;
                }
            });
        }
    }

    @Test
    void connectionsThatBreakAloneDoNotCountAsALoss() {
        database.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name = 'customer-service' and datname = current_database()");
        // The one connection in the pool is found broken, by the call or, after half a second, by the pool itself; the next is a
        // new one.
        works();
        assertEquals(Optional.of(ada), store.find(ada.id()));
    }

    @Test
    void healthNamesTheLostDatabase() {
        assertEquals(List.of(true, true, true, true), opened.health().stream().map(DatabaseCheck::up).toList());
        network.cut();
        Await.until("the check fails", () -> !opened.health().getFirst().up());
        assertEquals(
                List.of("database", "schema", "database-role", "change-feed"),
                opened.health().stream().map(DatabaseCheck::name).toList());
        assertTrue(opened.health().getFirst().detail().contains("08"), opened.health().toString());
    }

    @Test
    void healthOfASilentDatabaseIsAnswered() {
        network.silence();
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> Await.until("the check fails", () -> !opened.health().getFirst().up()));
    }

    @Test
    void healthNamesASchemaThatIsBehind() {
        database.execute("delete from databasechangelog where id = '0002-users'");
        Await.until("the check fails", () -> !opened.health().get(1).up());
        assertTrue(opened.health().getFirst().up());
    }

    private boolean works() {
        try {
            return store.find(ada.id()).isPresent();
        } catch (StoreUnavailable | StoreBusy e) {
            return false;
        }
    }
}
