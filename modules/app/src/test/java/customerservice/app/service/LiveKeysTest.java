package customerservice.app.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.auth.key.KeyDescription;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.key.StoredKeySet;
import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import customerservice.testsupport.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the trail and the log say of real files that change. */
class LiveKeysTest {

    @TempDir
    private Path folder;

    private final StoredKeySet keys = generate();
    private final List<AuditEntry> trail = new ArrayList<>();
    private final List<AuditEntry> stream = new ArrayList<>();
    private final Warnings warnings = new Warnings(LiveKeys.class);
    private Path file;
    private LiveKeys live;

    @BeforeEach
    void begin() throws IOException {
        file = Files.writeString(folder.resolve("jwt-keys.json"), keys.json());
        live = new LiveKeys(file, trail::add, stream::add, Clock.systemUTC());
    }

    @AfterEach
    void end() {
        warnings.close();
    }

    private static StoredKeySet generate() {
        return StoredKeySet.generate(SigningAlgorithm.ES256, Clock.systemUTC());
    }

    private void takeUp(String content) throws IOException {
        Files.move(
                Files.writeString(folder.resolve("new"), content), file, StandardCopyOption.ATOMIC_MOVE);
        live.files().look();
        live.files().look();
    }

    private static String id(StoredKeySet keys, int number) {
        return ids(keys).get(number);
    }

    private static List<String> ids(StoredKeySet keys) {
        return keys.descriptions().stream().map(KeyDescription::id).toList();
    }

    /** The keys with another pair in the place of the current one, under its id. */
    private String withAnotherPairUnderTheCurrentId() {
        StoredKeySet fresh = generate();
        String current = objects(fresh)[0].replace(id(fresh, 0), id(keys, 0));
        return "{\"keys\": [" + current + ", " + objects(keys)[1] + "]}";
    }

    private static String[] objects(StoredKeySet keys) {
        String json = keys.json();
        return json.substring(json.indexOf('[') + 1, json.lastIndexOf(']')).split("(?<=\\}), ", -1);
    }

    private List<String> audited() {
        return trail.stream().map(entry -> entry.action() + " " + entry.subject() + " " + entry.fields()).toList();
    }

    @Test
    void aFileThatSaysTheSameIsNotAudited() throws IOException {
        takeUp(keys.json() + "\n");

        assertEquals(List.of(), trail);
        assertEquals(List.of(), warnings.messages());
    }

    @Test
    void aRotationIsAChangeOfTheKeysAndOfTheCurrentOne() throws IOException {
        StoredKeySet rotated = keys.rotate(
                Duration.ZERO, Duration.ofHours(25), Optional.empty(), Clock.systemUTC());
        takeUp(rotated.json());

        assertEquals(List.of("keys.change " + id(rotated, 0) + " [keys, current]"), audited());
        assertEquals(trail, stream);
    }

    @Test
    void aReplacementOfAllKeysIsAuditedAsOne() throws IOException {
        StoredKeySet replaced = keys.replace(Optional.empty(), Clock.systemUTC());
        takeUp(replaced.json());

        assertEquals(List.of("keys.replace " + id(replaced, 0) + " [keys, current]"), audited());
        assertEquals(trail, stream);
    }

    @Test
    void anotherPairUnderAnOldIdIsInForceAuditedAndWarnedOf() throws IOException {
        SigningKeys before = live.ring().inForce();
        String id = before.currentId();
        takeUp(withAnotherPairUnderTheCurrentId());

        SigningKeys after = live.ring().inForce();
        assertEquals(id, after.currentId());
        assertFalse(after.have(before.current()));
        assertEquals(List.of("keys.change " + id + " [keys, current]", "keys.id_reused " + id + " [keys]"), audited());
        assertEquals(trail, stream);
        assertEquals(1, warnings.messages().size(), () -> warnings.messages().toString());
        assertTrue(warnings.messages().getFirst().startsWith("the id " + id + " stands for another key than before"),
                warnings.messages().getFirst());
    }

    @Test
    void withoutADatabaseTheKeysChangeAllTheSame() throws IOException {
        live = new LiveKeys(
                file, _ -> {
                    throw new DomainException.StoreUnavailable(Duration.ofSeconds(1), new IOException("gone"));
                }, stream::add, Clock.systemUTC());
        StoredKeySet fresh = generate();
        takeUp(fresh.json());

        assertEquals(id(fresh, 0), live.ring().inForce().currentId());
        assertEquals(1, stream.size());
    }
}
