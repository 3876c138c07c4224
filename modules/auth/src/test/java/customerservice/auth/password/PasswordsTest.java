package customerservice.auth.password;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private final Passwords passwords = new Passwords(2, 8, new SecureRandom());

    @Test
    void aPasswordMatchesItsHash() {
        assertTrue(matches("correct horse", hash("correct horse")));
    }

    @Test
    void anotherPasswordDoesNotMatch() {
        assertFalse(matches("correct horsE", hash("correct horse")));
    }

    @Test
    void theSamePasswordHashesDifferentlyEachTime() {
        assertNotEquals(hash("correct horse"), hash("correct horse"));
    }

    @Test
    void aHashIsAPhcStringWithItsParameters() {
        String hash = hash("correct horse");

        assertTrue(
                hash.matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}"), hash);
    }

    /** Made by the reference implementation, with other parameters than ours. */
    @ParameterizedTest
    @ValueSource(strings = {
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"})
    void hashesOfOthersAreUnderstood(String phc) {
        assertTrue(matches("password", phc));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "$",
        "$argon2id$v=19$",
        "secret-in-clear",
        "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65537,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=99999999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=256,t=9,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=-2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=5$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$t=2,m=256,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29t$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQM",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$not base64 at all, and long enough to be one!",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4$more"})
    void aPlantedHashIsNotObeyedAndMatchesNothing(String phc) {
        assertFalse(matches("password", phc));
    }

    @Test
    void aPlantedHashCostsOneHashOfTheUsualKind() {
        matches("password", "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5Q");

        assertEquals(1, passwords.hashes());
    }

    @Test
    void nothingMatchesTheHashOfNothing() {
        assertFalse(matches("", passwords.hashOfNothing()));
    }

    @Test
    void theHashOfNothingHasTheUsualParameters() {
        assertTrue(passwords.hashOfNothing().startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    }

    @Test
    void composedAndDecomposedCharactersAreTheSamePassword() {
        assertTrue(matches("cafe\u0301 au lait", hash("caf\u00e9 au lait")));
    }

    /** Its normal form would match: so this shows that it is not made. */
    @Test
    void whatIsLongerThanAPasswordMayBeMatchesNothing() {
        String hash = hash("\u00e9".repeat(200));

        assertTrue(matches("e\u0301".repeat(56) + "\u00e9".repeat(144), hash));
        assertFalse(matches("e\u0301".repeat(57) + "\u00e9".repeat(143), hash));
        assertFalse(matches("e\u0301".repeat(200), hash));
    }

    @Test
    void whatIsLongerThanAPasswordMayBeDoesNotMatchAnEmptyOneEither() {
        assertFalse(matches("x".repeat(257), hash("")));
    }

    @Test
    void whatIsLongerThanAPasswordMayBeCostsOneHash() {
        matches("\u0301".repeat(257), passwords.hashOfNothing());

        assertEquals(1, passwords.hashes());
    }

    @Test
    void whatIsLongerThanAPasswordMayBeIsNotHashed() {
        assertThrows(IllegalArgumentException.class, () -> hash("e\u0301".repeat(129)));
        assertEquals(0, passwords.hashes());
    }

    @Test
    void charactersBeyondTheFirstPlaneCount() {
        assertFalse(matches("password \ud83d\ude01", hash("password \ud83d\ude00")));
    }

    @Test
    void halfOfAPairIsNoQuestionMark() {
        assertFalse(matches("password \ud83d", hash("password ?")));
    }

    @Test
    void aPasswordIsLeftForTheCallerToWipe() {
        char[] password = "correct horse".toCharArray();

        passwords.hash(password);

        assertArrayEquals("correct horse".toCharArray(), password);
    }

    private String hash(String password) {
        return passwords.hash(password.toCharArray());
    }

    private boolean matches(String password, String phc) {
        return passwords.matches(password.toCharArray(), phc);
    }
}
