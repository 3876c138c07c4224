package customerservice.api.transport.http1;

import customerservice.api.http.message.ProblemException;
import customerservice.api.transport.syntax.Octets;
import customerservice.api.transport.syntax.RequestHead;
import customerservice.api.transport.syntax.RequestTarget;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the start line of a request: method, target and version, with one blank between them (RFC 9112, section 3). */
final class StartLine {

    private static final byte[] VERSION = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

    private static final String[] METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};
    private static final byte[][] METHOD_OCTETS = Arrays.stream(METHODS)
            .map(method -> method.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private StartLine() {}

    /** @throws ProblemException if it is malformed */
    static RequestHead parse(byte[] octets, int from, int to) {
        int methodEnd = from;
        while (methodEnd < to && Octets.isToken(octets[methodEnd])) {
            methodEnd++;
        }
        int versionBlank = to - VERSION.length - 2;
        if (methodEnd == from || methodEnd >= versionBlank || octets[methodEnd] != ' ' || octets[versionBlank] != ' ') {
            throw ProblemException.malformed("The request line is malformed.");
        }
        int minor = minor(octets, versionBlank + 1, to);
        String method = method(octets, from, methodEnd);
        return RequestTarget.parse(method, minor, octets, methodEnd + 1, versionBlank);
    }

    /** Later versions 1.x are to be taken for the highest that is known (RFC 9110, section 2.5). */
    private static int minor(byte[] octets, int from, int to) {
        byte digit = octets[to - 1];
        if (!Arrays.equals(octets, from, to - 1, VERSION, 0, VERSION.length) || digit < '0' || digit > '9') {
            throw ProblemException.malformed("The protocol is not HTTP/1.1.");
        }
        return digit == '0' ? 0 : 1;
    }

    private static String method(byte[] octets, int from, int to) {
        for (int i = 0; i < METHODS.length; i++) {
            byte[] known = METHOD_OCTETS[i];
            if (Arrays.equals(octets, from, to, known, 0, known.length)) {
                return METHODS[i];
            }
        }
        return new String(octets, from, to - from, StandardCharsets.US_ASCII);
    }
}
