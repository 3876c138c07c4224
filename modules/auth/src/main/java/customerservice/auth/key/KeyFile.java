package customerservice.auth.key;

import customerservice.auth.key.SigningKey.Status;
import io.helidon.security.jwt.jwk.Jwk;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code jwt-keys.json}. No message repeats anything of the file but positions: it is full of secrets. */
final class KeyFile {

    static final int MAX_KEYS = 16;
    private static final int MAX_ID = 64;
    private static final Set<String> COMMON = Set.of("kid", "kty", "alg", "use", "status", "status_since");

    private KeyFile() {}

    static List<SigningKey> read(byte[] content) {
        List<?> list = list(content);
        var keys = new ArrayList<SigningKey>(list.size());
        for (int i = 0; i < list.size(); i++) {
            keys.add(key(list.get(i), "keys[" + i + "]"));
        }
        return keys;
    }

    /** The objects in {@code keys}, unchecked. */
    static List<?> list(byte[] content) {
        Map<String, Object> file;
        try {
            file = StrictJson.readObject(content);
        } catch (StrictJson.Malformed e) {
            throw new SigningKeysException(
                    "is not well-formed JSON at line " + e.line() + ", column " + e.column());
        }
        if (file.size() != 1 || !(file.get("keys") instanceof List<?> list)) {
            throw new SigningKeysException("must have one member, the array \"keys\"");
        }
        if (list.isEmpty() || list.size() > MAX_KEYS) {
            throw new SigningKeysException("must have 1 to " + MAX_KEYS + " keys");
        }
        return list;
    }

    private static SigningKey key(Object json, String where) {
        if (!(json instanceof Map<?, ?> members)) {
            throw new SigningKeysException(where + " must be an object");
        }
        var fields = new KeyFields(members, where);
        String id = id(fields);
        SigningAlgorithm algorithm = SigningAlgorithm.ofName(fields.text("alg"))
                .orElseThrow(() -> fields.wrong("alg", "must be RS256 or ES256"));
        if (!fields.text("kty").equals(algorithm.keyType())) {
            throw fields.wrong("kty", "must be " + algorithm.keyType() + " for this alg");
        }
        if (!fields.text("use").equals("sig")) {
            throw fields.wrong("use", "must be sig");
        }
        Status status = status(fields);
        checkSince(fields);
        return switch (algorithm) {
            case RS256 -> {
                fields.onlyThese(COMMON, RsaKey.FIELDS);
                RsaKey key = RsaKey.of(fields);
                yield key(id, algorithm, status, key.jwk(id), key.publicFields());
            }
            case ES256 -> {
                fields.onlyThese(COMMON, EcKey.FIELDS);
                EcKey key = EcKey.of(fields);
                yield key(id, algorithm, status, key.jwk(id), key.publicFields());
            }
        };
    }

    private static SigningKey key(
            String id, SigningAlgorithm algorithm, Status status, Jwk jwk, String publicFields) {
        String json = "{\"kty\":\"" + algorithm.keyType() + "\",\"use\":\"sig\",\"alg\":\"" + algorithm
                + "\",\"kid\":\""
                + id + "\"," + publicFields + "}";
        return new SigningKey(id, algorithm, status, jwk, json);
    }

    private static String id(KeyFields fields) {
        String id = fields.text("kid");
        boolean valid = !id.isEmpty() && id.length() <= MAX_ID;
        for (int i = 0; valid && i < id.length(); i++) {
            char c = id.charAt(i);
            valid = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
        }
        if (!valid) {
            throw fields.wrong("kid", "must be 1 to " + MAX_ID + " characters out of A-Z a-z 0-9 . _ -");
        }
        return id;
    }

    private static void checkSince(KeyFields fields) {
        if (fields.has("status_since")) {
            try {
                Instant.parse(fields.text("status_since"));
            } catch (DateTimeParseException e) {
                throw fields.wrong("status_since", "must be a time such as 2026-01-31T12:00:00Z");
            }
        }
    }

    private static Status status(KeyFields fields) {
        if (!fields.has("status")) {
            return Status.CURRENT;
        }
        String label = fields.text("status");
        for (Status status : Status.values()) {
            if (status.label().equals(label)) {
                return status;
            }
        }
        throw fields.wrong("status", "must be current, next or previous");
    }
}
