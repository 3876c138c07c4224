package customerservice.api.transport.http1;

/** The comma-separated tokens of a field such as Connection (RFC 9110, section 5.6.1). */
final class TokenList {

    private TokenList() {}

    /** Without regard to case. */
    static boolean contains(String list, String token) {
        int from = 0;
        while (from < list.length()) {
            int comma = list.indexOf(',', from);
            int to = comma < 0 ? list.length() : comma;
            if (list.substring(from, to).strip().equalsIgnoreCase(token)) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }
}
