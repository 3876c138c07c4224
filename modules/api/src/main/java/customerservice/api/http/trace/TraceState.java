package customerservice.api.http.trace;

import java.util.ArrayList;
import java.util.List;

/** The {@code tracestate} field (W3C Trace Context, level 2, section 3.3). */
final class TraceState {

    private static final int MAX_MEMBERS = 32;
    private static final int MAX_KEY = 256;
    private static final int MAX_TENANT = 241;
    private static final int MAX_SYSTEM = 14;
    private static final int MAX_VALUE = 256;

    /** Larger members go first where not all can be kept. */
    private static final int LARGE_MEMBER = 128;

    private TraceState() {}

    /**
     * The field's members, without white space and empty ones.
     *
     * @param field several lines joined by commas
     * @param limit how many characters to keep; of more, whole members are left out, as section 3.3.1.5 says
     * @return empty if a member is malformed or there are more than 32: the whole field is to be discarded then
     */
    static String parse(String field, int limit) {
        List<String> members = new ArrayList<>();
        for (String part : field.split(",", -1)) {
            String member = trim(part);
            if (!member.isEmpty()) {
                if (members.size() == MAX_MEMBERS || !isMember(member)) {
                    return "";
                }
                members.add(member);
            }
        }
        String all = String.join(",", members);
        if (all.length() > limit) {
            members.removeIf(member -> member.length() > LARGE_MEMBER);
            all = String.join(",", members);
        }
        while (all.length() > limit) {
            members.removeLast();
            all = String.join(",", members);
        }
        return all;
    }

    private static String trim(String part) {
        int from = 0;
        int to = part.length();
        while (from < to && isBlank(part.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(part.charAt(to - 1))) {
            to--;
        }
        return part.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isMember(String member) {
        int equals = member.indexOf('=');
        return equals > 0 && isKey(member.substring(0, equals)) && isValue(member.substring(equals + 1));
    }

    private static boolean isKey(String key) {
        int at = key.indexOf('@');
        if (at < 0) {
            return key.length() <= MAX_KEY && isLetter(key.charAt(0)) && isKeyPart(key);
        }
        String tenant = key.substring(0, at);
        String system = key.substring(at + 1);
        return !tenant.isEmpty()
                && tenant.length() <= MAX_TENANT
                && (isLetter(tenant.charAt(0)) || isDigit(tenant.charAt(0)))
                && isKeyPart(tenant)
                && !system.isEmpty()
                && system.length() <= MAX_SYSTEM
                && isLetter(system.charAt(0))
                && isKeyPart(system);
    }

    private static boolean isKeyPart(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && "_-*/".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isValue(String value) {
        if (value.isEmpty() || value.length() > MAX_VALUE) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == ',' || c == '=') {
                return false;
            }
        }
        return true;
    }
}
