package customerservice.api.http;

import customerservice.domain.customer.Precondition;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Entity tags (RFC 9110, section 8.8.3): a customer's is its version in quotes. */
public final class EntityTags {

    private EntityTags() {}

    public static String of(long version) {
        return '"' + Long.toString(version) + '"';
    }

    /** Whether If-None-Match names this tag or any; weak comparison. A field that is not well-formed names none. */
    public static boolean noneMatchNames(String field, String tag) {
        // Nearly always one tag, and nearly always the current one.
        if (field.equals(tag) || field.equals("*")) {
            return true;
        }
        var list = new Parser(field);
        while (list.next()) {
            if (list.tagEquals(tag)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What If-Match asks for; strong comparison, so that a weak tag matches nothing. Empty if the field is not
     * well-formed.
     */
    public static Optional<Precondition> condition(String field) {
        if (field.strip().equals("*")) {
            return Optional.of(Precondition.ANY);
        }
        Set<Long> versions = new HashSet<>();
        var list = new Parser(field);
        int tags = 0;
        while (list.next()) {
            tags++;
            if (!list.weak) {
                list.version().ifPresent(versions::add);
            }
        }
        return tags == 0 || !list.complete
                ? Optional.empty()
                : Optional.of(Precondition.oneOf(versions));
    }

    private static final class Parser {

        private final String field;
        private int at;
        private boolean weak;
        private boolean complete;
        private int from;
        private int to;

        Parser(String field) {
            this.field = field;
        }

        /** Moves to the next tag; false at the end, and where something else than a tag stands. */
        boolean next() {
            skip(" \t,");
            if (at == field.length()) {
                complete = true;
                return false;
            }
            weak = field.startsWith("W/", at);
            int quote = weak ? at + 2 : at;
            if (quote >= field.length() || field.charAt(quote) != '"') {
                return false;
            }
            int close = field.indexOf('"', quote + 1);
            if (close < 0) {
                return false;
            }
            from = quote;
            to = close + 1;
            at = to;
            skip(" \t");
            return at == field.length() || field.charAt(at) == ',';
        }

        private void skip(String characters) {
            while (at < field.length() && characters.indexOf(field.charAt(at)) >= 0) {
                at++;
            }
        }

        boolean tagEquals(String tag) {
            return to - from == tag.length() && field.startsWith(tag, from);
        }

        /** Empty for a tag that this service never gave out. */
        Optional<Long> version() {
            String text = field.substring(from + 1, to - 1);
            if (text.isEmpty() || text.length() > 18 || text.charAt(0) == '0') {
                return Optional.empty();
            }
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                    return Optional.empty();
                }
            }
            return Optional.of(Long.parseLong(text));
        }
    }
}
