package customerservice.auth.token;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.auth.InvalidTokenException;
import customerservice.auth.InvalidTokenException.Reason;
import customerservice.auth.TestClock;
import customerservice.auth.key.TestKeys;
import customerservice.auth.TestTokens;
import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an exchange of the keys does to tokens. */
class ActiveSigningKeysTest {

    private static final String OLD = TestKeys.onlyKey(TestKeys.json(SigningAlgorithm.ES256));
    private static final String NEW = TestKeys.onlyKey(TestKeys.otherJson(SigningAlgorithm.ES256));
    private static final SigningKeys BEFORE = TestKeys.keys(SigningAlgorithm.ES256);

    private final TestClock clock = new TestClock();
    private final ActiveSigningKeys ring = new ActiveSigningKeys(BEFORE);
    private final AccessTokens tokens = new AccessTokens(ring, TestTokens.SETTINGS, clock, new Random(1));
    private final Authenticator authenticator = new Authenticator(ring, TestTokens.SETTINGS, clock);

    private static SigningKeys keys(String... keys) {
        return TestKeys.parse("{\"keys\":[" + String.join(",", keys) + "]}");
    }

    private static String previous(String key) {
        return key.replace("\"current\"", "\"previous\"");
    }

    private String token() {
        return tokens.issue(new User(UUID.randomUUID(), "ada", Role.VIEWER, "$argon2id$…", true, Instant.EPOCH))
                .value();
    }

    @Test
    void theNewCurrentKeySigns() {
        SigningKeys after = keys(NEW, previous(OLD));
        ring.replace(after);
        var knowsTheNewOneOnly = new Authenticator(new ActiveSigningKeys(keys(NEW)), TestTokens.SETTINGS, clock);

        assertDoesNotThrow(() -> knowsTheNewOneOnly.authenticate(token()));
    }

    @Test
    void aTokenOfAKeyThatIsKeptStaysRemembered() {
        String token = token();
        Principal first = authenticator.authenticate(token);
        ring.replace(keys(NEW, previous(OLD)));

        assertSame(first, authenticator.authenticate(token));
    }

    @Test
    void aTokenOfARemovedKeyIsRefusedThoughItWasRemembered() {
        String token = token();
        authenticator.authenticate(token);
        ring.replace(keys(NEW));

        var e = assertThrows(InvalidTokenException.class, () -> authenticator.authenticate(token));

        assertEquals(Reason.UNKNOWN_KEY, e.reason());
        assertEquals(0, authenticator.cache().estimatedSize());
    }

    @Test
    void aTokenOfAnotherKeyUnderTheSameIdIsRefusedThoughItWasRemembered() {
        String token = token();
        authenticator.authenticate(token);
        String impostor = NEW.replace(keys(NEW).currentId(), BEFORE.currentId());
        ring.replace(keys(impostor));

        assertThrows(InvalidTokenException.class, () -> authenticator.authenticate(token));
    }

    @Test
    void aKeyThatComesBackVerifiesAgain() {
        String token = token();
        ring.replace(keys(NEW));
        ring.replace(BEFORE);

        assertDoesNotThrow(() -> authenticator.authenticate(token));
    }
}
