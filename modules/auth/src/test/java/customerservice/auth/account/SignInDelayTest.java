package customerservice.auth.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.FailedAttempts;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.SignInHistory.Standing;
import customerservice.domain.identity.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInDelayTest {

    private static final String HERE = "192.0.2.7";
    private static final String ELSEWHERE = "198.51.100.9";

    /** Each name has ten seconds of every minute. */
    private static final Instant ADAS_TURN = TestClock.START;
    private static final Instant NOT_ADAS_TURN = TestClock.START.plusMillis(9_750);

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

    @ParameterizedTest
    @CsvSource({"100, 0", "101, 1", "106, 32", "130, 60"})
    void aSiteIsDelayedWhateverNetworksOfItAreUsed(int failures, int seconds) {
        var standing = new Standing(
                Optional.empty(), false, FailedAttempts.NONE, FailedAttempts.NONE, FailedAttempts.NONE,
                FailedAttempts.NONE,
                FailedAttempts.NONE, failed(failures));

        assertEquals(Duration.ofSeconds(seconds), SignInDelay.left(standing, "ada", HERE, TestClock.START));
    }

    /** Who has many networks has no more turns, and no more attempts in each. */
    @Test
    void aNameIsTriedFromAllNetworksOfOneSiteTenTimesForFree() {
        for (int i = 0; i < 11; i++) {
            fail("ada", "2001:db8:1:" + i + "::1", 1);
        }

        assertThrows(AttemptDelayedException.class, () -> attempt("ada", "wrong", "2001:db8:1:ff::1"));
        fail("ada", "2001:db8:2::1", 1);
    }

    @Test
    void whoHasSignedInFromThereBeforeWaitsForNobodyElse() {
        assertEquals(Duration.ZERO, left(true, 5, 30, 30));
    }

    @Test
    void whoHasSignedInFromThereBeforeWaitsAMinuteAtMost() {
        assertEquals(Duration.ofMinutes(1), left(true, 30, 30, 30));
    }

    @ParameterizedTest
    @CsvSource({"50, 0", "51, 1", "55, 16", "60, 50"})
    void aSprayOverManyNamesThatAreKnownThereIsDelayedToo(int failures, int seconds) {
        assertEquals(Duration.ofSeconds(seconds), leftAmongMany(failures, 0, NOT_ADAS_TURN));
    }

    @Test
    void eachNameHasItsTurnWhileManyAreTried() {
        assertEquals(Duration.ZERO, leftAmongMany(60, 0, ADAS_TURN));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "9, 128", "30, 300"})
    void whoIsGuessedAmongManyWaitsFiveMinutesAtMostAfterTheLastGuess(int failures, int seconds) {
        assertEquals(Duration.ofSeconds(seconds), leftAmongMany(60, failures, ADAS_TURN));
    }

    @Test
    void waitingCounts() {
        var failed = new FailedAttempts(9, Duration.ofMillis(6_500));
        var standing = new Standing(
                Optional.empty(), false, failed, FailedAttempts.NONE, FailedAttempts.NONE, FailedAttempts.NONE,
                FailedAttempts.NONE,
                FailedAttempts.NONE);

        assertEquals(Duration.ofMillis(1_500), SignInDelay.left(standing, "ada", HERE, TestClock.START));
    }

    /** Whoever guesses is always there first: in this history the last failure has just happened. */
    @ParameterizedTest
    @ValueSource(
            strings = {"198.51.100.1", "198.51.100.2", "198.51.100.3", "203.0.113.77", "2001:db8::1", "2001:db8:1::1"})
    void theOwnerOnANewNetworkWaitsAQuarterOfAnHourAtMostHoweverHisNameIsGuessed(String address) {
        addAda();
        for (int i = 0; i < 1_000; i++) {
            history.failed("ada", "192.0.2." + i, false, failure());
        }

        assertSignsInWithin(Duration.ofMinutes(15), address);
    }

    @Test
    void theOwnerOnAKnownNetworkWaitsAMinuteAtMostHoweverHisNeighboursAreGuessed() {
        addAda();
        attempt("ada", "correct horse", HERE);
        clock.advance(Duration.ofSeconds(15));
        sprayNeighbours(1_000);

        assertSignsInWithin(Duration.ofMinutes(1), HERE);
    }

    /** Who has a user of his own there signs in now and then, which forgives him nothing. */
    @Test
    @Tag("slow")
    void aSprayFromANetworkThatIsKnownForAllItsNamesIsRefused() {
        addAda();
        for (int i = 0; i < 120; i++) {
            UUID id = add("user" + i, "hash").id();
            history.succeeded(id, "user" + i, HERE);
        }
        int refused = 0;
        for (int i = 0; i < 120; i++) {
            try {
                attempt("user" + i, "wrong horse", HERE);
            } catch (AttemptDelayedException e) {
                refused++;
            } catch (InvalidCredentialsException e) {
                attempt("ada", "correct horse", ELSEWHERE);
            }
        }

        assertTrue(refused > 50, refused + " of 120 were refused");
    }

    @Test
    void whoIsNotKnownThereDelaysNobodyWhoIs() {
        addAda();
        attempt("ada", "correct horse", HERE);
        for (int i = 0; i < 60; i++) {
            history.failed("user" + i, HERE, false, failure());
        }

        attempt("ada", "correct horse", HERE);
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
        var standing = new Standing(
                Optional.empty(), known, failed(both), FailedAttempts.NONE, failed(name), failed(network),
                FailedAttempts.NONE,
                FailedAttempts.NONE);
        return SignInDelay.left(standing, "ada", HERE, TestClock.START);
    }

    private static Duration leftAmongMany(int ofKnownNetwork, int both, Instant now) {
        var standing = new Standing(
                Optional.empty(), true, failed(both), FailedAttempts.NONE, failed(30), failed(30),
                failed(ofKnownNetwork), failed(130));
        return SignInDelay.left(standing, "ada", HERE, now);
    }

    private void sprayNeighbours(int times) {
        for (int i = 0; i < times; i++) {
            history.failed("user" + i, HERE, true, failure());
        }
    }

    private static AuditEntry failure() {
        return new AuditEntry(
                TestClock.START, "auth.sign_in_failed", "unknown", 0, List.of(),
                new Caller("anonymous", "request-1", HERE));
    }

    /** Coming again as soon as he is told. */
    private void assertSignsInWithin(Duration longest, String address) {
        Instant end = clock.instant().plus(longest);
        while (!clock.instant().isAfter(end)) {
            try {
                attempt("ada", "correct horse", address);
                return;
            } catch (AttemptDelayedException e) {
                clock.advance(e.retryAfter());
            }
        }
        throw new AssertionError("kept out for " + longest);
    }

    private static FailedAttempts failed(int count) {
        return new FailedAttempts(count, Duration.ZERO);
    }

    private void addAda() {
        add("ada", new Passwords(1, 1, new SecureRandom()).hash("correct horse".toCharArray()));
    }

    private User add(String username, String hash) {
        var user = new User(UUID.randomUUID(), username, Role.VIEWER, hash, true, Instant.EPOCH);
        history.users.put(username, user);
        return user;
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
