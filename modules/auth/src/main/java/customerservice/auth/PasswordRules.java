package customerservice.auth;

import customerservice.domain.Violations;

/**
 * What may become a password: length and nothing else. Rules of composition make passwords worse, not better (NIST SP
 * 800-63B, section 3.1.1.2).
 */
final class PasswordRules {

    private static final int MIN = 8;
    private static final int MAX = 256;

    private PasswordRules() {}

    /** Lengths are counted in code points, as people count characters. */
    static void check(char[] password, String pointer, Violations violations) {
        int length = Character.codePointCount(password, 0, password.length);
        if (length < MIN) {
            violations.add(pointer, "too_short", "must be at least " + MIN + " characters");
        } else if (length > MAX) {
            violations.add(pointer, "too_long", "must be at most " + MAX + " characters");
        } else if (hasHalfOfAPair(password)) {
            violations.add(pointer, "invalid_unicode", "must be well-formed Unicode");
        }
    }

    private static boolean hasHalfOfAPair(char[] password) {
        for (int i = 0; i < password.length; i++) {
            if (Character.isSurrogate(password[i])) {
                if (i + 1 == password.length || !Character.isSurrogatePair(password[i], password[i + 1])) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
