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
import customerservice.auth.key.KeyDescription;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.key.StoredKeySet;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an exchange of the keys does to tokens. */
class ActiveSigningKeysTest {

    private static final String OLD = TestKeys.onlyKey(TestKeys.json(SigningAlgorithm.ES256));
    private static final String NEW = TestKeys.onlyKey(TestKeys.otherJson(SigningAlgorithm.ES256));
    private static final SigningKeys BEFORE = TestKeys.keys(SigningAlgorithm.ES256);

    private final TestClock clock = new TestClock();
    private final ActiveSigningKeys ring = new ActiveSigningKeys(BEFORE);
    private final AccessTokens tokens = new AccessTokens(ring, TestTokens.SETTINGS, clock, new Random(1));
    private final VerifiedTokens verifiedTokens = new VerifiedTokens(ring, TestTokens.SETTINGS, clock);

    private static SigningKeys keys(String... keys) {
        return TestKeys.parse("{\"keys\":[" + String.join(",", keys) + "]}");
    }

    private static String previous(String key) {
        return key.replace("\"current\"", "\"previous\"");
    }

    private String token() {
        return tokens.issue(new User(UUID.randomUUID(), "ada", Role.VIEWER, "$argon2id$…", true, Instant.EPOCH), 0)
                .value();
    }

    @Test
    void theNewCurrentKeySigns() {
        SigningKeys after = keys(NEW, previous(OLD));
        ring.replace(after);
        var knowsTheNewOneOnly = new VerifiedTokens(new ActiveSigningKeys(keys(NEW)), TestTokens.SETTINGS, clock);

        assertDoesNotThrow(() -> knowsTheNewOneOnly.verify(token()));
    }

    @Test
    void aTokenOfAKeyThatIsKeptStaysRemembered() {
        String token = token();
        Principal first = verifiedTokens.verify(token);
        ring.replace(keys(NEW, previous(OLD)));

        assertSame(first, verifiedTokens.verify(token));
    }

    @Test
    void aTokenOfARemovedKeyIsRefusedThoughItWasRemembered() {
        String token = token();
        verifiedTokens.verify(token);
        ring.replace(keys(NEW));

        var e = assertThrows(InvalidTokenException.class, () -> verifiedTokens.verify(token));

        assertEquals(Reason.UNKNOWN_KEY, e.reason());
        assertEquals(0, verifiedTokens.cache().estimatedSize());
    }

    /** What somebody who has the whole file can sign, with whichever of its keys. */
    @Test
    void noTokenOfAnyKeyOfAReplacedFileIsTaken(@TempDir Path folder) throws IOException {
        StoredKeySet leaked = StoredKeySet.generate(SigningAlgorithm.ES256, clock);
        leaked = leaked.rotate(Duration.ZERO, Duration.ofHours(25), Optional.empty(), clock);
        ring.replace(load(folder, leaked));
        List<String> forged = forgedWithEveryKey(folder, leaked);
        assertEquals(3, forged.size());
        forged.forEach(verifiedTokens::verify);
        var forgetful = new VerifiedTokens(ring, TestTokens.SETTINGS, clock);

        ring.replace(load(folder, leaked.replace(Optional.empty(), clock)));

        for (String token : forged) {
            assertThrows(InvalidTokenException.class, () -> verifiedTokens.verify(token));
            assertThrows(InvalidTokenException.class, () -> forgetful.verify(token));
        }
        assertDoesNotThrow(() -> verifiedTokens.verify(token()));
    }

    private List<String> forgedWithEveryKey(Path folder, StoredKeySet keys) throws IOException {
        List<String> forged = new ArrayList<>();
        for (KeyDescription key : keys.descriptions()) {
            // The current one gives its place to this one, and takes this one's.
            String json = keys.json()
                    .replaceAll("\"status\": \"current\"", "\"status\": \"" + key.status() + "\"")
                    .replaceAll("(\"" + key.id() + "\"(?s:.*?)\"status\"): \"\\w+\"", "$1: \"current\"");
            SigningKeys signing = SigningKeys.load(Files.writeString(folder.resolve("forger.json"), json));
            assertEquals(key.id(), signing.currentId());
            forged.add(new AccessTokens(new ActiveSigningKeys(signing), TestTokens.SETTINGS, clock, new Random(3))
                    .issue(UUID.randomUUID(), 0, Role.ADMIN.scopes()).value());
        }
        return forged;
    }

    private static SigningKeys load(Path folder, StoredKeySet keys) throws IOException {
        return SigningKeys.load(Files.writeString(folder.resolve("jwt-keys.json"), keys.json()));
    }

    @Test
    void aTokenOfAnotherKeyUnderTheSameIdIsRefusedThoughItWasRemembered() {
        String token = token();
        verifiedTokens.verify(token);
        String impostor = NEW.replace(keys(NEW).currentId(), BEFORE.currentId());
        ring.replace(keys(impostor));

        assertThrows(InvalidTokenException.class, () -> verifiedTokens.verify(token));
    }

    @Test
    void aKeyThatComesBackVerifiesAgain() {
        String token = token();
        ring.replace(keys(NEW));
        ring.replace(BEFORE);

        assertDoesNotThrow(() -> verifiedTokens.verify(token));
    }
}
