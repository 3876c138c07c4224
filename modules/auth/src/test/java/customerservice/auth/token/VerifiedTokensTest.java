package customerservice.auth.token;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.benmanes.caffeine.cache.Ticker;
import customerservice.auth.InvalidTokenException;
import customerservice.auth.InvalidTokenException.Reason;
import customerservice.auth.TestClock;
import customerservice.auth.key.TestKeys;
import customerservice.auth.TestTokens;
import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedTokensTest {

    private final TestClock clock = new TestClock();
    private final SigningKeys keys = TestKeys.keys(SigningAlgorithm.RS256);
    private final Ticker ticker = () -> clock.millis() * 1_000_000;
    private final VerifiedTokens verifiedTokens = new VerifiedTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS,
            clock,
            ticker);

    @ParameterizedTest
    @EnumSource
    void anIssuedTokenTellsWhoIsCalling(SigningAlgorithm algorithm) {
        SigningKeys keys = TestKeys.keys(algorithm);
        var user = new User(UUID.randomUUID(), "ada", Role.OPERATOR, "$argon2id$…", true, Instant.EPOCH);
        String token = new AccessTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS, clock, new Random(1))
                .issue(user, 0)
                .value();

        Principal principal = new VerifiedTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS, clock)
                .verify(token);

        assertEquals(user.id().toString(), principal.subject());
        assertEquals(Role.OPERATOR.scopes(), principal.scopes());
        assertEquals(Instant.parse("2026-11-23T10:15:00Z"), principal.expiresAt());
    }

    @Test
    void aPrincipalMayWhatItsScopesSayAndNothingElse() {
        Principal principal = verifiedTokens.verify(valid().token());

        assertTrue(principal.may(Scope.CUSTOMERS_READ));
        assertFalse(principal.may(Scope.CUSTOMERS_WRITE));
    }

    @Test
    void unknownScopesAreIgnored() {
        String token = valid().claim("scope", "\"openid customers:read  customers:everything CUSTOMERS:WRITE\"")
                .token();

        assertEquals(Set.of(Scope.CUSTOMERS_READ), verifiedTokens.verify(token).scopes());
    }

    @Test
    void aTokenWithoutAnyScopeIsValidAndAllowsNothing() {
        assertEquals(Set.of(), verifiedTokens.verify(valid().claim("scope", "\"\"").token()).scopes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"})
    void theTypeIsAMediaType(String type) {
        assertDoesNotThrow(() -> verifiedTokens.verify(valid().header("typ", "\"" + type + "\"").token()));
    }

    @Test
    void anUnknownHeaderIsIgnored() {
        assertDoesNotThrow(() -> verifiedTokens.verify(valid().header("x", "[{}]").token()));
    }

    @Test
    void oneAudienceOfSeveralIsEnough() {
        String token = valid().claim("aud", "[\"billing\",\"customer-service\"]").token();

        assertDoesNotThrow(() -> verifiedTokens.verify(token));
    }

    @Test
    void keysThatDoNotSignAnyMoreOrNotYetStillVerify() {
        SigningKeys rotated = TestKeys.parse("{\"keys\":["
                + TestKeys.onlyKey(TestKeys.otherJson(SigningAlgorithm.ES256)) + ","
                + TestKeys.onlyKey(TestKeys.json(SigningAlgorithm.RS256)).replace("\"current\"", "\"previous\"") + ","
                + TestKeys.onlyKey(TestKeys.json(SigningAlgorithm.ES256)).replace("\"current\"", "\"next\"") + "]}");
        var after = new VerifiedTokens(new ActiveSigningKeys(rotated), TestTokens.SETTINGS, clock);

        assertDoesNotThrow(() -> after.verify(valid().token()));
        assertDoesNotThrow(() -> after.verify(
                TestTokens.valid(TestKeys.keys(SigningAlgorithm.ES256), clock.instant()).token()));
    }

    @Test
    void anIssuersClockMayBeThirtySecondsAhead() {
        long now = clock.instant().getEpochSecond();
        String ahead = Long.toString(now + 30);

        assertDoesNotThrow(() -> verifiedTokens.verify(valid().claim("iat", ahead).claim("nbf", ahead).token()));
    }

    @Test
    void anIssuersClockMayBeThirtySecondsBehind() {
        String token = valid().claim("exp", Long.toString(clock.instant().getEpochSecond() - 29)).token();

        assertDoesNotThrow(() -> verifiedTokens.verify(token));
    }

    @Test
    void aTokenIsVerifiedOnce() {
        String token = valid().token();

        Principal first = verifiedTokens.verify(token);

        assertSame(first, verifiedTokens.verify(token));
        assertEquals(1, verifiedTokens.cache().stats().hitCount());
    }

    @Test
    void aTokenThatDiffersInItsLastLetterIsAnotherToken() {
        String token = valid().token();
        verifiedTokens.verify(token);
        char last = token.charAt(token.length() - 1);
        String other = token.substring(0, token.length() - 1) + (last == 'A' ? 'Q' : 'A');

        assertThrows(InvalidTokenException.class, () -> verifiedTokens.verify(other));
    }

    @Test
    void lettersBeyondLatin1AreNotMistakenForOthers() {
        String token = valid().token();
        verifiedTokens.verify(token);

        assertThrows(InvalidTokenException.class, () -> verifiedTokens.verify(token.replace('e', '\u0165')));
    }

    @Test
    void aRememberedTokenExpiresByTheClockToo() {
        String token = valid().token();
        // A cache that never looks at the time of its own accord.
        var forgetful = new VerifiedTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS, clock, () -> 0);
        forgetful.verify(token);
        clock.advance(Duration.ofSeconds(930).minusMillis(251));
        forgetful.verify(token);
        clock.advance(Duration.ofMillis(1));

        var e = assertThrows(InvalidTokenException.class, () -> forgetful.verify(token));

        assertEquals(Reason.EXPIRED, e.reason());
    }

    @Test
    void anExpiredTokenLeavesTheCache() {
        verifiedTokens.verify(valid().token());
        clock.advance(Duration.ofSeconds(940));

        verifiedTokens.cache().cleanUp();

        assertEquals(0, verifiedTokens.cache().estimatedSize());
    }

    @Test
    void theCacheHoldsNoMoreThanItsSize() {
        var small = new VerifiedTokens(
                new ActiveSigningKeys(keys),
                new TokenSettings("https://id.example", "customer-service", Duration.ofMinutes(15), 2), clock);
        for (int i = 0; i < 10; i++) {
            small.verify(valid().claim("jti", "\"token-" + i + "\"").token());
        }

        small.cache().cleanUp();

        assertEquals(2, small.cache().estimatedSize());
    }

    @Test
    void withoutACacheEveryCallVerifies() {
        var none = new VerifiedTokens(
                new ActiveSigningKeys(keys),
                new TokenSettings("https://id.example", "customer-service", Duration.ofMinutes(15), 0), clock);
        String token = valid().token();

        Principal first = none.verify(token);

        assertEquals(first, none.verify(token));
        assertNotSame(first, none.verify(token));
        assertEquals(0, none.cache().estimatedSize());
    }

    @Test
    void tokensMayCarryEveryNameOfTheInstallationButNoOther() {
        var renamed = new VerifiedTokens(
                new ActiveSigningKeys(keys),
                new TokenSettings(
                        "https://new.example", Set.of("https://id.example"), "customer-service",
                        Duration.ofMinutes(15), 0),
                clock);

        assertDoesNotThrow(() -> renamed.verify(valid().token()));
        assertDoesNotThrow(
                () -> renamed.verify(valid().claim("iss", "\"https://new.example\"").token()));
        for (String other : List.of("\"https://id.example/\"", "[\"https://id.example\"]", "null", "\"\"")) {
            assertEquals(
                    Reason.WRONG_ISSUER,
                    assertThrows(
                            InvalidTokenException.class,
                            () -> renamed.verify(valid().claim("iss", other).token())).reason(),
                    other);
        }
    }

    private TestTokens valid() {
        return TestTokens.valid(keys, clock.instant());
    }
}
