package customerservice.auth.key;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What is different about the signing keys after a change, by id. A key is the same as before if both its id and its pair
 * are.
 *
 * @param signer whether tokens are signed by another key
 * @param complete whether none of the keys of before is left
 * @param added ids that are new
 * @param removed ids that are gone
 * @param reusedIds ids that stand for another pair than before. Whoever remembers public keys by their id, as caches of the
 *     JWK Set do, does not notice such a change
 */
public record KeyChange(
        boolean signer, boolean complete, Set<String> added, Set<String> removed, Set<String> reusedIds) {

    public KeyChange {
        Objects.requireNonNull(added, "added");
        Objects.requireNonNull(removed, "removed");
        Objects.requireNonNull(reusedIds, "reusedIds");
    }

    /** From the ones to the others. */
    public static KeyChange between(SigningKeys before, SigningKeys after) {
        return new KeyChange(
                !before.current().isSameAs(after.current()),
                before.ids().stream().noneMatch(id -> after.have(before.find(id))),
                ids(after, id -> before.find(id) == null),
                ids(before, id -> after.find(id) == null),
                ids(after, id -> before.find(id) != null && !before.have(after.find(id))));
    }

    private static Set<String> ids(SigningKeys keys, Predicate<String> which) {
        var ids = new TreeSet<>(keys.ids());
        ids.removeIf(which.negate());
        return ids;
    }

    /** Whether every key is the same, and the same one signs. */
    public boolean isNone() {
        return !signer && added.isEmpty() && removed.isEmpty() && reusedIds.isEmpty();
    }
}
