package customerservice.api.transport.http2;

import customerservice.api.transport.hpack.HeaderField;
import customerservice.api.transport.hpack.HeaderList;
import customerservice.api.transport.http2.frame.ErrorCode;
import customerservice.api.transport.http2.frame.StreamErrorException;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a request as HTTP/2 has it (RFC 9113, section 8.3): well-formed, but not checked for what HTTP makes of it.
 *
 * @param method as sent
 * @param scheme of the target; empty with CONNECT
 * @param authority of the target; empty if it has none
 * @param path with the query; empty with CONNECT
 * @param fields with names in lower case
 * @param contentLength as announced; -1 if it is not
 * @param tooLarge whether the list exceeded its limit; nothing is known of it then
 * @param size of the list, as RFC 9113, section 6.5.2 counts it
 */
public record MessageHead(
        String method,
        String scheme,
        String authority,
        String path,
        List<HeaderField> fields,
        long contentLength,
        boolean tooLarge,
        int size) {

    private static final MessageHead TOO_LARGE = new MessageHead("", "", "", "", List.of(), -1, true, 0);
    private static final int MAX_LENGTH_DIGITS = 18;

    /** What a thread takes that waits for its peer, and whatever else a request does beside its fields: measured. */
    private static final int REQUEST_COST = 10 * 1_024;

    /** @throws StreamErrorException if it is malformed */
    static MessageHead of(HeaderList list) {
        if (list.tooLarge()) {
            return TOO_LARGE;
        }
        String method = null;
        String scheme = null;
        String authority = null;
        String path = null;
        long contentLength = -1;
        List<HeaderField> fields = new ArrayList<>(list.fields().size());
        for (HeaderField field : list.fields()) {
            if (!field.name().startsWith(":")) {
                FieldRules.check(field);
                if (field.name().equals("content-length")) {
                    contentLength = contentLength(field.value(), contentLength);
                }
                fields.add(field);
                continue;
            }
            if (!fields.isEmpty()) {
                throw malformed("A pseudo-header field after others");
            }
            FieldRules.checkValue(field.value());
            switch (field.name()) {
                case ":method" -> method = once(method, field);
                case ":scheme" -> scheme = once(scheme, field);
                case ":authority" -> authority = once(authority, field);
                case ":path" -> path = once(path, field);
                default -> throw malformed("An unknown pseudo-header field");
            }
        }
        checkTarget(method, scheme, authority, path);
        return new MessageHead(
                method, orEmpty(scheme), orEmpty(authority), orEmpty(path), fields, contentLength, false, list.size());
    }

    /** About how many bytes a request with it holds. */
    int cost() {
        return REQUEST_COST + size;
    }

    /** Trailers have the same fields, but none of the request's own (section 8.1). */
    static void checkTrailers(HeaderList list) {
        for (HeaderField field : list.fields()) {
            if (field.name().startsWith(":")) {
                throw malformed("A pseudo-header field in trailers");
            }
            FieldRules.check(field);
        }
    }

    private static String once(String before, HeaderField field) {
        if (before != null) {
            throw malformed("A pseudo-header field twice");
        }
        return field.value();
    }

    /** Sections 8.3.1 and 8.5. */
    private static void checkTarget(String method, String scheme, String authority, String path) {
        if (method == null) {
            throw malformed("No method");
        }
        boolean complete = method.equals("CONNECT")
                ? scheme == null && path == null && authority != null
                : scheme != null && path != null && !path.isEmpty();
        if (!complete) {
            throw malformed("Not the pseudo-header fields of a request");
        }
    }

    private static long contentLength(String value, long before) {
        if (value.isEmpty() || value.length() > MAX_LENGTH_DIGITS) {
            throw malformed("The content's length is no number");
        }
        long length = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw malformed("The content's length is no number");
            }
            length = 10 * length + digit;
        }
        if (before >= 0 && before != length) {
            throw malformed("Two lengths of the content");
        }
        return length;
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }

    private static StreamErrorException malformed(String message) {
        return new StreamErrorException(ErrorCode.PROTOCOL_ERROR, message);
    }
}
