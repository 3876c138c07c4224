package customerservice.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.AuditEntry;
import customerservice.domain.DomainException.DuplicateUsername;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link UserStore} keeps to; each test finds an empty one. */
abstract class UserStoreContract {

    abstract UserStore store();

    @Test
    void whatIsInsertedIsFound() {
        User user = insert("ada", Role.ADMIN);
        assertEquals(Optional.of(user), store().findByUsername("ada"));
    }

    @Test
    void userIsFoundById() {
        User user = insert("ada", Role.ADMIN);
        assertEquals(Optional.of(user), store().find(user.id()));
    }

    @Test
    void unknownIdIsNotFound() {
        assertEquals(Optional.empty(), store().find(UUID.randomUUID()));
    }

    @Test
    void usernameIsFoundWithoutRegardToCase() {
        User user = insert("ada", Role.ADMIN);
        assertEquals(Optional.of(user), store().findByUsername("ADA"));
    }

    @Test
    void unknownUsernameIsNotFound() {
        assertEquals(Optional.empty(), store().findByUsername("nobody"));
    }

    @Test
    void usernameWithNulIsNotFound() {
        assertEquals(Optional.empty(), store().findByUsername("a\0b"));
    }

    @Test
    void inactiveUserStaysInactive() {
        var user = new User(UUID.randomUUID(), "bob", Role.VIEWER, "hash", false, Instant.EPOCH);
        store().insert(user, audit("user.add", user.id()));
        assertEquals(Optional.of(user), store().findByUsername("bob"));
    }

    @Test
    void usernameIsUniqueWithoutRegardToCase() {
        insert("ada", Role.ADMIN);
        assertThrows(DuplicateUsername.class, () -> insert("Ada", Role.VIEWER));
    }

    @Test
    void usersAreListedByName() {
        User zoe = insert("zoe", Role.VIEWER);
        User ada = insert("ada", Role.ADMIN);
        assertEquals(List.of(ada, zoe), store().list());
    }

    @Test
    void newPasswordHashReplacesTheOld() {
        User user = insert("ada", Role.ADMIN);
        assertTrue(store().updatePasswordHash(user.id(), "other", audit("user.passwd", user.id())));
        assertEquals("other", store().findByUsername("ada").orElseThrow().passwordHash());
    }

    @Test
    void unknownUserHasNoPasswordHashToReplace() {
        UUID unknown = UUID.randomUUID();
        assertFalse(store().updatePasswordHash(unknown, "other", audit("user.passwd", unknown)));
    }

    User insert(String username, Role role) {
        var user = new User(UUID.randomUUID(), username, role, "$argon2id$v=19$x", true, Instant.EPOCH);
        store().insert(user, audit("user.add", user.id()));
        return user;
    }

    static AuditEntry audit(String action, UUID subject) {
        return new AuditEntry(Instant.EPOCH, action, subject.toString(), 0, List.of(), SampleCustomers.CALLER);
    }
}
