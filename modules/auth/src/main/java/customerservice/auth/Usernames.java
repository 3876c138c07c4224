package customerservice.auth;

/** The form of a username, as {@link customerservice.domain.identity.User} describes it. */
final class Usernames {

    private static final int MAX = 64;

    private Usernames() {}

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
