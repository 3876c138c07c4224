package customerservice.api.transport.syntax;

import customerservice.api.http.message.ProblemException;
import java.nio.charset.StandardCharsets;

/** A host and perhaps a port, as in the Host field (RFC 9110, section 7.2). */
public final class Authority {

    private static final int MAX = 255 + ":65535".length();

    private Authority() {}

    /** @throws customerservice.api.http.message.ProblemException if it is empty or malformed, or names a user */
    static String parse(byte[] octets, int from, int to) {
        String authority = new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        if (!isValid(authority)) {
            throw ProblemException.malformed("The host is malformed.");
        }
        return authority;
    }

    public static boolean isValid(String authority) {
        int length = authority.length();
        if (length == 0 || length > MAX) {
            return false;
        }
        int end = authority.charAt(0) == '[' ? addressEnd(authority) : nameEnd(authority);
        return end > 0 && (end == length || isPort(authority, end));
    }

    /** Of an IPv6 address, behind its bracket. */
    private static int addressEnd(String authority) {
        int close = authority.indexOf(']');
        for (int i = 1; i < close; i++) {
            char c = authority.charAt(i);
            if (c != ':' && c != '.' && Octets.hex((byte) c) < 0) {
                return -1;
            }
        }
        return close < 3 ? -1 : close + 1;
    }

    private static int nameEnd(String authority) {
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            if (c == ':') {
                return i;
            }
            if (c > 0x7E || c == '[' || c == ']' || !Octets.isHost((byte) c)) {
                return -1;
            }
            if (c == '%' && !isEncoded(authority, i)) {
                return -1;
            }
        }
        return authority.length();
    }

    /** RFC 3986, section 2.1. */
    private static boolean isEncoded(String authority, int percent) {
        return percent + 2 < authority.length()
                && Octets.hex((byte) authority.charAt(percent + 1)) >= 0
                && Octets.hex((byte) authority.charAt(percent + 2)) >= 0;
    }

    /** A colon and a number, which may be missing. */
    private static boolean isPort(String authority, int colon) {
        int length = authority.length();
        if (authority.charAt(colon) != ':' || length - colon > 6) {
            return false;
        }
        int port = 0;
        for (int i = colon + 1; i < length; i++) {
            char c = authority.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            port = 10 * port + c - '0';
        }
        return port <= 65_535;
    }
}
