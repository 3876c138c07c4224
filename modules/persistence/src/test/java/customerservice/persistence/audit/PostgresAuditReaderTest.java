package customerservice.persistence.audit;

import customerservice.domain.audit.AuditReader;
import customerservice.domain.audit.AuditWriter;
import customerservice.persistence.Database;
import customerservice.persistence.TestDatabase;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

final class PostgresAuditReaderTest extends AuditReaderContract {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Database OPENED = Database.open(DATABASE.settings().withoutCache(),
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
    AuditWriter trail() {
        return OPENED.auditWriter();
    }

    @Override
    AuditReader log() {
        return OPENED.auditReader();
    }
}
