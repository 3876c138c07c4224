package customerservice.persistence.connection;

import static customerservice.persistence.SampleCustomers.creation;
import static customerservice.persistence.SampleCustomers.customer;
import static customerservice.persistence.SampleCustomers.next;
import static customerservice.persistence.SampleCustomers.update;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.DomainException;
import customerservice.domain.DomainException.StoreBusy;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerStore;
import customerservice.persistence.Database;
import customerservice.persistence.DatabaseCheck;
import customerservice.persistence.TestDatabase;
import customerservice.testsupport.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More work than the database can do; a locked table stands in for slow statements. */
final class OverloadTest {

    private static final int PLACES = 4;

    private final TestDatabase database = TestDatabase.migrated();
    private final DatabaseSettings settings = database.servingSettings()
            .withPool(new PoolSettings(2, PLACES - 2, Duration.ofSeconds(1)))
            .withoutCache();
    private final Database opened = Database.openForOneTask(settings, Clock.systemUTC());
    private final CustomerStore store = opened.customers();
    private final Customer ada = customer("Ada", "ada@example.com");

    @BeforeEach
    void insert() {
        store.insert(ada, creation(ada));
    }

    @AfterEach
    void drop() {
        opened.close();
        database.close();
    }

    @Test
    void callsBeyondThePlacesAreRefusedWhileOthersWait() throws SQLException {
        try (Connection locking = lockCustomers();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Customer>>> waiting = new ArrayList<>();
            for (int i = 0; i < PLACES; i++) {
                waiting.add(threads.submit(() -> store.find(ada.id())));
            }
            awaitTwoThatWaitForTheLock();
            assertThrows(StoreBusy.class, () -> store.find(ada.id()));
            assertFalse(waiting.getFirst().isDone());
            locking.rollback();
        }
    }

    /** The first sweep comes after a second; a command on a busy host lasts longer. */
    @Test
    void noSweepTakesTheOnlyPlaceOfACommand() throws SQLException {
        DatabaseSettings one = settings.withPool(new PoolSettings(1, 0, Duration.ofSeconds(1)));
        try (Connection locking = lock("idempotency_keys");
                Database command = Database.openForOneTask(one, Clock.systemUTC())) {
            long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            Await.until("two seconds without a refusal", () -> {
                command.checkSchema();
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos()); // else the sweep would find no place
                return System.nanoTime() - end > 0;
            });
            locking.rollback();
        }
    }

    @Test
    void slowStatementsDoNotCountAsALoss() throws SQLException {
        try (Connection locking = lockCustomers()) {
            List<CompletableFuture<Class<?>>> outcomes = new ArrayList<>();
            for (int i = 0; i < PLACES; i++) {
                outcomes.add(CompletableFuture.supplyAsync(this::outcome, Thread::startVirtualThread));
            }
            for (var outcome : outcomes) {
                assertEquals(StoreBusy.class, outcome.join());
            }
            locking.rollback();
        }
        assertEquals(Optional.of(ada), store.find(ada.id()));
    }

    private Class<?> outcome() {
        try {
            store.find(ada.id());
            return Customer.class;
        } catch (DomainException e) {
            return e.getClass();
        }
    }

    @Test
    void statementThatTakesTooLongIsGivenUp() {
        try (var gate = new Gate(settings, new ConnectionSource(settings), Clock.systemUTC(), Optional.empty())) {
            assertThrows(
                    StoreBusy.class,
                    () -> gate.call(handle -> handle.createQuery("select pg_sleep(30)::text")
                            .mapTo(String.class)
                            .one()));
            assertTrue(gate.isOpen());
        }
    }

    @Test
    void connectionsThatAreThereServeOnWhereTheServerAllowsNoMore() {
        try (var gate = new Gate(settings, new ConnectionSource(settings), Clock.systemUTC(), Optional.empty())) {
            gate.callPlain(Connection::getCatalog);
            database.execute("do $$ begin"
                    + " execute format('alter database %I connection limit 0', current_database()); end $$");
            gate.callPlain(_ -> {
                var second = CompletableFuture.supplyAsync(
                        () -> gate.callPlain(Connection::getCatalog), Thread::startVirtualThread);
                var refused = assertThrows(CompletionException.class, second::join);
                assertInstanceOf(StoreBusy.class, refused.getCause());
                return null;
            });
            Await.until("the server was looked after", () -> gate.lastProbe().isAfter(Instant.EPOCH));
            assertTrue(gate.isOpen());
            gate.callPlain(Connection::getCatalog);
        }
    }

    @Test
    void healthIsAnsweredWhileThePoolIsExhausted() throws SQLException {
        try (Connection locking = lockCustomers();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PLACES; i++) {
                var _ = threads.submit(this::outcome);
            }
            awaitTwoThatWaitForTheLock();
            // Nobody asks for changes here.
            assertEquals(
                    List.of("change-feed"),
                    opened.health().stream().filter(check -> !check.up()).map(DatabaseCheck::name).toList());
            locking.rollback();
        }
    }

    @Test
    void deadlockEndsInAnAnswerForBoth() {
        Customer grace = customer("Grace", "grace@example.com");
        store.insert(grace, creation(grace));
        Customer adaAsGrace = next(ada, "Ada", "grace@example.com");
        Customer graceAsAda = next(grace, "Grace", "ada@example.com");
        List<CompletableFuture<Throwable>> refusals = new ArrayList<>();
        for (Customer swapped : List.of(adaAsGrace, graceAsAda)) {
            refusals.add(CompletableFuture.runAsync(
                    () -> store.update(swapped, update(swapped)), Thread::startVirtualThread)
                    .handle((done, refused) -> refused.getCause()));
        }
        for (var refusal : refusals) {
            assertTrue(
                    refusal.join() instanceof DomainException.DuplicateEmail || refusal.join() instanceof StoreBusy,
                    refusal.join().toString());
        }
        assertEquals(Optional.of(ada), store.find(ada.id()));
    }

    private void awaitTwoThatWaitForTheLock() {
        Await.until("two calls wait for the lock", () -> database.query(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                .equals("2"));
    }

    private Connection lockCustomers() throws SQLException {
        return lock("customers");
    }

    private Connection lock(String table) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table " + table + " in access exclusive mode");
        }
        return connection;
    }
}
