package customerservice.auth.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.auth.InvalidClientException;
import customerservice.auth.InvalidScopeException;
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
    private static final String SECRET = RandomSecret.next(new Random(7));

    private final TestClock clock = new TestClock();
    private final List<AuditEntry> happened = new ArrayList<>();
    private final List<AuditEntry> kept = new ArrayList<>();
    private final MemoryServiceAccounts accounts = new MemoryServiceAccounts();
    private final ClientAuthenticator clients = new ClientAuthenticator(accounts, happened::add, clock);
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

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "\u0000", "0000000000000000000000000000000000000000000000000000000000000000"})
    void aWrongSecretIsRefused(String secret) {
        assertThrows(InvalidClientException.class, () -> clients.authenticate(id, secret, ANONYMOUS));
        assertEquals(id, happened.getFirst().subject());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "billing", "01890a5d-ac96-774b-bcce-b302099a8058", "1890a5d-ac96-774b-bcce-b302099a80570",
                "\u0000"})
    void anUnknownClientIsRefusedAndNotNamed(String clientId) {
        assertThrows(InvalidClientException.class, () -> clients.authenticate(clientId, SECRET, ANONYMOUS));
        assertEquals("unknown", happened.getFirst().subject());
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

    private static Map<String, Object> claims(IssuedToken token) {
        String part = token.value().split("\\.", -1)[1];
        return StrictJson.readObject(Base64.getUrlDecoder().decode(part));
    }
}
