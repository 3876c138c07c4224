package customerservice.auth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.auth.InvalidCredentialsException;
import customerservice.auth.MemoryClientFailures;
import customerservice.auth.MemoryRefreshTokens;
import customerservice.auth.MemorySignInHistory;
import customerservice.auth.MemoryUsers;
import customerservice.auth.AttemptDelayedException;
import customerservice.auth.TestClock;
import customerservice.auth.key.TestKeys;
import customerservice.auth.TestTokens;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.oauth.ClientGuesses;
import customerservice.auth.oauth.RefreshTokens;
import customerservice.auth.password.Passwords;
import customerservice.auth.token.AccessTokens;
import customerservice.domain.Caller;
import customerservice.domain.identity.FailedAttempts;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.SignInHistory.Standing;
import customerservice.domain.identity.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInDelayTest {

    private static final String HERE = "192.0.2.7";
    private static final String ELSEWHERE = "198.51.100.9";

    private final TestClock clock = new TestClock();
    private final MemorySignInHistory history = new MemorySignInHistory();
    private final Passwords passwords = new Passwords(1, 4, new SecureRandom());
    private final SignIn signIn = new SignIn(
            new PasswordCheck(history, new MemoryUsers(), passwords, entry -> {}, clock),
            new RefreshTokens(
                    new MemoryRefreshTokens(clock), new ClientGuesses(new MemoryClientFailures()),
                    new AccessTokens(
                            TestKeys.ring(SigningAlgorithm.ES256), TestTokens.SETTINGS, clock, new Random(1)),
                    entry -> {},
                    Duration.ofDays(30),
                    clock,
                    new Random(1)));

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 0", "6, 1", "7, 2", "8, 4", "12, 64", "15, 512", "16, 900", "30, 900"})
    void theDelayOfANameOnANetworkGrowsFromTheSixthFailureOn(int failures, int seconds) {
        assertEquals(Duration.ofSeconds(seconds), left(false, failures, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"20, 0", "21, 1", "25, 16", "26, 30", "30, 30"})
    void theDelayOfANameStaysShort(int failures, int seconds) {
        assertEquals(Duration.ofSeconds(seconds), left(false, 0, failures, 0));
    }

    @ParameterizedTest
    @CsvSource({"20, 0", "21, 1", "29, 256", "30, 300"})
    void aNetworkIsDelayedWhateverNamesItTries(int failures, int seconds) {
        assertEquals(Duration.ofSeconds(seconds), left(false, 0, 0, failures));
    }

    @Test
    void theLongestDelayCounts() {
        assertEquals(Duration.ofSeconds(32), left(false, 11, 21, 22));
    }

    @Test
    void whoHasSignedInFromThereBeforeWaitsForNobodyElse() {
        assertEquals(Duration.ZERO, left(true, 5, 30, 30));
    }

    @Test
    void whoHasSignedInFromThereBeforeWaitsAMinuteAtMost() {
        assertEquals(Duration.ofMinutes(1), left(true, 30, 30, 30));
    }

    @Test
    void waitingCounts() {
        var failed = new FailedAttempts(9, Duration.ofMillis(6_500));
        var standing = new Standing(Optional.empty(), false, failed, FailedAttempts.NONE, FailedAttempts.NONE);

        assertEquals(Duration.ofMillis(1_500), SignInDelay.left(standing));
    }

    @Test
    void anAttemptThatComesTooEarlyCostsNoHash() {
        fail("ada", HERE, 6);

        var delayed = assertThrows(AttemptDelayedException.class, () -> attempt("ada", "wrong", HERE));

        assertEquals(Duration.ofSeconds(1), delayed.retryAfter());
        assertEquals(6, passwords.hashes());
    }

    @Test
    void anAttemptThatComesTooEarlyDoesNotCount() {
        fail("ada", HERE, 6);

        for (int i = 0; i < 10; i++) {
            var delayed = assertThrows(AttemptDelayedException.class, () -> attempt("ada", "wrong", HERE));
            assertEquals(Duration.ofSeconds(1), delayed.retryAfter());
        }
    }

    @Test
    void aNameThatNobodyHasIsDelayedAlike() {
        fail("eve", HERE, 6);

        var delayed = assertThrows(AttemptDelayedException.class, () -> attempt("eve", "wrong", HERE));

        assertEquals(Duration.ofSeconds(1), delayed.retryAfter());
    }

    @Test
    void namesThatNobodyCanHaveCountAsOne() {
        for (int i = 0; i < 6; i++) {
            fail("No such name " + i, HERE, 1);
        }

        assertThrows(AttemptDelayedException.class, () -> attempt("Another!", "wrong", HERE));
    }

    @Test
    void theOwnerSignsInFromElsewhereMeanwhile() {
        addAda();
        fail("ada", HERE, 6);
        assertThrows(AttemptDelayedException.class, () -> attempt("ada", "correct horse", HERE));

        attempt("ada", "correct horse", ELSEWHERE);
    }

    @Test
    void successForgivesFailures() {
        addAda();
        fail("ada", HERE, 5);
        attempt("ada", "correct horse", HERE);

        fail("ada", HERE, 5);
    }

    private static Duration left(boolean known, int both, int name, int network) {
        return SignInDelay.left(
                new Standing(Optional.empty(), known, failed(both), failed(name), failed(network)));
    }

    private static FailedAttempts failed(int count) {
        return new FailedAttempts(count, Duration.ZERO);
    }

    private void addAda() {
        String hash = new Passwords(1, 1, new SecureRandom()).hash("correct horse".toCharArray());
        history.users.put("ada", new User(UUID.randomUUID(), "ada", Role.VIEWER, hash, true, Instant.EPOCH));
    }

    private void fail(String username, String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThrows(InvalidCredentialsException.class, () -> attempt(username, "wrong horse", address));
        }
    }

    private void attempt(String username, String password, String address) {
        signIn.signIn(username, password.toCharArray(), new Caller("anonymous", "request-1", address));
    }
}
