package customerservice.auth.account;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.auth.FailingSignInHistory;
import customerservice.auth.InvalidCredentialsException;
import customerservice.auth.MemoryClientFailures;
import customerservice.auth.MemoryRefreshTokens;
import customerservice.auth.MemorySignInHistory;
import customerservice.auth.MemoryUsers;
import customerservice.auth.RandomSecret;
import customerservice.auth.TestClock;
import customerservice.auth.key.TestKeys;
import customerservice.auth.TestTokens;
import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.oauth.ClientGuesses;
import customerservice.auth.oauth.RefreshTokens;
import customerservice.auth.password.Passwords;
import customerservice.auth.token.AccessTokens;
import customerservice.auth.token.VerifiedTokens;
import customerservice.auth.token.IssuedToken;
import customerservice.auth.token.Principal;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {

    private static final Passwords HASHING = new Passwords(1, 4, new SecureRandom());
    private static final String HASH = HASHING.hash("correct horse".toCharArray());
    /** Of "password", by the reference implementation, with weaker parameters than ours. */
    private static final String OUTDATED = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    private static final Caller ANONYMOUS = new Caller("anonymous", "request-1", "192.0.2.7");

    private final TestClock clock = new TestClock();
    private final SigningKeys keys = TestKeys.keys(SigningAlgorithm.RS256);
    private final MemoryUsers users = new MemoryUsers();
    private final MemorySignInHistory history = new MemorySignInHistory(users);
    private final Passwords passwords = new Passwords(1, 4, new SecureRandom());
    private final List<AuditEntry> happened = new ArrayList<>();
    private final MemoryRefreshTokens families = new MemoryRefreshTokens(clock);
    private final RefreshTokens tokens = new RefreshTokens(
            families,
            new ClientGuesses(new MemoryClientFailures()),
            new AccessTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS, clock, new Random(1)),
            happened::add,
            Duration.ofDays(30),
            clock,
            new Random(1));
    private final SignIn signIn = new SignIn(
            new PasswordCheck(history, users, passwords, happened::add, clock), tokens);
    private final User ada = user("ada", true);
    private final User bob = user("bob", false);

    @Test
    void theRightPasswordGetsAToken() {
        IssuedToken token = signIn("ada", "correct horse");

        Principal principal = new VerifiedTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS, clock)
                .verify(token.value());
        assertEquals(ada.id().toString(), principal.subject());
        assertEquals(Role.OPERATOR.scopes(), principal.scopes());
    }

    @Test
    void theRightPasswordGetsARefreshTokenThatIsKeptAsItsHash() {
        String refreshToken = signIn("ada", "correct horse").refreshToken().orElseThrow();

        assertEquals(Set.of(RandomSecret.hash(refreshToken)), families.hashes());
    }

    @Test
    void aUserWhoWasChangedMeanwhileIsRefused() {
        families.usersHaveChanged = true;

        assertTrue(refusal("ada", "correct horse").contains("wrong"));
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThrows(InvalidCredentialsException.class, () -> signIn("ada", "wrong horse"));
    }

    @Test
    void anUnknownUserIsRefused() {
        assertThrows(InvalidCredentialsException.class, () -> signIn("eve", "correct horse"));
    }

    @Test
    void anInactiveUserIsRefused() {
        assertThrows(InvalidCredentialsException.class, () -> signIn(bob.username(), "correct horse"));
    }

    @Test
    void allRefusalsSayTheSame() {
        var messages = List.of(refusal("ada", "wrong horse"), refusal("eve", "x"), refusal("bob", "correct horse"));

        assertEquals(1, messages.stream().distinct().count(), messages.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "bob", "eve", "", "ADA", "no such name!", "a\u0000"})
    void everyRefusalCostsOneHash(String username) {
        refusal(username, "wrong horse");

        assertEquals(1, passwords.hashes());
    }

    /** The second would be the right one if it were normalised. */
    @Test
    void aPasswordLongerThanAnyIsRefusedLikeAWrongOne() {
        String right = "\u00e9".repeat(200);
        users.put(
                new User(
                        UUID.randomUUID(), "zoe", Role.OPERATOR, HASHING.hash(right.toCharArray()), true,
                        Instant.EPOCH));
        var messages = List.of(
                refusal("zoe", "wrong horse"), refusal("zoe", "e\u0301".repeat(200)),
                refusal("zoe", "\u0301".repeat(257)));

        assertEquals(1, messages.stream().distinct().count(), messages.toString());
        assertEquals(3, passwords.hashes());
        assertEquals(3, history.audit.size());
    }

    @Test
    void aSuccessCostsOneHash() {
        signIn("ada", "correct horse");

        assertEquals(1, passwords.hashes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ADA", "Ada", "ada\u0000", "1ada", "ada'; --", "\ud83d\ude00"})
    void aNameThatNobodyCanHaveIsNotAskedFor(String username) {
        refusal(username, "correct horse");

        assertEquals(List.of("-"), history.askedFor);
    }

    @Test
    void thePasswordIsWipedAfterSuccess() {
        char[] password = "correct horse".toCharArray();

        signIn.signIn("ada", password, ANONYMOUS);

        assertArrayEquals(new char[13], password);
    }

    @Test
    void thePasswordIsWipedAfterRefusal() {
        char[] password = "wrong horse".toCharArray();

        assertThrows(InvalidCredentialsException.class, () -> signIn.signIn("ada", password, ANONYMOUS));

        assertArrayEquals(new char[11], password);
    }

    @Test
    void thePasswordIsWipedWhenTheStoreFails() {
        char[] password = "correct horse".toCharArray();
        var failing = new SignIn(
                new PasswordCheck(new FailingSignInHistory(), users, passwords, happened::add, clock), tokens);

        assertThrows(DomainException.StoreUnavailable.class, () -> failing.signIn("ada", password, ANONYMOUS));

        assertArrayEquals(new char[13], password);
    }

    @Test
    void aSuccessIsAuditedAsTheUsersOwn() {
        signIn("ada", "correct horse");

        String id = ada.id().toString();
        assertEquals(
                List.of(new AuditEntry(
                        clock.instant(), "auth.sign_in", id, 0, List.of(), new Caller(id, "request-1", "192.0.2.7"))),
                happened);
        assertEquals(happened, families.audit);
    }

    @Test
    void aRefusalOfAKnownUserIsAuditedWithItsId() {
        refusal("ada", "wrong horse");

        assertEquals(
                List.of(new AuditEntry(
                        clock.instant(), "auth.sign_in_failed", ada.id().toString(), 0, List.of(), ANONYMOUS)),
                happened);
    }

    @Test
    void aRefusalIsInTheTrailAsItIsInTheStream() {
        refusal("ada", "wrong horse");

        assertEquals(happened, history.audit);
    }

    @Test
    void aRefusalOfAnUnknownUserIsAuditedWithoutTheName() {
        refusal("eve", "correct horse");

        assertEquals("unknown", happened.getFirst().subject());
        assertFalse(happened.toString().contains("eve"));
    }

    @Test
    void aUserWithAnUnreadableHashCannotSignIn() {
        users.put(new User(ada.id(), "ada", Role.OPERATOR, "correct horse", true, Instant.EPOCH));

        assertTrue(refusal("ada", "correct horse").contains("wrong"));
    }

    private IssuedToken signIn(String username, String password) {
        return signIn.signIn(username, password.toCharArray(), ANONYMOUS);
    }

    private String refusal(String username, String password) {
        return assertThrows(InvalidCredentialsException.class, () -> signIn(username, password)).getMessage();
    }

    @Test
    void aHashWithWeakerParametersIsRenewed() {
        users.put(ada.withPasswordHash(OUTDATED));

        signIn("ada", "password");

        String renewed = users.findByUsername("ada").orElseThrow().passwordHash();
        assertTrue(renewed.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), renewed);
        assertTrue(HASHING.matches("password".toCharArray(), renewed));
        assertEquals(List.of("user.rehash_password"), users.audit.stream().map(AuditEntry::action).toList());
        signIn("ada", "password");
        assertEquals(renewed, users.findByUsername("ada").orElseThrow().passwordHash());
    }

    /** Two devices of one user, or an instance of the release from before. */
    @Test
    void aHashThatAnotherSignInHasRenewedIsTakenUp() {
        users.put(ada.withPasswordHash(OUTDATED));
        String renewed = HASHING.hash("password".toCharArray());
        users.beforeRenewal = () -> users.put(ada.withPasswordHash(renewed));

        signIn("ada", "password");

        assertEquals(renewed, families.users.getLast().passwordHash());
    }

    @Test
    void aWrongPasswordRenewsNoHash() {
        users.put(ada.withPasswordHash(OUTDATED));

        refusal("ada", "wrong horse");

        assertEquals(OUTDATED, users.findByUsername("ada").orElseThrow().passwordHash());
    }

    /** As a newer release makes it, beside this one. */
    @Test
    void aHashWithStrongerParametersIsLeftAsItIs() {
        String newer = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        users.put(ada.withPasswordHash(newer));

        signIn("ada", "password");

        assertEquals(newer, users.findByUsername("ada").orElseThrow().passwordHash());
    }

    private User user(String username, boolean active) {
        var user = new User(UUID.randomUUID(), username, Role.OPERATOR, HASH, active, Instant.EPOCH);
        users.put(user);
        return user;
    }
}
