package customerservice.api.caller;

import customerservice.api.http.Exchange;
import customerservice.api.http.message.ProblemException;

/** By what name a request came, for links where no public URL is configured. */
public final class RequestedHost {

    private static final int MAX = 253 + ":65535".length();

    private RequestedHost() {}

    /**
     * Scheme and host, such as {@code https://api.example.com}.
     *
     * @throws ProblemException if the request names no host in the form of one
     */
    public static String baseUrl(Exchange exchange) {
        String host = exchange.authority();
        if (!isHost(host)) {
            throw ProblemException.malformed("The request names no valid host.");
        }
        return (exchange.isSecure() ? "https://" : "http://") + host;
    }

    /** A name or an IPv4 address, or an IPv6 address in brackets, and perhaps a port: nothing that means more in a URL. */
    static boolean isHost(String authority) {
        if (authority.length() > MAX) {
            return false;
        }
        boolean bracketed = authority.startsWith("[");
        int end = bracketed ? authority.indexOf(']') + 1 : end(authority);
        if (end <= 0 || !isPort(authority, end)) {
            return false;
        }
        if (bracketed) {
            return end > 3 && consistsOf(authority, 1, end - 1, ":.");
        }
        char first = authority.charAt(0);
        return first != '-' && first != '.' && consistsOf(authority, 0, end, "-.");
    }

    private static int end(String authority) {
        int colon = authority.indexOf(':');
        return colon < 0 ? authority.length() : colon;
    }

    private static boolean isPort(String authority, int from) {
        int length = authority.length();
        if (from == length) {
            return true;
        }
        if (authority.charAt(from) != ':' || length - from < 2 || length - from > 6) {
            return false;
        }
        for (int i = from + 1; i < length; i++) {
            if (authority.charAt(i) < '0' || authority.charAt(i) > '9') {
                return false;
            }
        }
        return Integer.parseInt(authority, from + 1, length, 10) <= 65_535;
    }

    /** ASCII letters, digits and these. */
    private static boolean consistsOf(String text, int from, int to, String others) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && others.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
