package customerservice.auth.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.auth.InvalidTokenException;
import customerservice.auth.InvalidTokenException.Reason;
import customerservice.auth.MemoryPrincipals;
import customerservice.auth.MemoryServiceAccounts;
import customerservice.auth.MemoryUsers;
import customerservice.auth.TestClock;
import customerservice.auth.TestTokens;
import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.key.TestKeys;
import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.User;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AuthenticatorTest {

    private static final AuditEntry AUDIT = new AuditEntry(
            Instant.EPOCH, "test", "", 0, List.of(), new Caller("system", "request-1", "local"));

    private final TestClock clock = new TestClock();
    private final SigningKeys keys = TestKeys.keys(SigningAlgorithm.RS256);
    private final AccessTokens tokens = new AccessTokens(
            new ActiveSigningKeys(keys), TestTokens.SETTINGS, clock, new Random(1));
    private final MemoryUsers users = new MemoryUsers();
    private final MemoryServiceAccounts accounts = new MemoryServiceAccounts();
    private final MemoryPrincipals principals = new MemoryPrincipals(users, accounts);
    private final Authenticator authenticator = new Authenticator(
            new VerifiedTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS, clock), principals);
    private final User ada = new User(UUID.randomUUID(), "ada", Role.ADMIN, "hash", true, Instant.EPOCH);

    @Test
    void aTokenOfAnActiveUserIsGood() {
        users.put(ada);
        Principal principal = authenticator.authenticate(tokens.issue(ada, 0).value());
        assertEquals(ada.id().toString(), principal.subject());
        assertEquals(Role.ADMIN.scopes(), principal.scopes());
    }

    /** Also where the token has been verified, and is remembered. */
    @Test
    void aTokenEndsWithItsEpoch() {
        users.put(ada);
        String token = tokens.issue(ada, 0).value();
        authenticator.authenticate(token);
        principals.epochs.put(ada.id(), 1L);
        assertRevoked(token);
        authenticator.authenticate(tokens.issue(ada, 1).value());
    }

    @Test
    void aTokenOfADeactivatedUserIsRevoked() {
        users.put(ada);
        String token = tokens.issue(ada, 0).value();
        authenticator.authenticate(token);
        users.put(ada.withActive(false));
        assertRevoked(token);
    }

    @Test
    void aTokenThatAllowsMoreThanItsOwnerMayIsRevoked() {
        users.put(ada);
        String token = tokens.issue(ada, 0).value();
        users.put(ada.with(Role.VIEWER));
        assertRevoked(token);
    }

    @Test
    void aTokenOfARemovedServiceAccountIsRevoked() {
        var account = new ServiceAccount(
                UUID.randomUUID(), "billing", Set.of(Scope.CUSTOMERS_READ), "hash", Instant.EPOCH);
        accounts.put(account);
        String token = tokens.issue(account, account.scopes()).value();
        authenticator.authenticate(token);
        accounts.delete(account.id(), AUDIT);
        assertRevoked(token);
    }

    /** Beside one another during a deployment. */
    @Test
    void aTokenOfAReleaseThatTellsNoEpochIsGoodWhileItsOwnerMayAllThatItAllows() {
        users.put(ada);
        String token = TestTokens.valid(keys, clock.instant()).claim("sub", "\"" + ada.id() + "\"").token();
        principals.epochs.put(ada.id(), 7L);
        authenticator.authenticate(token);
        users.put(ada.withActive(false));
        assertRevoked(token);
    }

    @Test
    void aTokenOfNobodyIsRevoked() {
        assertRevoked(TestTokens.valid(keys, clock.instant()).token());
        assertRevoked(TestTokens.valid(keys, clock.instant()).claim("sub", "\"ada\"").token());
    }

    private void assertRevoked(String token) {
        var refused = assertThrows(InvalidTokenException.class, () -> authenticator.authenticate(token));
        assertEquals(Reason.REVOKED, refused.reason());
    }
}
