package customerservice.auth.key;

import customerservice.auth.key.SigningKey.Status;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The content of a {@code jwt-keys.json} in the hands of whoever rotates the keys; a secret. Immutable. What it is made of
 * is said at {@link SigningKeys}.
 *
 * <p>A key goes through three states, each long enough for every instance to have taken it up: {@code next}, published and
 * verifying everywhere before the first token is signed with it; {@code current}; {@code previous}, until the last token
 * that it signed has expired.
 */
public final class StoredKeySet {

    private final List<StoredKey> keys;

    private StoredKeySet(List<StoredKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** A current key and a next one, both new. RSA keys have 2048 bits. */
    public static StoredKeySet generate(SigningAlgorithm algorithm, Clock clock) {
        Objects.requireNonNull(algorithm, "algorithm");
        Instant now = now(Objects.requireNonNull(clock, "clock"));
        return new StoredKeySet(List.of(
                NewKey.of(algorithm, Status.CURRENT, now), NewKey.of(algorithm, Status.NEXT, now)));
    }

    /** @throws SigningKeysException as {@link SigningKeys#load} does */
    public static StoredKeySet load(Path file) {
        return SigningKeys.load(file, StoredKeySet::parse);
    }

    /** @throws SigningKeysException as {@link SigningKeys#parse} does */
    static StoredKeySet parse(byte[] content) {
        SigningKeys.parse(content);
        return new StoredKeySet(KeyFile.list(content).stream().map(key -> StoredKey.of((Map<?, ?>) key)).toList());
    }

    /**
     * The next step of a rotation: the next key becomes the current one, the current one becomes previous, a new next one is
     * made, and previous ones are dropped. If there is no next key, one is made and the current one stays.
     *
     * @param published how long a key must have been {@code next} to become current; zero takes any. Longer than the slowest
     *     instance takes to take a changed file up
     * @param kept how long a key stays {@code previous}; longer than the longest lifetime of a token, the clocks' skew and
     *     the time to take a file up together. Of a key that does not say since when, it begins now
     * @param algorithm of the new key; empty for that of the current one
     * @throws SigningKeysException if the next key is too young or does not say how old it is, or if the file is full
     */
    public StoredKeySet rotate(Duration published, Duration kept, Optional<SigningAlgorithm> algorithm, Clock clock) {
        Objects.requireNonNull(published, "published");
        Objects.requireNonNull(kept, "kept");
        Instant now = now(Objects.requireNonNull(clock, "clock"));
        List<StoredKey> nexts = new ArrayList<>(with(Status.NEXT));
        nexts.sort(Comparator.comparing(key -> key.since().orElse(Instant.MAX)));
        StoredKey current = with(Status.CURRENT).getFirst();
        List<StoredKey> previous = new ArrayList<>();
        if (!nexts.isEmpty()) {
            StoredKey next = nexts.removeFirst();
            requireOld(next, published, now);
            previous.add(current.with(Status.PREVIOUS, now));
            current = next.with(Status.CURRENT, now);
        }
        if (nexts.isEmpty()) {
            nexts.add(NewKey.of(algorithm.orElse(current.algorithm()), Status.NEXT, now));
        }
        for (StoredKey key : with(Status.PREVIOUS)) {
            previous.add(key.since().isPresent() ? key : key.with(Status.PREVIOUS, now));
        }
        previous.removeIf(key -> key.isSinceBefore(now.minus(kept)));

        var rotated = new ArrayList<>(List.of(current));
        rotated.addAll(nexts);
        rotated.addAll(previous);
        if (rotated.size() > KeyFile.MAX_KEYS) {
            throw new SigningKeysException(
                    "there are " + KeyFile.MAX_KEYS + " keys, none of them old enough to be dropped");
        }
        return new StoredKeySet(rotated);
    }

    /**
     * A current key and a next one, both new, and none of these: for keys that somebody else has seen. A rotation would put
     * a key in force that is in the same file as those that it drops. The tokens of instances that have taken the new keys
     * up are refused by those that have not, and the other way round.
     *
     * @param algorithm of the new keys; empty for that of the current one
     */
    public StoredKeySet replace(Optional<SigningAlgorithm> algorithm, Clock clock) {
        return generate(algorithm.orElse(with(Status.CURRENT).getFirst().algorithm()), clock);
    }

    private static void requireOld(StoredKey next, Duration published, Instant now) {
        if (published.isZero() || next.isSinceBefore(now.minus(published))) {
            return;
        }
        throw new SigningKeysException(next.since()
                .map(since -> "the next key, " + next.id() + ", was made at " + since + "; it may sign from "
                        + since.plus(published) + " on, when every instance knows it")
                .orElse("the next key, " + next.id() + ", does not say since when it is the next one"));
    }

    private List<StoredKey> with(Status status) {
        return keys.stream().filter(key -> key.is(status)).toList();
    }

    /** What may be told of the keys. */
    public List<KeyDescription> descriptions() {
        return keys.stream().map(StoredKey::description).toList();
    }

    /** To be written to {@code jwt-keys.json}. */
    public String json() {
        var json = new StringBuilder("{\"keys\": [");
        for (int i = 0; i < keys.size(); i++) {
            json.append(i == 0 ? "" : ", ").append(keys.get(i).json());
        }
        return json.append("]}\n").toString();
    }

    private static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Names the keys' ids, nothing else of them. */
    @Override
    public String toString() {
        return "StoredKeySet" + keys;
    }
}
