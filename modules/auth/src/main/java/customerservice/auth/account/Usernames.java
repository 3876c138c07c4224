package customerservice.auth.account;

import customerservice.domain.Violations;

/**
 * The form of a username, as {@link customerservice.domain.identity.User} describes it; names of service accounts have
 * the same.
 */
final class Usernames {

    private static final int MAX = 64;

    private Usernames() {}

    static void check(String name, String pointer, String code, Violations violations) {
        if (!isValid(name)) {
            violations.add(
                    pointer, code, "must be 1 to 64 characters out of a-z 0-9 . _ -, starting with a letter");
        }
    }

    /** A value that the decoder already complained of is left alone: one mistake, one message. */
    static void missing(String pointer, Violations violations) {
        if (!violations.concern(pointer)) {
            violations.add(pointer, "required", "is required");
        }
    }

    static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MAX || !isLetter(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && (c < '0' || c > '9') && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }
}
