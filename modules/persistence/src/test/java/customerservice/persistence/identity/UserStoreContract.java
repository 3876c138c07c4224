package customerservice.persistence.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.Caller;
import customerservice.domain.DomainException.ActorRevoked;
import customerservice.domain.DomainException.DuplicateUsername;
import customerservice.domain.DomainException.LastAdmin;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
        assertEquals(List.of(ada, zoe), store().list(Seek.start(), 200).items());
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

    @Test
    void pagesFollowOneAnotherByName() {
        for (String name : List.of("eve", "ada", "Dan", "bob", "cid")) {
            insert(name, Role.VIEWER);
        }
        Page<User> first = store().list(Seek.start(), 2);
        Page<User> second = store().list(new Seek.After<>("bob"), 2);
        Page<User> third = store().list(new Seek.After<>("dan"), 2);
        Page<User> back = store().list(new Seek.Before<>("eve"), 2);
        assertEquals(List.of("ada", "bob"), names(first));
        assertEquals(List.of("cid", "Dan"), names(second));
        assertEquals(List.of("eve"), names(third));
        assertEquals(List.of("cid", "Dan"), names(back));
        assertEquals(List.of(false, true), List.of(first.hasPrevious(), first.hasNext()));
        assertEquals(List.of(true, false), List.of(third.hasPrevious(), third.hasNext()));
        assertEquals(List.of(true, true), List.of(back.hasPrevious(), back.hasNext()));
    }

    @Test
    void pagesAtTheEndsOfTheListSaySo() {
        for (String name : List.of("eve", "Dan", "cid")) {
            insert(name, Role.VIEWER);
        }
        List<User> all = store().list(Seek.start(), 3).items();
        assertEquals(new Page<>(all.subList(0, 2), false, true), store().list(new Seek.After<>("bob"), 2));
        assertEquals(new Page<>(List.of(), false, true), store().list(new Seek.Before<>("bob"), 2));
        assertEquals(new Page<>(all.subList(1, 3), true, false), store().list(new Seek.Before<>("fay"), 2));
        assertEquals(new Page<>(List.of(), true, false), store().list(new Seek.After<>("EVE"), 2));
        assertEquals(new Page<>(all.subList(1, 3), true, false), store().list(Seek.end(), 2));
    }

    private static List<String> names(Page<User> page) {
        return page.items().stream().map(User::username).toList();
    }

    @Test
    void roleAndStateAreReplacedAndNothingElse() {
        User user = insert("bob", Role.VIEWER);
        User after = user.with(Role.OPERATOR).withActive(false);
        var renamed = new User(user.id(), "other", after.role(), "other", after.active(), Instant.MAX);
        assertTrue(store().update(user, renamed, audit("user.update", user.id())));
        assertEquals(Optional.of(after), store().find(user.id()));
    }

    @Test
    void userWhoHasChangedSinceIsLeftAlone() {
        User user = insert("bob", Role.VIEWER);
        assertTrue(store().update(user, user.withActive(false), audit("user.update", user.id())));
        assertFalse(store().update(user, user.with(Role.ADMIN), audit("user.update", user.id())));
        assertEquals(Optional.of(user.withActive(false)), store().find(user.id()));
    }

    @Test
    void unknownUserHasNothingToUpdateOrDelete() {
        var unknown = new User(UUID.randomUUID(), "bob", Role.VIEWER, "hash", true, Instant.EPOCH);
        assertFalse(store().update(unknown, unknown.with(Role.ADMIN), audit("user.update", unknown.id())));
        assertFalse(store().delete(unknown.id(), audit("user.remove", unknown.id())));
    }

    @Test
    void deletedUserIsGone() {
        insert("ada", Role.ADMIN);
        User user = insert("bob", Role.ADMIN);
        assertTrue(store().delete(user.id(), audit("user.remove", user.id())));
        assertEquals(Optional.empty(), store().find(user.id()));
        assertFalse(store().delete(user.id(), audit("user.remove", user.id())));
    }

    @Test
    void lastActiveAdminIsNotTakenAway() {
        User ada = insert("ada", Role.ADMIN);
        User bob = insert("bob", Role.ADMIN);
        insert("eve", Role.VIEWER);
        assertTrue(store().update(bob, bob.withActive(false), audit("user.update", bob.id())));
        assertThrows(LastAdmin.class, () -> store().delete(ada.id(), audit("user.remove", ada.id())));
        assertThrows(
                LastAdmin.class, () -> store().update(ada, ada.withActive(false), audit("user.update", ada.id())));
        assertThrows(
                LastAdmin.class, () -> store().update(ada, ada.with(Role.OPERATOR), audit("user.update", ada.id())));
        assertEquals(Optional.of(ada), store().find(ada.id()));
        assertTrue(store().delete(bob.id(), audit("user.remove", bob.id())), "an inactive one");
    }

    @Test
    void passwordHashIsReplacedOnlyIfItIsTheOneThatWasMeant() {
        User user = insert("ada", Role.ADMIN);
        String before = user.passwordHash();
        assertFalse(store().replacePasswordHash(user.id(), "another", "new", audit("user.passwd", user.id())));
        assertTrue(store().replacePasswordHash(user.id(), before, "new", audit("user.passwd", user.id())));
        assertFalse(store().replacePasswordHash(user.id(), before, "newer", audit("user.passwd", user.id())));
        assertEquals("new", store().find(user.id()).orElseThrow().passwordHash());
    }

    @Test
    void passwordHashIsRenewedOnlyIfItIsTheOneThatWasMeant() {
        User user = insert("ada", Role.ADMIN);
        String before = user.passwordHash();
        AuditEntry audit = audit("user.rehash_password", user.id());
        assertFalse(store().renewPasswordHash(user.id(), "another", "new", audit));
        assertTrue(store().renewPasswordHash(user.id(), before, "new", audit));
        assertFalse(store().renewPasswordHash(user.id(), before, "newer", audit));
        assertEquals("new", store().find(user.id()).orElseThrow().passwordHash());
    }

    @Test
    void inactiveUserReplacesNoPasswordHash() {
        var bob = new User(UUID.randomUUID(), "bob", Role.VIEWER, "hash", false, Instant.EPOCH);
        store().insert(bob, audit("user.add", bob.id()));
        assertFalse(store().replacePasswordHash(bob.id(), "hash", "new", audit("user.passwd", bob.id())));
        assertFalse(store().renewPasswordHash(bob.id(), "hash", "new", audit("user.rehash_password", bob.id())));
    }

    User insert(String username, Role role) {
        var user = new User(UUID.randomUUID(), username, role, "$argon2id$v=19$x", true, Instant.EPOCH);
        store().insert(user, audit("user.add", user.id()));
        return user;
    }

    @ParameterizedTest
    @EnumSource
    void anActorWhoMayNotAnyMoreChangesNothing(Formerly formerly) {
        User actor = insert("actor", Role.ADMIN);
        User ada = insert("ada", Role.ADMIN);
        formerly.become(store(), actor);
        AuditEntry audit = by(actor.id(), "by the actor");
        var bob = new User(UUID.randomUUID(), "bob", Role.ADMIN, "hash", true, Instant.EPOCH);
        assertThrows(ActorRevoked.class, () -> store().insert(bob, audit));
        assertThrows(ActorRevoked.class, () -> store().update(ada, ada.with(Role.VIEWER), audit));
        assertThrows(ActorRevoked.class, () -> store().update(ada, ada.withActive(false), audit));
        assertThrows(ActorRevoked.class, () -> store().updatePasswordHash(ada.id(), "other", audit));
        assertThrows(ActorRevoked.class, () -> store().delete(ada.id(), audit));
        assertThrows(ActorRevoked.class, () -> store().delete(UUID.randomUUID(), audit));
        assertEquals(Optional.of(ada), store().find(ada.id()));
        assertEquals(Optional.empty(), store().find(bob.id()));
    }

    @Test
    void anActiveAdminMayChangeUsers() {
        User actor = insert("actor", Role.ADMIN);
        User ada = insert("ada", Role.VIEWER);
        AuditEntry audit = by(actor.id(), "by the actor");
        store().insert(new User(UUID.randomUUID(), "bob", Role.VIEWER, "hash", true, Instant.EPOCH), audit);
        assertTrue(store().update(ada, ada.with(Role.OPERATOR), audit));
        assertTrue(store().updatePasswordHash(ada.id(), "other", audit));
        assertTrue(store().delete(ada.id(), audit));
        assertFalse(store().delete(ada.id(), audit));
    }

    /** As what it was when its token was verified, an actor may administer. */
    enum Formerly {
        DEACTIVATED {
            @Override
            void become(UserStore users, User actor) {
                users.update(actor, actor.withActive(false), audit("user.update", actor.id()));
            }
        },
        DEMOTED {
            @Override
            void become(UserStore users, User actor) {
                users.update(actor, actor.with(Role.OPERATOR), audit("user.update", actor.id()));
            }
        },
        REMOVED {
            @Override
            void become(UserStore users, User actor) {
                users.delete(actor.id(), audit("user.delete", actor.id()));
            }
        };

        abstract void become(UserStore users, User actor);
    }

    static AuditEntry by(UUID actor, String action) {
        return new AuditEntry(
                Instant.EPOCH, action, "subject", 0, List.of(), new Caller(actor.toString(), "request-1", "192.0.2.1"));
    }

    static AuditEntry audit(String action, UUID subject) {
        return new AuditEntry(Instant.EPOCH, action, subject.toString(), 0, List.of(),
                new Caller("system", "request-1", "local"));
    }
}
