package customerservice.persistence;

import customerservice.domain.AuditLog;
import customerservice.domain.AuditTrail;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

final class PostgresAuditLogTest extends AuditLogContract {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Database OPENED = Database.open(TestSettings.withoutCache(DATABASE.settings()),
            Clock.systemUTC());

    @BeforeEach
    void empty() {
        DATABASE.execute("truncate audit_log");
    }

    @AfterAll
    static void drop() {
        OPENED.close();
        DATABASE.close();
    }

    @Override
    AuditTrail trail() {
        return OPENED.auditTrail();
    }

    @Override
    AuditLog log() {
        return OPENED.auditLog();
    }
}
