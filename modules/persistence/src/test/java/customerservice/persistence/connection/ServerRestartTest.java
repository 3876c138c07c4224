package customerservice.persistence.connection;

import static customerservice.persistence.SampleCustomers.creation;
import static customerservice.persistence.SampleCustomers.customer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.DomainException;
import customerservice.domain.DomainException.StoreBusy;
import customerservice.domain.DomainException.StoreUnavailable;
import customerservice.domain.customer.Customer;
import customerservice.persistence.Database;
import customerservice.persistence.DatabaseCheck;
import customerservice.persistence.TestDatabase;
import customerservice.persistence.schema.Migrations;
import customerservice.testsupport.Await;
import customerservice.testsupport.PostgresCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real server stopped and started under a service that goes on running. */
@Tag("slow")
final class ServerRestartTest {

    @Test
    void serviceLivesThroughARestart() {
        PostgresCluster server = PostgresCluster.open();
        DatabaseSettings settings = TestDatabase.settings(server, "postgres");
        Migrations.apply(settings);
        Customer ada = customer("Ada", "ada@example.com");
        Queue<RuntimeException> unexpected = new ConcurrentLinkedQueue<>();
        var stop = new AtomicBoolean();
        try (Database database = Database.open(settings, Clock.systemUTC())) {
            database.customers().insert(ada, creation(ada));
            Runnable reader = () -> {
                while (!stop.get()) {
                    read(database, ada, unexpected);
                }
            };
            CompletableFuture<?>[] load = new CompletableFuture<?>[8];
            for (int i = 0; i < load.length; i++) {
                load[i] = CompletableFuture.runAsync(reader, Thread::startVirtualThread);
            }
            server.stop();
            Await.until("the loss is noticed", () -> !works(database, ada));
            server.restart();
            Await.until("full service", () -> works(database, ada));
            Await.until(
                    "health", () -> database.health().stream().allMatch(DatabaseCheck::up));
            stop.set(true);
            CompletableFuture.allOf(load).join();
        } finally {
            server.close();
        }
        assertTrue(unexpected.isEmpty(), unexpected.toString());
    }

    private static void read(Database database, Customer customer, Queue<RuntimeException> unexpected) {
        try {
            assertEquals(Optional.of(customer), database.customers().findStored(customer.id()));
        } catch (StoreUnavailable | StoreBusy e) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        } catch (RuntimeException e) {
            unexpected.add(e);
        }
    }

    private static boolean works(Database database, Customer customer) {
        try {
            return database.customers().findStored(customer.id()).isPresent();
        } catch (DomainException e) {
            return false;
        }
    }
}
