package customerservice.api.caller;

import java.util.ArrayList;
import java.util.List;

/**
 * What proxies say in the Forwarded field (RFC 7239) of the way that a request has come.
 *
 * @param nodes the {@code for} of each proxy, the nearest last; empty where one says none
 * @param protocol the {@code proto} that the nearest one says, or empty
 */
record Forwarded(List<String> nodes, String protocol) {

    /** Null if the value is malformed; what a proxy has appended to something malformed says nothing. */
    static Forwarded parse(String value) {
        return new Parser(value).parse();
    }

    private static final class Parser {

        private final String value;
        private final List<String> nodes = new ArrayList<>();
        private String protocol = "";
        private int at;

        Parser(String value) {
            this.value = value;
        }

        Forwarded parse() {
            while (true) {
                if (!element()) {
                    return null;
                }
                if (at == value.length()) {
                    return new Forwarded(nodes, protocol);
                }
                at++;
            }
        }

        /** Up to a comma or the end. */
        private boolean element() {
            String node = null;
            String proto = null;
            while (true) {
                skipBlanks();
                String name = token();
                if (name.isEmpty() || !next('=')) {
                    return false;
                }
                String text = peek() == '"' ? quoted() : token();
                if (text == null || text.isEmpty()) {
                    return false;
                }
                if (name.equalsIgnoreCase("for")) {
                    if (node != null) {
                        return false;
                    }
                    node = text;
                } else if (name.equalsIgnoreCase("proto")) {
                    if (proto != null) {
                        return false;
                    }
                    proto = text;
                }
                skipBlanks();
                if (at == value.length() || peek() == ',') {
                    nodes.add(node == null ? "" : node);
                    protocol = proto == null ? "" : proto;
                    return true;
                }
                if (!next(';')) {
                    return false;
                }
            }
        }

        private String token() {
            int begin = at;
            while (isTokenCharacter(peek())) {
                at++;
            }
            return value.substring(begin, at);
        }

        /** Null if it does not end. */
        private String quoted() {
            var text = new StringBuilder();
            at++;
            while (at < value.length()) {
                char c = value.charAt(at++);
                if (c == '"') {
                    return text.toString();
                }
                if (c == '\\') {
                    if (at == value.length()) {
                        return null;
                    }
                    c = value.charAt(at++);
                }
                text.append(c);
            }
            return null;
        }

        private boolean next(char expected) {
            if (peek() != expected) {
                return false;
            }
            at++;
            return true;
        }

        /** 0 at the end. */
        private char peek() {
            return at < value.length() ? value.charAt(at) : 0;
        }

        private void skipBlanks() {
            while (peek() == ' ' || peek() == '\t') {
                at++;
            }
        }

        /** RFC 9110, section 5.6.2. */
        private static boolean isTokenCharacter(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                    || (c > ' ' && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
        }
    }
}
