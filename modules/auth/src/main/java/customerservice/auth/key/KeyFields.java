package customerservice.auth.key;

import java.math.BigInteger;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** The members of one key in {@code jwt-keys.json}. */
final class KeyFields {

    private final Map<?, ?> members;
    private final String where;

    KeyFields(Map<?, ?> members, String where) {
        this.members = members;
        this.where = where;
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    String text(String name) {
        if (!has(name)) {
            throw wrong(name, "is missing");
        }
        if (!(members.get(name) instanceof String text)) {
            throw wrong(name, "must be a string");
        }
        return text;
    }

    /** A positive number in base64url without padding, big-endian (RFC 7518, section 2, Base64urlUInt). */
    BigInteger number(String name) {
        try {
            String text = text(name);
            BigInteger number = new BigInteger(1, Base64.getUrlDecoder().decode(text));
            if (number.signum() > 0 && text.indexOf('=') < 0) {
                return number;
            }
        } catch (IllegalArgumentException e) {
            // Said below; the decoder's own message quotes a character of the secret.
        }
        throw wrong(name, "must be a positive number in base64url");
    }

    void onlyThese(Set<String> common, Set<String> special) {
        for (Object name : members.keySet()) {
            if (!common.contains(name) && !special.contains(name)) {
                throw new SigningKeysException(where + " has a member that its kind of key does not have");
            }
        }
    }

    SigningKeysException wrong(String name, String what) {
        return new SigningKeysException(where + "." + name + " " + what);
    }

    /** Concerns the key as a whole. */
    SigningKeysException wrong(String what) {
        return new SigningKeysException(where + " " + what);
    }
}
