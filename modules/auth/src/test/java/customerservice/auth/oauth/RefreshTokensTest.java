package customerservice.auth.oauth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.auth.AttemptDelayedException;
import customerservice.auth.FailingRefreshTokens;
import customerservice.auth.InvalidGrantException;
import customerservice.auth.InvalidScopeException;
import customerservice.auth.MemoryClientFailures;
import customerservice.auth.MemoryRefreshTokens;
import customerservice.auth.RandomSecret;
import customerservice.auth.TestClock;
import customerservice.auth.key.TestKeys;
import customerservice.auth.TestTokens;
import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.token.AccessTokens;
import customerservice.auth.token.VerifiedTokens;
import customerservice.auth.token.IssuedToken;
import customerservice.auth.token.Principal;
import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokensTest {

    private static final Caller ANONYMOUS = new Caller("anonymous", "request-1", "192.0.2.7");
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final TestClock clock = new TestClock();
    private final SigningKeys keys = TestKeys.keys(SigningAlgorithm.RS256);
    private final MemoryRefreshTokens store = new MemoryRefreshTokens(clock);
    private final MemoryClientFailures failures = new MemoryClientFailures();
    private final List<AuditEntry> happened = new ArrayList<>();
    private final RefreshTokens tokens = new RefreshTokens(
            store, new ClientGuesses(failures),
            new AccessTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS, clock, new Random(1)),
            happened::add,
            LIFETIME,
            clock,
            new Random(2));
    private final User ada = new User(UUID.randomUUID(), "ada", Role.OPERATOR, "hash", true, Instant.EPOCH);
    private final Caller asAda = new Caller(ada.id().toString(), "request-1", "192.0.2.7");

    @Test
    void aRefreshTokenIs43CharactersOfBase64Url() {
        assertTrue(signIn().matches("[A-Za-z0-9_-]{43}"));
    }

    @Test
    void aRefreshGivesANewPairOfTheSameUser() {
        String first = signIn();

        IssuedToken refreshed = refresh(first);

        Principal principal = new VerifiedTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS, clock)
                .verify(refreshed.value());
        assertEquals(ada.id().toString(), principal.subject());
        assertEquals(Role.OPERATOR.scopes(), principal.scopes());
        assertNotEquals(first, refreshed.refreshToken().orElseThrow());
    }

    @Test
    void tokensFollowOneAnother() {
        String token = signIn();
        for (int i = 0; i < 10; i++) {
            token = refresh(token).refreshToken().orElseThrow();
            clock.advance(Duration.ofHours(1));
        }

        assertTrue(tokens.find(token).isPresent());
    }

    @Test
    void aSpentTokenIsAnsweredWithinTheGrace() {
        String first = signIn();
        String second = refresh(first).refreshToken().orElseThrow();
        clock.advance(Duration.ofSeconds(29));

        String other = refresh(first).refreshToken().orElseThrow();

        assertNotEquals(second, other);
        refresh(second);
        refresh(other);
    }

    @Test
    void aSpentTokenAfterTheGraceEndsTheFamily() {
        String first = signIn();
        String second = refresh(first).refreshToken().orElseThrow();
        clock.advance(Duration.ofSeconds(30));

        assertThrows(InvalidGrantException.class, () -> refresh(first));
        assertThrows(InvalidGrantException.class, () -> refresh(second));
    }

    @Test
    void reuseIsAuditedAsAStrangers() {
        String first = signIn();
        refresh(first);
        clock.advance(Duration.ofSeconds(30));
        assertThrows(InvalidGrantException.class, () -> refresh(first));

        assertEquals(entry("auth.refresh_token_reused", ANONYMOUS), happened.getLast());
        assertEquals("auth.refresh_token_reused", store.audit.getLast().action());
    }

    @Test
    void aRefreshIsAuditedAsTheUsersOwn() {
        refresh(signIn());

        assertEquals(
                List.of(entry("auth.sign_in", asAda), entry("auth.token_refreshed", asAda)), happened);
    }

    @Test
    void theFamilyEndsWithItsLifetimeHoweverYoungTheToken() {
        String first = signIn();
        clock.advance(LIFETIME.minusSeconds(1));
        String second = refresh(first).refreshToken().orElseThrow();
        clock.advance(Duration.ofSeconds(1));

        assertThrows(InvalidGrantException.class, () -> refresh(second));
    }

    @Test
    void anUnknownTokenIsRefused() {
        signIn();

        assertThrows(InvalidGrantException.class, () -> refresh(unknown()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "\u0000", "\ud83d", "rt_45678901234567890123456789012345678901234",
                "12345678901234567890123456789012345678901=", "123456789012345678901234567890123456789012\u00e4"})
    void whatHasNotTheFormOfATokenIsNotLookedFor(String token) {
        var withoutStore = new RefreshTokens(
                new FailingRefreshTokens(),
                new ClientGuesses(failures),
                new AccessTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS, clock, new Random(1)),
                happened::add,
                LIFETIME,
                clock,
                new Random(2));

        assertThrows(InvalidGrantException.class, () -> withoutStore.refresh(token, "customers:read", ANONYMOUS));
        assertDoesNotThrow(() -> withoutStore.revoke(token, ANONYMOUS));
        assertEquals(Optional.empty(), withoutStore.find(token));
        assertEquals(0, failures.count());
    }

    @Test
    void whoeverKeepsBringingTokensThatAreNotGoodHasToWait() {
        fail(21);

        var delayed = assertThrows(AttemptDelayedException.class, () -> refresh(unknown()));

        assertEquals(Duration.ofSeconds(1), delayed.retryAfter());
        assertEquals(21, failures.count());
    }

    @Test
    void revocationsOfUnknownTokensCountToo() {
        for (int i = 0; i < 21; i++) {
            tokens.revoke(unknown(), ANONYMOUS);
        }

        assertThrows(AttemptDelayedException.class, () -> tokens.revoke(unknown(), ANONYMOUS));
    }

    @Test
    void networksOfOneSiteHaveToWaitTogetherInTheEnd() {
        for (int i = 0; i < 101; i++) {
            refreshUnknown("2001:db8:1:" + i + "::1");
        }

        assertThrows(AttemptDelayedException.class, () -> tokens.refresh(unknown(), "", at("2001:db8:1:fff::1")));
        refreshUnknown("2001:db8:2::1");
    }

    private void refreshUnknown(String address) {
        assertThrows(InvalidGrantException.class, () -> tokens.refresh(unknown(), "", at(address)));
    }

    private static Caller at(String address) {
        return new Caller("anonymous", "request-1", address);
    }

    @Test
    void anotherNetworkDoesNotWaitForThat() {
        fail(21);

        refreshUnknown("198.51.100.9");
    }

    @Test
    void aGoodTokenNeverWaits() {
        String first = signIn();
        fail(21);

        String second = refresh(first).refreshToken().orElseThrow();

        assertDoesNotThrow(() -> tokens.revoke(second, ANONYMOUS));
    }

    @Test
    void reuseIsNoticedFromANetworkThatHasToWait() {
        String first = signIn();
        String second = refresh(first).refreshToken().orElseThrow();
        clock.advance(Duration.ofSeconds(30));
        fail(21);

        assertThrows(AttemptDelayedException.class, () -> refresh(first));

        assertEquals(Optional.empty(), tokens.find(second));
    }

    @Test
    void fewerScopesAreGivenAsAskedFor() {
        IssuedToken refreshed = tokens.refresh(signIn(), "customers:read", ANONYMOUS);

        assertEquals(Set.of(Scope.CUSTOMERS_READ), refreshed.scopes());
        assertEquals(Role.OPERATOR.scopes(), refresh(refreshed.refreshToken().orElseThrow()).scopes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"users:admin", "customers:read users:admin", "nothing", "customers:read  customers:write",
        " customers:read", "customers:read ", "CUSTOMERS:READ"})
    void moreScopesThanTheRolesAreRefusedAndTheTokenStaysUnspent(String scope) {
        String first = signIn();

        assertThrows(InvalidScopeException.class, () -> tokens.refresh(first, scope, ANONYMOUS));
        clock.advance(Duration.ofHours(1));
        assertTrue(tokens.find(first).isPresent());
    }

    @Test
    void revocationEndsTheFamilyAndIsAudited() {
        String first = signIn();
        String second = refresh(first).refreshToken().orElseThrow();

        tokens.revoke(first, ANONYMOUS);

        assertThrows(InvalidGrantException.class, () -> refresh(second));
        assertEquals(entry("auth.token_revoked", asAda), happened.getLast());
    }

    @Test
    void revocationOfAnUnknownTokenDoesNothing() {
        tokens.revoke(unknown(), ANONYMOUS);

        assertEquals(List.of(), happened);
    }

    /** So many tokens that nobody was given. */
    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThrows(InvalidGrantException.class, () -> refresh(unknown()));
        }
    }

    private static String unknown() {
        return RandomSecret.next(new Random(3));
    }

    private String signIn() {
        return tokens.begin(ada, asAda).refreshToken().orElseThrow();
    }

    private IssuedToken refresh(String token) {
        return tokens.refresh(token, "", ANONYMOUS);
    }

    private AuditEntry entry(String action, Caller caller) {
        return new AuditEntry(happened.getLast().at(), action, ada.id().toString(), 0, List.of(), caller);
    }
}
