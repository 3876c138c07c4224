package customerservice.api.transport.syntax;

import customerservice.api.http.message.ProblemException;
import customerservice.api.http.message.RequestPath;
import java.nio.charset.StandardCharsets;

/** The four forms in which a request names what it is for (RFC 9112, section 3.2). */
public final class RequestTarget {

    /** The server as a whole. */
    private static final String SERVER = "*";

    private RequestTarget() {}

    /**
     * @param minor of the version
     * @throws ProblemException if the target is malformed
     */
    public static RequestHead parse(String method, int minor, byte[] octets, int from, int to) {
        if (from == to) {
            throw malformed();
        }
        if (method.equals("CONNECT")) {
            return new RequestHead(method, SERVER, "", Authority.parse(octets, from, to), minor);
        }
        if (octets[from] == '/') {
            return origin(method, "", minor, octets, from, to);
        }
        if (to - from == 1 && octets[from] == '*' && method.equals("OPTIONS")) {
            return new RequestHead(method, SERVER, "", "", minor);
        }
        return absolute(method, minor, octets, from, to);
    }

    private static RequestHead absolute(String method, int minor, byte[] octets, int from, int to) {
        int begin = authorityBegin(octets, from, to);
        int end = begin;
        while (end < to && octets[end] != '/' && octets[end] != '?') {
            end++;
        }
        String authority = Authority.parse(octets, begin, end);
        if (end == to && method.equals("OPTIONS")) {
            return new RequestHead(method, SERVER, "", authority, minor);
        }
        return origin(method, authority, minor, octets, end, to);
    }

    /** Behind {@code http://} or {@code https://}, in any case. */
    private static int authorityBegin(byte[] octets, int from, int to) {
        for (String scheme : new String[]{"http://", "https://"}) {
            int length = scheme.length();
            if (to - from > length
                    && new String(octets, from, length, StandardCharsets.ISO_8859_1).equalsIgnoreCase(scheme)) {
                return from + length;
            }
        }
        throw malformed();
    }

    private static RequestHead origin(String method, String authority, int minor, byte[] octets, int from, int to) {
        int pathEnd = from;
        boolean encoded = false;
        while (pathEnd < to && octets[pathEnd] != '?') {
            byte octet = octets[pathEnd++];
            if (!Octets.isPath(octet)) {
                throw malformed();
            }
            if (octet == '%') {
                encoded = true;
                if (to - pathEnd < 2 || Octets.hex(octets[pathEnd]) < 0 || Octets.hex(octets[pathEnd + 1]) < 0) {
                    throw malformed();
                }
            }
        }
        for (int i = pathEnd; i < to; i++) {
            if (!Octets.isQuery(octets[i])) {
                throw malformed();
            }
        }
        String path = pathEnd == from ? "/" : new String(octets, from, pathEnd - from, StandardCharsets.ISO_8859_1);
        String query = to - pathEnd < 2
                ? ""
                : new String(octets, pathEnd + 1, to - pathEnd - 1, StandardCharsets.ISO_8859_1);
        return new RequestHead(method, encoded ? RequestPath.normalize(path) : path, query, authority, minor);
    }

    private static ProblemException malformed() {
        return ProblemException.malformed("The request target is malformed.");
    }
}
