package customerservice.domain.customer;

import customerservice.domain.Violations;
import java.util.Optional;
import java.util.function.Function;

/** The rules about single values. Lengths are counted in code points, as people count characters. */
final class FieldRules {

    private final Violations violations;

    FieldRules(Violations violations) {
        this.violations = violations;
    }

    /** The trimmed text, or null if it breaks a rule. */
    String required(String given, String pointer, int max) {
        if (given == null) {
            missing(pointer);
            return null;
        }
        String text = given.strip();
        if (text.isEmpty()) {
            violations.add(pointer, "blank", "must not be blank");
            return null;
        }
        return isText(text, pointer, max) ? text : null;
    }

    /** The trimmed text; blank is the same as not given. */
    Optional<String> optional(String given, String pointer, int max) {
        String text = given == null ? "" : given.strip();
        return text.isEmpty() || !isText(text, pointer, max) ? Optional.empty() : Optional.of(text);
    }

    <T> Optional<T> parsed(
            String given, String pointer, String code, String detail, Function<String, Optional<T>> parser) {
        if (given == null) {
            return Optional.empty();
        }
        Optional<T> value = parser.apply(given);
        if (value.isEmpty()) {
            violations.add(pointer, code, detail);
        }
        return value;
    }

    void metadataEntry(String key, String value) {
        String pointer = "/metadata/" + key.replace("~", "~0").replace("/", "~1");
        if (key.isBlank()) {
            violations.add("/metadata", "blank", "keys must not be blank");
        } else if (isText(key, "/metadata", Customer.MAX_METADATA_KEY)) {
            isText(value, pointer, Customer.MAX_METADATA_VALUE);
        }
    }

    /** A value that the decoder already complained of is left alone: one mistake, one message. */
    void missing(String pointer) {
        if (!violations.concern(pointer)) {
            violations.add(pointer, "required", "is required");
        }
    }

    void tooMany(String pointer, int max) {
        violations.add(pointer, "too_many", "must have at most " + max + " entries");
    }

    private boolean isText(String text, String pointer, int max) {
        // A string is never shorter in chars than in code points, so most are settled without counting.
        if (text.length() > max && text.codePointCount(0, text.length()) > max) {
            violations.add(pointer, "too_long", "must be at most " + max + " characters");
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                violations.add(pointer, "control_character", "must not contain control characters");
                return false;
            }
            if (Character.isSurrogate(c)) {
                // PostgreSQL stores UTF-8, which has no form for half of a pair.
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(++i))) {
                    violations.add(pointer, "invalid_unicode", "must be well-formed Unicode");
                    return false;
                }
            }
        }
        return true;
    }
}
