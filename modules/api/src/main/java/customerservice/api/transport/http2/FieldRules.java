package customerservice.api.transport.http2;

import customerservice.api.transport.hpack.HeaderField;
import customerservice.api.transport.http2.frame.ErrorCode;
import customerservice.api.transport.http2.frame.StreamErrorException;

/** What a header field of HTTP/2 may be (RFC 9113, section 8.2); what breaks a rule here may split a request elsewhere. */
final class FieldRules {

    private static final boolean[] NAME_CHARACTERS = new boolean[128];

    static {
        for (char c : "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz".toCharArray()) {
            NAME_CHARACTERS[c] = true;
        }
    }

    private FieldRules() {}

    /** @throws StreamErrorException if it is malformed */
    static void check(HeaderField field) {
        String name = field.name();
        if (name.isEmpty()) {
            throw malformed();
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 128 || !NAME_CHARACTERS[c]) {
                throw malformed();
            }
        }
        checkValue(field.value());
        switch (name) {
            case "connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade" -> throw malformed();
            case "te" -> {
                if (!field.value().equalsIgnoreCase("trailers")) {
                    throw malformed();
                }
            }
            default -> {
            }
        }
    }

    static void checkValue(String value) {
        int length = value.length();
        if (length == 0) {
            return;
        }
        if (isBlank(value.charAt(0)) || isBlank(value.charAt(length - 1))) {
            throw malformed();
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                throw malformed();
            }
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static StreamErrorException malformed() {
        return new StreamErrorException(ErrorCode.PROTOCOL_ERROR, "A malformed header field");
    }
}
