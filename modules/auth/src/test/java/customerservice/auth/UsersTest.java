package customerservice.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.domain.AuditEntry;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private final Users users = new Users(store, passwords, happened::add, clock, new SecureRandom());

    @Test
    void aNewUserIsActiveAndHasTheRole() {
        User user = add("ada", GOOD);

        assertTrue(user.active());
        assertEquals(Role.ADMIN, user.role());
        assertEquals(Instant.parse("2026-11-23T10:00:00.250Z"), user.createdAt());
        assertEquals(List.of(user), users.list());
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
    @ValueSource(strings = {"12345678", "aaaaaaaa", "        ",
        "\ud83d\ude00\ud83d\ude01\ud83d\ude02\ud83d\ude03\ud83d\ude00\ud83d\ude01\ud83d\ude02\ud83d\ude03"})
    void lengthIsTheOnlyRule(String password) {
        add("ada", password);

        assertEquals(1, users.list().size());
    }

    @Test
    void aPasswordMayHave256CharactersThatAreTwoCharsEach() {
        assertTrue(passwords.matches(
                "\ud83d\ude00".repeat(256).toCharArray(), add("ada", "\ud83d\ude00".repeat(256)).passwordHash()));
    }

    @Test
    void aBadPasswordIsNotHashed() {
        violations("ada", "short");

        assertEquals(0, passwords.hashes());
    }

    @Test
    void theNewPasswordReplacesTheOld() {
        add("ada", GOOD);

        assertTrue(users.changePassword("ada", "battery staple".toCharArray(), SYSTEM));

        String hash = users.list().getFirst().passwordHash();
        assertTrue(passwords.matches("battery staple".toCharArray(), hash));
        assertFalse(passwords.matches(GOOD.toCharArray(), hash));
    }

    @Test
    void aNewPasswordIsAudited() {
        User user = add("ada", GOOD);
        happened.clear();

        users.changePassword("ada", "battery staple".toCharArray(), SYSTEM);

        var expected = new AuditEntry(
                clock.instant(), "user.change_password", user.id().toString(), 0, List.of("password"), SYSTEM);
        assertEquals(List.of(expected), happened);
        assertEquals(expected, store.audit.getLast());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eve", "", "EVE", "eve\u0000"})
    void nobodysPasswordCannotBeChanged(String username) {
        assertFalse(users.changePassword(username, GOOD.toCharArray(), SYSTEM));
        assertEquals(List.of(), happened);
    }

    @Test
    void aNewPasswordKeepsTheRules() {
        add("ada", GOOD);

        var e = assertThrows(
                DomainException.InvalidInput.class, () -> users.changePassword("ada", "short".toCharArray(), SYSTEM));

        assertEquals("too_short", e.violations().getFirst().code());
    }

    @Test
    void passwordsAreWiped() {
        char[] first = GOOD.toCharArray();
        char[] second = GOOD.toCharArray();
        char[] bad = "short".toCharArray();

        users.add("ada", Role.VIEWER, first, SYSTEM);
        users.changePassword("ada", second, SYSTEM);
        assertThrows(DomainException.InvalidInput.class, () -> users.add("bob", Role.VIEWER, bad, SYSTEM));

        assertArrayEquals(new char[13], first);
        assertArrayEquals(new char[13], second);
        assertArrayEquals(new char[5], bad);
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
