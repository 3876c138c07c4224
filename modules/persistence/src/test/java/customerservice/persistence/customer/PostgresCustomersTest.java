package customerservice.persistence.customer;

import static customerservice.persistence.SampleCustomers.complete;
import static org.junit.jupiter.api.Assertions.assertEquals;

import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerStore;
import customerservice.persistence.Database;
import customerservice.persistence.SampleCustomers;
import customerservice.persistence.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresCustomersTest extends CustomerStoreContract {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Database OPENED = Database.open(DATABASE.settings().withoutCache(),
            Clock.systemUTC());

    @BeforeEach
    void empty() {
        DATABASE.execute("truncate customers, customer_changes, audit_log, idempotency_keys");
    }

    @AfterAll
    static void drop() {
        OPENED.close();
        DATABASE.close();
    }

    @Override
    public CustomerStore store() {
        return OPENED.customers();
    }

    @Test
    void historyIsOfCustomersAlone() {
        CustomerId user = complete().id();
        OPENED.auditWriter().append(
                new AuditEntry(Instant.now(), "user.update", user.toString(), 0, List.of("role"),
                        SampleCustomers.CALLER));
        assertEquals(new Page<>(List.of(), false, false), store().history(user, Seek.start(), 10));
        assertEquals(new Page<>(List.of(), false, false), store().history(user, Seek.end(), 10));
        assertEquals(List.of(), store().history(user, new Seek.After<>(1L), 10).items());
        assertEquals(List.of(), store().history(user, new Seek.Before<>(0L), 10).items());
    }
}
