package customerservice.auth.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How keys are rotated. */
class StoredKeySetTest {

    private static final Instant MADE = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration PUBLISHED = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofHours(25);
    private static final StoredKeySet NEW = StoredKeySet.generate(SigningAlgorithm.ES256,
            Clock.fixed(MADE, ZoneOffset.UTC));

    @ParameterizedTest
    @EnumSource
    void aNewSetHasACurrentKeyAndANextOne(SigningAlgorithm algorithm) {
        StoredKeySet keys = StoredKeySet.generate(algorithm, at(Duration.ZERO));

        assertEquals(List.of("current", "next"), keys.descriptions().stream().map(KeyDescription::status).toList());
        assertEquals(Set.of(algorithm),
                keys.descriptions().stream().map(KeyDescription::algorithm).collect(Collectors.toSet()));
    }

    @Test
    void theNextKeyBecomesCurrentAndTheCurrentOnePrevious() {
        StoredKeySet rotated = rotate(NEW, Duration.ofDays(30));

        assertEquals(id(NEW, "next"), id(rotated, "current"));
        assertEquals(id(NEW, "current"), id(rotated, "previous"));
        assertFalse(SigningKeys.parse(bytes(NEW)).ids().contains(id(rotated, "next")));
        assertEquals(
                Set.of(Optional.of(MADE.plus(Duration.ofDays(30)))),
                rotated.descriptions().stream().map(KeyDescription::since).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource
    void theServiceUsesWhatWasRotated(SigningAlgorithm algorithm) {
        StoredKeySet keys = StoredKeySet.generate(algorithm, at(Duration.ZERO));
        StoredKeySet rotated = rotate(keys, Duration.ofDays(1));

        SigningKeys read = SigningKeys.parse(bytes(rotated));

        assertEquals(id(keys, "next"), read.currentId());
        assertTrue(read.have(SigningKeys.parse(bytes(keys)).current()));
    }

    @Test
    void aNextKeyThatNotEveryInstanceCanKnowDoesNotSign() {
        Duration justBefore = PUBLISHED.minusSeconds(1);

        var e = assertThrows(SigningKeysException.class, () -> rotate(NEW, justBefore));

        assertEquals("the next key, " + id(NEW, "next") + ", was made at 2026-11-01T00:00:00Z; it may sign from "
                + "2026-11-01T00:10:00Z on, when every instance knows it", e.getMessage());
        assertEquals(id(NEW, "next"), id(rotate(NEW, PUBLISHED), "current"));
    }

    @Test
    void aNextKeyOfUnknownAgeDoesNotSign() {
        StoredKeySet undated = StoredKeySet.parse(NEW.json().replaceAll("  \"status_since\": \".*\",\n", "")
                .getBytes(StandardCharsets.UTF_8));

        assertThrows(SigningKeysException.class, () -> rotate(undated, Duration.ofDays(30)));
        assertEquals(id(NEW, "next"),
                id(undated.rotate(Duration.ZERO, KEPT, Optional.empty(), at(Duration.ofDays(30))), "current"));
    }

    @Test
    void withoutANextKeyOneIsMadeAndTheCurrentOneStays() {
        StoredKeySet old = StoredKeySet.parse(TestKeys.json(SigningAlgorithm.RS256).getBytes(StandardCharsets.UTF_8));

        StoredKeySet rotated = rotate(old, Duration.ZERO);

        assertEquals(id(old, "current"), id(rotated, "current"));
        assertEquals(2, rotated.descriptions().size());
        assertEquals(SigningAlgorithm.RS256, key(rotated, "next").algorithm());
    }

    @Test
    void ofTwoNextKeysTheOlderOneIsPromotedAndNoThirdIsMade() {
        StoredKeySet two = StoredKeySet.parse(("{\"keys\":["
                + TestKeys.onlyKey(rotate(NEW, Duration.ofDays(1)).json()) + ","
                + NewKey.of(SigningAlgorithm.ES256, SigningKey.Status.NEXT, MADE).json() + "]}")
                .getBytes(StandardCharsets.UTF_8));

        StoredKeySet rotated = rotate(two, Duration.ofDays(2));

        assertEquals(id(rotate(two, Duration.ofDays(2)), "current"), id(rotated, "current"));
        assertEquals(two.descriptions().getLast().id(), id(rotated, "current"));
        assertEquals(two.descriptions().get(1).id(), id(rotated, "next"));
    }

    @Test
    void aNewKeyMayBeOfAnotherAlgorithm() {
        StoredKeySet rotated = NEW.rotate(PUBLISHED, KEPT, Optional.of(SigningAlgorithm.RS256), at(PUBLISHED));

        assertEquals(SigningAlgorithm.RS256, key(rotated, "next").algorithm());
    }

    @Test
    void aPreviousKeyIsDroppedWhenItsTokensHaveExpired() {
        String first = id(NEW, "current");
        StoredKeySet second = rotate(NEW, Duration.ofDays(1));

        StoredKeySet early = rotate(second, Duration.ofDays(1).plus(KEPT).minusSeconds(1));
        StoredKeySet late = rotate(second, Duration.ofDays(1).plus(KEPT));

        assertTrue(SigningKeys.parse(bytes(early)).ids().contains(first));
        assertFalse(SigningKeys.parse(bytes(late)).ids().contains(first));
    }

    @Test
    void ofAPreviousKeyOfUnknownAgeTheTimeBeginsNow() {
        StoredKeySet second = rotate(NEW, Duration.ofDays(1));
        String previous = id(second, "previous");
        StoredKeySet undated = StoredKeySet.parse(second.json()
                .replaceFirst("(\"previous\"),\n  \"status_since\": \".*\",\n", "$1,\n")
                .getBytes(StandardCharsets.UTF_8));

        StoredKeySet third = rotate(undated, Duration.ofDays(100));

        assertEquals(
                Optional.of(MADE.plus(Duration.ofDays(100))),
                third.descriptions().stream().filter(key -> key.id().equals(previous)).findFirst().orElseThrow()
                        .since());
    }

    @Test
    void aLeakedKeyCanBeDroppedAtOnce() {
        StoredKeySet rotated = NEW.rotate(Duration.ZERO, Duration.ZERO, Optional.empty(), at(Duration.ZERO));

        assertFalse(SigningKeys.parse(bytes(rotated)).ids().contains(id(NEW, "current")));
    }

    @Test
    void ofAFileThatWasReplacedNoKeyIsLeft() {
        StoredKeySet leaked = rotate(NEW, Duration.ofDays(1));

        StoredKeySet replaced = leaked.replace(Optional.empty(), at(Duration.ofDays(1)));

        assertEquals(List.of("current", "next"),
                replaced.descriptions().stream().map(KeyDescription::status).toList());
        assertEquals(Set.of(SigningAlgorithm.ES256),
                replaced.descriptions().stream().map(KeyDescription::algorithm).collect(Collectors.toSet()));
        assertTrue(Collections.disjoint(
                SigningKeys.parse(bytes(leaked)).ids(), SigningKeys.parse(bytes(replaced)).ids()));
    }

    @Test
    void theNewKeysOfAFileMayBeOfAnotherAlgorithm() {
        StoredKeySet replaced = NEW.replace(Optional.of(SigningAlgorithm.RS256), at(Duration.ZERO));

        assertEquals(Set.of(SigningAlgorithm.RS256),
                replaced.descriptions().stream().map(KeyDescription::algorithm).collect(Collectors.toSet()));
    }

    @Test
    void aFileThatIsFullIsNotRotated() {
        StoredKeySet keys = NEW;
        for (int i = 1; i <= 14; i++) {
            keys = rotate(keys, PUBLISHED.multipliedBy(i));
        }
        StoredKeySet full = keys;

        var e = assertThrows(SigningKeysException.class, () -> rotate(full, PUBLISHED.multipliedBy(15)));

        assertEquals("there are 16 keys, none of them old enough to be dropped", e.getMessage());
    }

    @Test
    void itsTextFormTellsNoSecret() {
        String text = NEW.toString();

        assertTrue(text.contains(id(NEW, "next")), text);
        String secret = NEW.json().replaceAll("(?s).*\"d\": \"([^\"]*)\".*", "$1");
        assertEquals(43, secret.length());
        assertFalse(text.contains(secret), text);
    }

    private static StoredKeySet rotate(StoredKeySet keys, Duration after) {
        return keys.rotate(PUBLISHED, KEPT, Optional.empty(), at(after));
    }

    private static Clock at(Duration after) {
        return Clock.fixed(MADE.plus(after), ZoneOffset.UTC);
    }

    private static byte[] bytes(StoredKeySet keys) {
        return keys.json().getBytes(StandardCharsets.UTF_8);
    }

    private static KeyDescription key(StoredKeySet keys, String status) {
        return keys.descriptions().stream().filter(key -> key.status().equals(status)).findFirst().orElseThrow();
    }

    private static String id(StoredKeySet keys, String status) {
        return key(keys, status).id();
    }
}
