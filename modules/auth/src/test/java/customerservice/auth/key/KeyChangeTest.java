package customerservice.auth.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyChangeTest {

    private static final String OLD = TestKeys.onlyKey(TestKeys.json(SigningAlgorithm.ES256));
    private static final String NEW = TestKeys.onlyKey(TestKeys.otherJson(SigningAlgorithm.ES256));
    private static final String OLD_ID = keys(OLD).currentId();
    private static final String NEW_ID = keys(NEW).currentId();

    /** Another pair that calls itself by the id of the old one. */
    private static final String IMPOSTOR = NEW.replace(NEW_ID, OLD_ID);

    private static SigningKeys keys(String... keys) {
        return TestKeys.parse("{\"keys\":[" + String.join(",", keys) + "]}");
    }

    private static String with(String status, String key) {
        return key.replace("\"current\"", "\"" + status + "\"");
    }

    private static KeyChange change(SigningKeys before, SigningKeys after) {
        return KeyChange.between(before, after);
    }

    @Test
    void theSameKeysReadAgainAreNoChange() {
        assertTrue(change(keys(OLD), keys(OLD)).isNone());
    }

    @Test
    void whatIsAddedIsAChangeThatLeavesTheSigner() {
        KeyChange change = change(keys(OLD), keys(OLD, with("next", NEW)));

        assertFalse(change.isNone());
        assertFalse(change.signer());
        assertFalse(change.complete());
        assertEquals(Set.of(), change.removed());
    }

    @Test
    void aRotationChangesTheSigner() {
        KeyChange change = change(keys(OLD, with("next", NEW)), keys(NEW, with("previous", OLD)));

        assertFalse(change.isNone());
        assertTrue(change.signer());
        assertFalse(change.complete());
    }

    @Test
    void aChangeIsCompleteWhenNoKeyIsLeft() {
        assertTrue(change(keys(OLD), keys(NEW)).complete());
        assertTrue(change(keys(OLD), keys(IMPOSTOR)).complete());
        assertFalse(change(keys(OLD, with("next", NEW)), keys(NEW)).complete());
    }

    @Test
    void whatIsGoneIsNamed() {
        KeyChange change = change(keys(OLD, with("next", NEW)), keys(NEW));

        assertEquals(Set.of(OLD_ID), change.removed());
        assertEquals(Set.of(), change.reusedIds());
    }

    @Test
    void anotherPairUnderAnOldIdIsAChangeOfThatId() {
        KeyChange change = change(keys(OLD), keys(IMPOSTOR));

        assertFalse(change.isNone());
        assertTrue(change.signer());
        assertEquals(Set.of(OLD_ID), change.reusedIds());
        assertEquals(Set.of(), change.removed());
    }

    @Test
    void anotherPairUnderAnOldIdThatDoesNotSignLeavesTheSigner() {
        String signer = TestKeys.onlyKey(TestKeys.json(SigningAlgorithm.RS256));
        KeyChange change = change(keys(signer, with("next", OLD)), keys(signer, with("next", IMPOSTOR)));

        assertEquals(Set.of(OLD_ID), change.reusedIds());
        assertFalse(change.signer());
    }
}
