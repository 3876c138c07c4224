package customerservice.api.transport.http2.exchange;

import customerservice.api.http.message.Problem;
import customerservice.api.http.message.ProblemException;
import customerservice.api.transport.http2.MessageHead;
import customerservice.api.transport.syntax.Authority;
import customerservice.api.transport.syntax.Octets;
import customerservice.api.transport.syntax.RequestHead;
import customerservice.api.transport.syntax.RequestTarget;
import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;

/** Makes of a message's head that of a request (RFC 9113, section 8.3.1), as strictly as HTTP/1.1's is read. */
final class Http2RequestHead {

    private static final String CONNECT = "CONNECT";

    private Http2RequestHead() {}

    /** @throws ProblemException if it is not one of a request that can be served */
    static RequestHead of(MessageHead message, Http2Fields fields) {
        if (message.tooLarge()) {
            throw new ProblemException(
                    Problem.HEADERS_TOO_LARGE,
                    "The fields may have " + RequestHead.MAX_FIELDS_OCTETS + " bytes, with 32 more for each.");
        }
        String method = message.method();
        if (!isToken(method)) {
            throw ProblemException.malformed("The method is malformed.");
        }
        if (message.path().length() > RequestHead.MAX_LINE_OCTETS) {
            throw new ProblemException(
                    Problem.URI_TOO_LONG,
                    "The request target may have " + RequestHead.MAX_LINE_OCTETS + " bytes.");
        }
        if (!method.equals(CONNECT) && !isHttp(message.scheme())) {
            throw ProblemException.malformed("The target's scheme is not HTTP's.");
        }
        String authority = authority(message.authority(), fields);
        String target = method.equals(CONNECT) ? authority : message.path();
        boolean origin = target.startsWith("/");
        if (!origin && !target.equals("*") && !method.equals(CONNECT)) {
            throw ProblemException.malformed("The request target is malformed.");
        }
        byte[] octets = target.getBytes(StandardCharsets.ISO_8859_1);
        RequestHead head = RequestTarget.parse(method, 1, octets, 0, octets.length);
        return new RequestHead(method, head.path(), head.query(), authority, 1);
    }

    private static boolean isHttp(String scheme) {
        return scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http");
    }

    private static boolean isToken(String method) {
        for (int i = 0; i < method.length(); i++) {
            if (!Octets.isToken((byte) method.charAt(i))) {
                return false;
            }
        }
        return !method.isEmpty();
    }

    /** A client may say it twice, but not two things. */
    private static String authority(String authority, Http2Fields fields) {
        if (fields.has(HeaderNames.HOST)) {
            String host = fields.get(HeaderNames.HOST);
            if (authority.isEmpty()) {
                return valid(host);
            }
            if (!host.equalsIgnoreCase(authority)) {
                throw ProblemException.malformed("The host is not the target's.");
            }
        }
        return valid(authority);
    }

    private static String valid(String authority) {
        if (!Authority.isValid(authority)) {
            throw ProblemException.malformed("The host is malformed.");
        }
        return authority;
    }
}
