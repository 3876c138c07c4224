package customerservice.auth.password;

import customerservice.domain.Violations;

/**
 * What may become a password: anything of the right length that is not among the first that are tried. Rules of
 * composition make passwords worse, not better (NIST SP 800-63B, section 3.1.1.2; OWASP ASVS 5.0, V6.2).
 */
public final class PasswordRules {

    private static final int MIN = 8;
    private static final int MAX = PasswordBytes.MAX_CHARACTERS;

    private PasswordRules() {}

    /**
     * Lengths are counted in code points, as people count characters.
     *
     * @param username of whom the password is for; empty if it is not known
     */
    public static void check(char[] password, String username, String pointer, Violations violations) {
        int length = Character.codePointCount(password, 0, password.length);
        if (length < MIN) {
            violations.add(pointer, "too_short", "must be at least " + MIN + " characters");
        } else if (length > MAX) {
            violations.add(pointer, "too_long", "must be at most " + MAX + " characters");
        } else if (hasHalfOfAPair(password)) {
            violations.add(pointer, "invalid_unicode", "must be well-formed Unicode");
        } else if (CommonPasswords.contain(password)) {
            violations.add(pointer, "too_common", "must not be one of the most used passwords");
        } else if (isName(password, username)) {
            violations.add(pointer, "too_common", "must not be the username");
        }
    }

    /** Without regard to case, and to digits and signs around it: those are tried next. */
    private static boolean isName(char[] password, String username) {
        int from = 0;
        int to = password.length;
        while (from < to && !Character.isLetter(password[from])) {
            from++;
        }
        while (to > from && !Character.isLetter(password[to - 1])) {
            to--;
        }
        int end = username.length();
        while (end > 0 && !Character.isLetter(username.charAt(end - 1))) {
            end--;
        }
        boolean same = end > 0 && to - from == end;
        for (int i = 0; i < end && same; i++) {
            same = Character.toLowerCase(password[from + i]) == username.charAt(i);
        }
        return same;
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
