package customerservice.persistence.customer;

import customerservice.domain.customer.CustomerStore;
import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

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
}
