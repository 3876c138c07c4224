package customerservice.api.http.message;

/** Paths that mean the same, made the same (RFC 3986, section 6.2.2). */
public final class RequestPath {

    private RequestPath() {}

    /**
     * Decodes what need not have been percent-encoded, and nothing else: an encoded slash remains part of its segment.
     *
     * @param path in which each percent sign begins two hexadecimal digits
     */
    public static String normalize(String path) {
        int percent = path.indexOf('%');
        return percent < 0 ? path : normalize(path, percent);
    }

    private static String normalize(String path, int first) {
        var normal = new StringBuilder(path.length()).append(path, 0, first);
        for (int i = first; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                normal.append(c);
                continue;
            }
            int decoded = Integer.parseInt(path, i + 1, i + 3, 16);
            if (isUnreserved(decoded)) {
                normal.append((char) decoded);
            } else {
                normal.append('%').append(upper(path.charAt(i + 1))).append(upper(path.charAt(i + 2)));
            }
            i += 2;
        }
        return normal.toString();
    }

    private static char upper(char digit) {
        return digit >= 'a' ? (char) (digit - 0x20) : digit;
    }

    /** RFC 3986, section 2.3. */
    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || c == '-' || c == '.' || c == '_' || c == '~';
    }
}
