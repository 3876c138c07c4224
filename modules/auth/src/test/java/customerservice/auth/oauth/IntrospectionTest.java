package customerservice.auth.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.auth.MemoryPrincipals;
import customerservice.auth.MemoryClientFailures;
import customerservice.auth.MemoryRefreshTokens;
import customerservice.auth.MemoryServiceAccounts;
import customerservice.auth.MemoryUsers;
import customerservice.auth.TestClock;
import customerservice.auth.key.TestKeys;
import customerservice.auth.TestTokens;
import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.token.AccessTokens;
import customerservice.auth.token.Authenticator;
import customerservice.auth.token.VerifiedTokens;
import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionTest {

    private static final Caller CALLER = new Caller("anonymous", "request-1", "192.0.2.7");

    private final TestClock clock = new TestClock();
    private final SigningKeys keys = TestKeys.keys(SigningAlgorithm.RS256);
    private final AccessTokens accessTokens = new AccessTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS, clock,
            new Random(1));
    private final RefreshTokens refreshTokens = new RefreshTokens(
            new MemoryRefreshTokens(clock), new ClientGuesses(new MemoryClientFailures()), accessTokens, _ -> {},
            Duration.ofDays(30), clock, new Random(2));
    private final MemoryUsers users = new MemoryUsers();
    private final MemoryServiceAccounts accounts = new MemoryServiceAccounts();
    private final Introspection introspection = new Introspection(
            new Authenticator(
                    new VerifiedTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS, clock),
                    new MemoryPrincipals(users, accounts)),
            refreshTokens, users, accounts, clock);
    private final UUID id = UUID.randomUUID();

    @Test
    void anAccessTokenOfAUserIsActive() {
        ActiveToken active = introspection.introspect(accessToken(true)).orElseThrow();

        assertEquals(id.toString(), active.subject());
        assertEquals(AuthorizationServer.FIRST_PARTY, active.clientId());
        assertEquals(Role.VIEWER.scopes(), active.scopes());
        assertTrue(active.tokenId().isPresent());
    }

    @Test
    void anAccessTokenOfAServiceAccountIsActiveAsLongAsThatIsThere() {
        var account = new ServiceAccount(id, "billing", Set.of(Scope.AUDIT_READ), "hash", Instant.EPOCH);
        accounts.put(account);
        String token = accessTokens.issue(account, account.scopes()).value();

        assertEquals(id.toString(), introspection.introspect(token).orElseThrow().clientId());
        accounts.delete(id, new AuditEntry(
                Instant.EPOCH, "service_account.delete", "", 0, List.of(), CALLER));
        assertEquals(Optional.empty(), introspection.introspect(token));
    }

    @Test
    void anAccessTokenThatAllowsMoreThanItsOwnerMayByNowIsNotActive() {
        Set<Scope> both = Set.of(Scope.AUDIT_READ, Scope.CUSTOMERS_READ);
        var before = new ServiceAccount(id, "billing", both, "hash", Instant.EPOCH);
        String token = accessTokens.issue(before, both).value();
        accounts.put(new ServiceAccount(id, "billing", Set.of(Scope.AUDIT_READ), "hash", Instant.EPOCH));

        assertEquals(Optional.empty(), introspection.introspect(token));
    }

    @Test
    void anAccessTokenOfAnInactiveUserIsNotActive() {
        assertEquals(Optional.empty(), introspection.introspect(accessToken(false)));
    }

    @Test
    void anAccessTokenOfNobodyIsNotActive() {
        assertEquals(
                Optional.empty(), introspection.introspect(TestTokens.valid(keys, clock.instant()).token()));
    }

    @Test
    void anAccessTokenWhoseSubjectIsNoIdIsNotActive() {
        String token = TestTokens.valid(keys, clock.instant()).claim("sub", "\"ada\"").token();

        assertEquals(Optional.empty(), introspection.introspect(token));
    }

    /** Where it is used, thirty seconds more are allowed for clocks that lie apart. */
    @Test
    void anAccessTokenIsNotActiveFromTheSecondOnThatItSays() {
        String token = accessToken(true);
        clock.advance(TestTokens.SETTINGS.lifetime().minusSeconds(1));
        assertTrue(introspection.introspect(token).isPresent());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), introspection.introspect(token));
    }

    @Test
    void anExpiredAccessTokenIsNotActive() {
        String token = accessToken(true);
        clock.advance(Duration.ofHours(1));

        assertEquals(Optional.empty(), introspection.introspect(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "unknown", "a.b.c", "\u0000"})
    void whatIsNoTokenIsNotActive(String token) {
        assertEquals(Optional.empty(), introspection.introspect(token));
    }

    @Test
    void aRefreshTokenIsActiveAsLongAsOneCanRefreshWithIt() {
        String first = refreshTokens.begin(user(true), CALLER).refreshToken().orElseThrow();

        ActiveToken active = introspection.introspect(first).orElseThrow();

        assertEquals(id.toString(), active.subject());
        assertEquals(Optional.empty(), active.tokenId());
        refreshTokens.revoke(first, CALLER);
        assertEquals(Optional.empty(), introspection.introspect(first));
    }

    private String accessToken(boolean active) {
        return accessTokens.issue(user(active), 0).value();
    }

    private User user(boolean active) {
        var user = new User(id, "ada", Role.VIEWER, "hash", active, Instant.EPOCH);
        users.put(user);
        return user;
    }
}
