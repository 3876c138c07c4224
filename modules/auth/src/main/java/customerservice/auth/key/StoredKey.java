package customerservice.auth.key;

import customerservice.auth.key.SigningKey.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One key as it stands in {@code jwt-keys.json}, secrets and all. Immutable. */
final class StoredKey {

    /** In which order a file lists them, for those who read it. */
    private static final List<String> ORDER = List.of(
            "kid", "kty", "alg", "use", "status", "status_since",
            "crv", "x", "y", "n", "e", "d", "p", "q", "dp", "dq", "qi");

    private final Map<String, String> members;

    private StoredKey(Map<String, String> members) {
        this.members = members;
    }

    /** @param members of an object that {@link KeyFile} has checked: all of them are strings, and known */
    static StoredKey of(Map<?, ?> members) {
        var ordered = new LinkedHashMap<String, String>();
        for (String name : ORDER) {
            if (members.get(name) instanceof String value) {
                ordered.put(name, value);
            }
        }
        return new StoredKey(ordered);
    }

    static StoredKey of(SigningAlgorithm algorithm, String id, Map<String, String> parameters) {
        var members = new LinkedHashMap<>(parameters);
        members.put("kid", id);
        members.put("kty", algorithm.keyType());
        members.put("alg", algorithm.name());
        members.put("use", "sig");
        return of(members);
    }

    StoredKey with(Status status, Instant since) {
        var changed = new LinkedHashMap<>(members);
        changed.put("status", status.label());
        changed.put("status_since", since.toString());
        return of(changed);
    }

    String id() {
        return members.get("kid");
    }

    SigningAlgorithm algorithm() {
        return SigningAlgorithm.ofName(members.get("alg")).orElseThrow();
    }

    boolean is(Status status) {
        return members.getOrDefault("status", Status.CURRENT.label()).equals(status.label());
    }

    Optional<Instant> since() {
        return Optional.ofNullable(members.get("status_since")).map(Instant::parse);
    }

    /** Whether it surely has had its status for so long. */
    boolean isSinceBefore(Instant time) {
        return since().isPresent() && !since().get().isAfter(time);
    }

    /** Without the parameters. */
    KeyDescription description() {
        return new KeyDescription(
                id(), algorithm(), members.getOrDefault("status", Status.CURRENT.label()), since());
    }

    /** As one object, a member a line. None of the values has a character that JSON would have escaped. */
    String json() {
        var json = new StringBuilder("{\n");
        members.forEach((name, value) -> json.append(json.length() == 2 ? "  " : ",\n  ")
                .append('"').append(name).append("\": \"").append(value).append('"'));
        return json.append("\n}").toString();
    }

    @Override
    public String toString() {
        return description().toString();
    }
}
