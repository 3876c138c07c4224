package customerservice.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.domain.DomainException.DuplicateUsername;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresUsersTest extends UserStoreContract {

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final Database OPENED = Database.open(TestSettings.withoutCache(DATABASE.settings()),
            Clock.systemUTC());

    @BeforeEach
    void empty() {
        DATABASE.execute("truncate users, token_families, refresh_tokens, audit_log");
    }

    @AfterAll
    static void drop() {
        OPENED.close();
        DATABASE.close();
    }

    @Override
    UserStore store() {
        return OPENED.users();
    }

    @Test
    void changeIsAudited() {
        User user = insert("ada", Role.ADMIN);
        store().updatePasswordHash(user.id(), "other", audit("user.passwd", user.id()));
        assertEquals(
                "user.add " + user.id() + ",user.passwd " + user.id(),
                DATABASE.query("select string_agg(action || ' ' || subject, ',' order by id) from audit_log"));
    }

    @Test
    void refusedChangeIsNotAudited() {
        insert("ada", Role.ADMIN);
        assertThrows(DuplicateUsername.class, () -> insert("ada", Role.ADMIN));
        UUID unknown = UUID.randomUUID();
        store().updatePasswordHash(unknown, "other", audit("user.passwd", unknown));
        assertEquals("1", DATABASE.query("select count(*) from audit_log"));
    }
}
