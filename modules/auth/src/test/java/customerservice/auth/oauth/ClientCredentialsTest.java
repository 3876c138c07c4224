package customerservice.auth.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.auth.AttemptDelayedException;
import customerservice.auth.InvalidClientException;
import customerservice.auth.InvalidScopeException;
import customerservice.auth.MemoryClientFailures;
import customerservice.auth.MemoryServiceAccounts;
import customerservice.auth.RandomSecret;
import customerservice.auth.TestClock;
import customerservice.auth.key.TestKeys;
import customerservice.auth.TestTokens;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.StrictJson;
import customerservice.auth.token.AccessTokens;
import customerservice.auth.token.IssuedToken;
import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCredentialsTest {

    private static final Caller ANONYMOUS = new Caller("anonymous", "request-1", "192.0.2.7");
    private static final String HERE = "192.0.2.7";
    private static final String ELSEWHERE = "198.51.100.9";
    private static final String UNKNOWN = "01890a5d-ac96-774b-bcce-b302099a8058";
    private static final String WRONG = RandomSecret.next(new Random(8));
    private static final String SECRET = RandomSecret.next(new Random(7));

    private final TestClock clock = new TestClock();
    private final List<AuditEntry> happened = new ArrayList<>();
    private final List<AuditEntry> kept = new ArrayList<>();
    private final MemoryServiceAccounts accounts = new MemoryServiceAccounts();
    private final MemoryClientFailures failures = new MemoryClientFailures();
    private final ClientAuthenticator clients = new ClientAuthenticator(
            accounts, new ClientGuesses(failures), happened::add, clock);
    private final ClientCredentials credentials = new ClientCredentials(
            new AccessTokens(TestKeys.ring(SigningAlgorithm.RS256), TestTokens.SETTINGS, clock, new Random(1)),
            kept::add,
            happened::add,
            clock);
    private final ServiceAccount account = new ServiceAccount(
            UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"),
            "billing",
            Set.of(Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE),
            RandomSecret.hash(SECRET),
            Instant.EPOCH);
    private final String id = account.id().toString();
    private final Caller asAccount = new Caller(id, "request-1", "192.0.2.7");

    ClientCredentialsTest() {
        accounts.put(account);
    }

    @Test
    void idAndSecretAreTheAccounts() {
        assertEquals(account, clients.authenticate(id, SECRET, ANONYMOUS));
        assertEquals(List.of(), happened);
    }

    @Test
    void aWrongSecretIsRefused() {
        assertThrows(InvalidClientException.class, () -> clients.authenticate(id, WRONG, ANONYMOUS));
        assertEquals(id, happened.getFirst().subject());
        assertEquals(happened, failures.audit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "wrong", "\u0000", "0000000000000000000000000000000000000000000000000000000000000000",
                "123456789012345678901234567890123456789012+"})
    void whatHasNotTheFormOfASecretIsNotLookedFor(String secret) {
        assertThrows(InvalidClientException.class, () -> withoutStore().authenticate(id, secret, ANONYMOUS));
        assertEquals("unknown", happened.getFirst().subject());
        assertEquals(0, failures.count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "billing", "1890a5d-ac96-774b-bcce-b302099a80570", "\u0000"})
    void whatHasNotTheFormOfAnIdIsNotLookedFor(String clientId) {
        assertThrows(InvalidClientException.class, () -> withoutStore().authenticate(clientId, SECRET, ANONYMOUS));
        assertEquals("unknown", happened.getFirst().subject());
        assertEquals(0, failures.count());
    }

    @Test
    void anUnknownClientIsRefusedAndNotNamed() {
        assertThrows(InvalidClientException.class, () -> clients.authenticate(UNKNOWN, SECRET, ANONYMOUS));
        assertEquals("unknown", happened.getFirst().subject());
    }

    @Test
    void whoeverKeepsBringingWrongSecretsHasToWait() {
        fail(id, 21, HERE);

        var delayed = assertThrows(AttemptDelayedException.class, () -> authenticate(id, WRONG, HERE));

        assertEquals(Duration.ofSeconds(1), delayed.retryAfter());
        assertEquals(21, failures.audit.size());
        assertEquals(21, happened.size());
    }

    @Test
    void unknownClientsCountAlike() {
        fail(UNKNOWN, 21, HERE);

        assertThrows(AttemptDelayedException.class, () -> authenticate(UNKNOWN, WRONG, HERE));
        assertThrows(AttemptDelayedException.class, () -> authenticate(id, WRONG, HERE));
    }

    @Test
    void theSecretOfOneClientIsGuessedFromManyNetworksNoFaster() {
        for (int i = 0; i < 21; i++) {
            fail(id, 1, "192.0.2." + i);
        }

        assertThrows(AttemptDelayedException.class, () -> authenticate(id, WRONG, ELSEWHERE));
        assertThrows(InvalidClientException.class, () -> authenticate(UNKNOWN, WRONG, ELSEWHERE));
    }

    @Test
    void theClientItselfNeverWaits() {
        fail(id, 21, HERE);

        assertEquals(account, authenticate(id, SECRET, HERE));
        assertEquals(account, authenticate(id, SECRET, ELSEWHERE));
    }

    @Test
    void anIdInAnotherFormIsUnknown() {
        String upper = id.toUpperCase(Locale.ROOT);

        assertThrows(InvalidClientException.class, () -> clients.authenticate(upper, SECRET, ANONYMOUS));
    }

    @Test
    void theTokensSubjectAndClientAreTheAccount() {
        Map<String, Object> claims = claims(credentials.grant(account, "", asAccount));

        assertEquals(id, claims.get("sub"));
        assertEquals(id, claims.get("client_id"));
        assertEquals("customers:read customers:write", claims.get("scope"));
    }

    @Test
    void thereIsNoRefreshToken() {
        assertEquals(Optional.empty(), credentials.grant(account, "", asAccount).refreshToken());
    }

    @Test
    void fewerScopesAreGivenAsAskedFor() {
        assertEquals(
                Set.of(Scope.CUSTOMERS_WRITE), credentials.grant(account, "customers:write", asAccount).scopes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"customers:delete", "customers:read customers:delete", "other", " "})
    void moreScopesThanTheAccountsAreRefused(String scope) {
        assertThrows(InvalidScopeException.class, () -> credentials.grant(account, scope, asAccount));
        assertEquals(List.of(), kept);
    }

    /** A later release has given it others. */
    @Test
    void anAccountWithoutAKnownScopeGetsNoToken() {
        var other = new ServiceAccount(account.id(), "billing", Set.of(), account.secretHash(), Instant.EPOCH);
        assertThrows(InvalidScopeException.class, () -> credentials.grant(other, "", asAccount));
        assertEquals(List.of(), kept);
    }

    @Test
    void anIssuedTokenIsInTheTrailAndInTheStream() {
        credentials.grant(account, "", asAccount);

        assertEquals(
                List.of(new AuditEntry(clock.instant(), "auth.token_issued", id, 0, List.of(), asAccount)), kept);
        assertEquals(kept, happened);
    }

    @Test
    void noAuditEntryHasTheSecret() {
        assertThrows(InvalidClientException.class, () -> clients.authenticate(SECRET, SECRET, ANONYMOUS));

        assertFalse(happened.toString().contains(SECRET));
    }

    /** Which would fail if it looked for anything. */
    private ClientAuthenticator withoutStore() {
        accounts.unavailable = true;
        return clients;
    }

    private void fail(String clientId, int times, String address) {
        for (int i = 0; i < times; i++) {
            assertThrows(InvalidClientException.class, () -> authenticate(clientId, WRONG, address));
        }
    }

    private ServiceAccount authenticate(String clientId, String secret, String address) {
        return clients.authenticate(clientId, secret, new Caller("anonymous", "request-1", address));
    }

    private static Map<String, Object> claims(IssuedToken token) {
        String part = token.value().split("\\.", -1)[1];
        return StrictJson.readObject(Base64.getUrlDecoder().decode(part));
    }
}
