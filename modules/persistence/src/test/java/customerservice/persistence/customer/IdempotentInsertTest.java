package customerservice.persistence.customer;

import static customerservice.persistence.SampleCustomers.creation;
import static customerservice.persistence.SampleCustomers.customer;
import static customerservice.persistence.SampleCustomers.erasure;
import static customerservice.persistence.SampleCustomers.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.domain.DomainException.DuplicateEmail;
import customerservice.domain.DomainException.IdempotencyKeyInUse;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerStore;
import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import customerservice.persistence.connection.ConnectionSource;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.retention.ExpirySweep;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IdempotentInsertTest {

    private final TestDatabase database = TestDatabase.migrated();
    private final Database opened = Database.open(database.settings(), Clock.systemUTC());
    private final CustomerStore store = opened.customers();

    @AfterEach
    void drop() {
        opened.close();
        database.close();
    }

    @Test
    void twoHundredAtOnceMakeOneCustomerAndGetOneAnswer() throws Exception {
        List<Future<Customer>> answers = atOnce(200, () -> {
            Customer customer = customer("Ada", "ada@example.com");
            return store.insertOnce(customer, key("k"), creation(customer));
        });
        var distinct = new HashSet<Customer>();
        for (Future<Customer> answer : answers) {
            distinct.add(answer.get());
        }
        assertEquals(1, distinct.size());
        assertEquals("1 1 1", database.query("select (select count(*) from customers) || ' '"
                + " || (select count(*) from audit_log) || ' ' || (select count(*) from customer_changes)"));
    }

    @Test
    void manyRefusedAtOnceAreAllRefusedAlike() throws Exception {
        Customer taken = customer("Ada", "ada@example.com");
        store.insert(taken, creation(taken));
        List<Future<Customer>> answers = atOnce(50, () -> {
            Customer customer = customer("Ada", "ada@example.com");
            return store.insertOnce(customer, key("k"), creation(customer));
        });
        for (Future<Customer> answer : answers) {
            assertEquals(
                    DuplicateEmail.class,
                    assertThrows(ExecutionException.class, answer::get).getCause().getClass());
        }
        assertEquals("0", database.query("select count(*) from idempotency_keys"));
    }

    @Test
    void firstThatDoesNotEndIsNotWaitedForForEver() throws SQLException {
        try (Connection first = database.connect();
                Statement statement = first.createStatement()) {
            first.setAutoCommit(false);
            statement.execute("insert into idempotency_keys values ('" + key("k").principal()
                    + "', 'k', 'f', gen_random_uuid(), '{}', now())");
            Customer customer = customer("Ada", "ada@example.com");
            assertThrows(
                    IdempotencyKeyInUse.class, () -> store.insertOnce(customer, key("k"), creation(customer)));
        }
    }

    @Test
    void expiredKeyIsTakenOver() {
        Customer first = customer("Ada", "ada@example.com");
        store.insertOnce(first, key("k"), creation(first));
        try (Database tomorrow = openedLater(IdempotentInsert.REMEMBERED)) {
            Customer second = customer("Grace", "grace@example.com");
            assertEquals(second, tomorrow.customers().insertOnce(second, key("k"), creation(second)));
            Customer third = customer("Joan", "joan@example.com");
            assertEquals(second, tomorrow.customers().insertOnce(third, key("k"), creation(third)));
        }
    }

    @Test
    void keyIsRememberedForADay() {
        Customer first = customer("Ada", "ada@example.com");
        store.insertOnce(first, key("k"), creation(first));
        try (Database later = openedLater(IdempotentInsert.REMEMBERED.minusMinutes(1))) {
            Customer second = customer("Grace", "grace@example.com");
            assertEquals(first, later.customers().insertOnce(second, key("k"), creation(second)));
        }
    }

    @Test
    void manyTakeOverAnExpiredKeyOnce() throws Exception {
        Customer first = customer("Ada", "ada@example.com");
        store.insertOnce(first, key("k"), creation(first));
        try (Database tomorrow = openedLater(IdempotentInsert.REMEMBERED)) {
            List<Future<Customer>> answers = atOnce(50, () -> {
                Customer customer = customer("Grace", "grace@example.com");
                return tomorrow.customers().insertOnce(customer, key("k"), creation(customer));
            });
            var distinct = new HashSet<Customer>();
            for (Future<Customer> answer : answers) {
                distinct.add(answer.get());
            }
            assertEquals(1, distinct.size());
        }
        assertEquals("2", database.query("select count(*) from customers"));
    }

    @Test
    void erasureRemovesTheRememberedCopy() {
        Customer first = customer("Ada", "ada@example.com");
        store.insertOnce(first, key("k"), creation(first));
        store.erase(first.id(), 1, erasure(first));
        assertEquals("0", database.query("select count(*) from idempotency_keys where answer is not null"));
        assertEquals("0", database.query("select count(*) from customer_changes"));
    }

    @Test
    void sweepDeletesWhatHasExpiredAndNothingElse() {
        Customer first = customer("Ada", "ada@example.com");
        store.insertOnce(first, key("kept"), creation(first));
        database.execute("insert into idempotency_keys select 's', n::text, 'f', gen_random_uuid(), '{}',"
                + " now() - interval '25 hours' from generate_series(1, 1234) n");
        var source = new ConnectionSource(database.settings());
        try (var gate = new Gate(database.settings(), source, Clock.systemUTC(), Optional.empty());
                var sweep = new ExpirySweep(gate, Clock.systemUTC())) {
            sweep.sweep();
        }
        assertEquals("kept", database.query("select string_agg(key, ',') from idempotency_keys"));
    }

    private Database openedLater(Duration by) {
        return Database.open(database.settings(), Clock.offset(Clock.systemUTC(), by));
    }

    private static <T> List<Future<T>> atOnce(int count, Callable<T> call) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                calls.add(call);
            }
            return threads.invokeAll(calls);
        }
    }
}
