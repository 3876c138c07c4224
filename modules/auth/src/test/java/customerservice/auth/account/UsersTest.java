package customerservice.auth.account;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.auth.InvalidCredentialsException;
import customerservice.auth.MemorySignInHistory;
import customerservice.auth.MemoryUsers;
import customerservice.auth.AttemptDelayedException;
import customerservice.auth.TestClock;
import customerservice.auth.password.Passwords;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {

    private static final Caller SYSTEM = new Caller("system", "command-1", "local");
    private static final String GOOD = "correct horse";

    private final TestClock clock = new TestClock();
    private final MemoryUsers store = new MemoryUsers();
    private final Passwords passwords = new Passwords(2, 4, new SecureRandom());
    private final List<AuditEntry> happened = new ArrayList<>();
    private final Users users = new Users(
            store,
            passwords,
            new PasswordCheck(new MemorySignInHistory(store), store, passwords, happened::add, clock),
            happened::add,
            clock,
            new SecureRandom());

    @Test
    void aNewUserIsActiveAndHasTheRole() {
        User user = add("ada", GOOD);

        assertTrue(user.active());
        assertEquals(Role.ADMIN, user.role());
        assertEquals(Instant.parse("2026-11-23T10:00:00.250Z"), user.createdAt());
        assertEquals(List.of(user), users.list(Seek.start(), 200).items());
    }

    @Test
    void aNewUsersIdIsTimeOrdered() {
        assertEquals(7, add("ada", GOOD).id().version());
    }

    @Test
    void aNewUsersPasswordIsStoredAsItsHash() {
        assertTrue(passwords.matches(GOOD.toCharArray(), add("ada", GOOD).passwordHash()));
    }

    @Test
    void aNameCanBeTakenOnce() {
        add("ada", GOOD);

        assertThrows(DomainException.DuplicateUsername.class, () -> add("ada", GOOD));
    }

    @Test
    void aNewUserIsAuditedWithoutItsNameOrPassword() {
        User user = add("ada", GOOD);

        var expected = new AuditEntry(
                clock.instant(),
                "user.create",
                user.id().toString(),
                0,
                List.of("username", "role", "password", "active"),
                SYSTEM);
        assertEquals(List.of(expected), store.audit);
        assertEquals(List.of(expected), happened);
    }

    @Test
    void whatWasNotStoredHasNotHappened() {
        add("ada", GOOD);
        happened.clear();

        assertThrows(DomainException.DuplicateUsername.class, () -> add("ada", GOOD));

        assertEquals(List.of(), happened);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ada.lovelace", "a-b_c.9",
        "z123456789012345678901234567890123456789012345678901234567890123"})
    void aNameMayHaveLettersDigitsAndThreeSigns(String username) {
        assertEquals(username, add(username, GOOD).username());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "Ada", "1ada", ".ada", "-ada", "_ada", "ada lovelace", "ada@example.com", "\u00e1da", "ada\n",
        "ada\u0000",
        "z1234567890123456789012345678901234567890123456789012345678901234"})
    void anotherNameIsRefused(String username) {
        assertEquals(List.of("/username invalid_username"), violations(username, GOOD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "seven 7", "\ud83d\ude00\ud83d\ude01\ud83d\ude02\ud83d\ude03"})
    void aPasswordOfLessThanEightCharactersIsTooShort(String password) {
        assertEquals(List.of("/password too_short"), violations("ada", password));
    }

    @Test
    void aPasswordOfMoreThan256CharactersIsTooLong() {
        assertEquals(List.of("/password too_long"), violations("ada", "x".repeat(257)));
        assertEquals(List.of("/password too_long"), violations("ada", "e\u0301".repeat(129)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"password \ud83d", "\ude00 password", "pass\ud83d\ud83dword"})
    void aPasswordWithHalfOfAPairIsRefused(String password) {
        assertEquals(List.of("/password invalid_unicode"), violations("ada", password));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertEquals(List.of("/username invalid_username", "/password too_short"), violations("Ada", "short"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k7#mQw2z", "blue kettle", "        ",
        "\ud83d\ude00\ud83d\ude01\ud83d\ude02\ud83d\ude03\ud83d\ude00\ud83d\ude01\ud83d\ude02\ud83d\ude03"})
    void thereAreNoRulesOfComposition(String password) {
        add("ada", password);

        assertEquals(1, users.list(Seek.start(), 200).items().size());
    }

    @Test
    void aPasswordMayHave256CharactersThatAreTwoCharsEach() {
        assertTrue(passwords.matches(
                "\ud83d\ude00".repeat(256).toCharArray(), add("ada", "\ud83d\ude00".repeat(256)).passwordHash()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678", "password", "PassWord1", "qwertyuiop", "iloveyou", "changeme", "zzzzzzz1"})
    void theMostUsedPasswordsAreRefused(String password) {
        assertEquals(List.of("/password too_common"), violations("ada", password));
    }

    @Test
    void whatBeginsOrEndsLikeAMostUsedPasswordIsNone() {
        assertEquals("ada", add("ada", "zzzzzzz1y").username());
        assertEquals("bob", add("bob", "xpassword-").username());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada.lovelace", "Ada.Lovelace", "ada.lovelace1!", "2026ada.lovelace"})
    void onesNameIsNoPassword(String password) {
        assertEquals(List.of("/password too_common"), violations("ada.lovelace", password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "a", "z-"})
    void aNameWithinAPasswordIsNoHarm(String username) {
        assertEquals(username, add(username, "ada of the z-engine").username());
    }

    @Test
    void aBadPasswordIsNotHashed() {
        violations("ada", "short");

        assertEquals(0, passwords.hashes());
    }

    @Test
    void theNewPasswordReplacesTheOld() {
        User user = add("ada", GOOD);

        users.changePassword(user.id(), "battery staple".toCharArray(), SYSTEM);

        String hash = users.get(user.id()).passwordHash();
        assertTrue(passwords.matches("battery staple".toCharArray(), hash));
        assertFalse(passwords.matches(GOOD.toCharArray(), hash));
    }

    @Test
    void aNewPasswordIsAudited() {
        User user = add("ada", GOOD);
        happened.clear();

        users.changePassword(user.id(), "battery staple".toCharArray(), SYSTEM);

        assertHappened("user.change_password", user, List.of("password"));
    }

    @Test
    void nobodysPasswordCannotBeChanged() {
        assertThrows(
                DomainException.UserNotFound.class,
                () -> users.changePassword(UUID.randomUUID(), GOOD.toCharArray(), SYSTEM));
        assertEquals(List.of(), happened);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "password", "ada.lovelace"})
    void aNewPasswordKeepsTheRules(String password) {
        User user = add("ada.lovelace", GOOD);

        assertThrows(
                DomainException.InvalidInput.class,
                () -> users.changePassword(user.id(), password.toCharArray(), SYSTEM));
        assertThrows(
                DomainException.InvalidInput.class,
                () -> users.changeOwnPassword(user.id(), GOOD.toCharArray(), password.toCharArray(), SYSTEM));
    }

    @Test
    void aUserWhoKnowsTheCurrentPasswordGetsAnother() {
        User user = add("ada", GOOD);
        happened.clear();

        users.changeOwnPassword(user.id(), GOOD.toCharArray(), "battery staple".toCharArray(), SYSTEM);

        assertTrue(passwords.matches("battery staple".toCharArray(), users.get(user.id()).passwordHash()));
        assertHappened("user.change_password", user, List.of("password"));
    }

    @Test
    void aWrongCurrentPasswordChangesNothing() {
        User user = add("ada", GOOD);
        happened.clear();

        assertThrows(InvalidCredentialsException.class, () -> changeOwn(user.id(), "wrong horse"));

        assertEquals(user, users.get(user.id()));
        assertEquals(1, store.audit.size());
        assertEquals("user.change_password_failed", happened.getFirst().action());
    }

    @Test
    void aWrongCurrentPasswordOfAnybodyCostsOneHash() {
        User active = add("ada", GOOD);
        User inactive = add("bob", GOOD).withActive(false);
        store.put(inactive);
        for (UUID id : List.of(active.id(), inactive.id(), UUID.randomUUID())) {
            long before = passwords.hashes();

            assertThrows(InvalidCredentialsException.class, () -> changeOwn(id, "wrong horse"));

            assertEquals(before + 1, passwords.hashes());
        }
    }

    @Test
    void guessingTheCurrentPasswordIsSlowedDown() {
        User user = add("ada", GOOD);
        for (int i = 0; i < 6; i++) {
            assertThrows(InvalidCredentialsException.class, () -> changeOwn(user.id(), "wrong horse"));
        }

        assertThrows(AttemptDelayedException.class, () -> changeOwn(user.id(), GOOD));
    }

    @Test
    void anInactiveUserDoesNotChangeItsPassword() {
        User user = add("ada", GOOD).withActive(false);
        store.put(user);

        assertThrows(InvalidCredentialsException.class, () -> changeOwn(user.id(), GOOD));
    }

    @Test
    void aUserIsGivenAnotherRoleAndState() {
        add("ada", GOOD);
        User bob = add("bob", GOOD);
        happened.clear();

        User changed = users.amend(bob.id(), user -> user.with(Role.VIEWER).withActive(false), SYSTEM);

        assertEquals(bob.with(Role.VIEWER).withActive(false), changed);
        assertEquals(changed, users.get(bob.id()));
        assertHappened("user.update", bob, List.of("role", "active"));
    }

    @Test
    void aChangeToTheSameIsNone() {
        User user = add("ada", GOOD);
        happened.clear();

        assertEquals(user, users.amend(user.id(), same -> same.with(Role.ADMIN), SYSTEM));

        assertEquals(List.of(), happened);
    }

    @Test
    void whoeverHasChangedMeanwhileIsReadAgain() {
        add("ada", GOOD);
        User bob = add("bob", GOOD);
        List<User> seen = new ArrayList<>();

        User changed = users.amend(bob.id(), user -> {
            seen.add(user);
            store.put(bob.withActive(false));
            return user.with(Role.VIEWER);
        }, SYSTEM);

        assertEquals(List.of(bob, bob.withActive(false)), seen);
        assertEquals(bob.withActive(false).with(Role.VIEWER), changed);
    }

    /** Else it would be told that what it wants is so already. */
    @Test
    void aUserOfALaterReleasesRoleIsNotChanged() {
        var user = new User(UUID.randomUUID(), "zoe", Role.UNKNOWN, "hash", false, Instant.EPOCH);
        store.put(user);

        assertThrows(
                DomainException.ConcurrentChange.class,
                () -> users.amend(user.id(), same -> same.withActive(false), SYSTEM));
    }

    @Test
    void whoeverKeepsChangingIsLeftAlone() {
        add("ada", GOOD);
        User bob = add("bob", GOOD);

        assertThrows(DomainException.ConcurrentChange.class, () -> users.amend(bob.id(), user -> {
            store.put(user.withActive(!user.active()));
            return user.with(user.role() == Role.ADMIN ? Role.VIEWER : Role.ADMIN);
        }, SYSTEM));
    }

    @Test
    void nobodyCannotBeChangedOrRemoved() {
        UUID nobody = UUID.randomUUID();

        assertThrows(DomainException.UserNotFound.class, () -> users.get(nobody));
        assertThrows(DomainException.UserNotFound.class, () -> users.amend(nobody, user -> user, SYSTEM));
        assertThrows(DomainException.UserNotFound.class, () -> users.remove(nobody, SYSTEM));
        assertThrows(DomainException.UserNotFound.class, () -> users.signOut(nobody, SYSTEM));
        assertEquals(List.of(), happened);
    }

    @Test
    void theSignInsOfAUserAreEndedAndCounted() {
        User ada = add("ada", GOOD);
        User bob = add("bob", GOOD);
        store.signIns.put(ada.id(), 2);
        store.signIns.put(bob.id(), 1);
        happened.clear();

        assertEquals(2, users.signOut(ada.id(), SYSTEM));

        assertHappened("user.sign_out", ada, List.of());
        assertEquals(Set.of(bob.id()), store.signIns.keySet());
    }

    @Test
    void theSignInsOfAllUsersAreEndedAndCounted() {
        store.signIns.put(add("ada", GOOD).id(), 2);
        store.signIns.put(add("bob", GOOD).id(), 1);
        happened.clear();

        assertEquals(3, users.signOutAll(SYSTEM));

        var expected = new AuditEntry(clock.instant(), "user.sign_out", "all", 0, List.of(), SYSTEM);
        assertEquals(List.of(expected), happened);
        assertEquals(expected, store.audit.getLast());
    }

    @Test
    void aRemovedUserIsGone() {
        add("ada", GOOD);
        User bob = add("bob", GOOD);
        happened.clear();

        users.remove(bob.id(), SYSTEM);

        assertEquals(Optional.empty(), users.find("bob"));
        assertHappened("user.remove", bob, List.of());
    }

    @Test
    void theLastAdminStays() {
        User ada = add("ada", GOOD);
        happened.clear();

        assertThrows(DomainException.LastAdmin.class, () -> users.remove(ada.id(), SYSTEM));
        assertThrows(
                DomainException.LastAdmin.class, () -> users.amend(ada.id(), user -> user.with(Role.VIEWER), SYSTEM));

        assertEquals(List.of(), happened);
    }

    @Test
    void passwordsAreWiped() {
        char[] first = GOOD.toCharArray();
        char[] second = GOOD.toCharArray();
        char[] third = "battery staple".toCharArray();
        char[] current = "wrong horse".toCharArray();
        char[] other = GOOD.toCharArray();
        char[] bad = "short".toCharArray();

        users.add("ada", Role.VIEWER, first, SYSTEM);
        UUID id = users.list(Seek.start(), 200).items().getFirst().id();
        users.changePassword(id, second, SYSTEM);
        users.changeOwnPassword(id, GOOD.toCharArray(), third, SYSTEM);
        assertThrows(InvalidCredentialsException.class, () -> users.changeOwnPassword(id, current, other, SYSTEM));
        assertThrows(DomainException.InvalidInput.class, () -> users.add("bob", Role.VIEWER, bad, SYSTEM));

        assertArrayEquals(new char[13], first);
        assertArrayEquals(new char[13], second);
        assertArrayEquals(new char[14], third);
        assertArrayEquals(new char[11], current);
        assertArrayEquals(new char[13], other);
        assertArrayEquals(new char[5], bad);
    }

    private void changeOwn(UUID id, String current) {
        users.changeOwnPassword(id, current.toCharArray(), "battery staple".toCharArray(), SYSTEM);
    }

    private void assertHappened(String action, User user, List<String> fields) {
        var expected = new AuditEntry(clock.instant(), action, user.id().toString(), 0, fields, SYSTEM);
        assertEquals(List.of(expected), happened);
        assertEquals(expected, store.audit.getLast());
    }

    private User add(String username, String password) {
        return users.add(username, Role.ADMIN, password.toCharArray(), SYSTEM);
    }

    private List<String> violations(String username, String password) {
        return assertThrows(DomainException.InvalidInput.class, () -> add(username, password)).violations().stream()
                .map(violation -> violation.pointer() + " " + violation.code())
                .toList();
    }
}
