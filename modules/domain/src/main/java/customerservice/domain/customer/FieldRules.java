package customerservice.domain.customer;

import customerservice.domain.Violations;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The rules about single values. Lengths are counted in code points, as people count characters, of the normalised text.
 * A value that stands already is kept as it is, so that a rule that came later is not in the way of other changes.
 */
final class FieldRules {

    private final Violations violations;

    FieldRules(Violations violations) {
        this.violations = violations;
    }

    /**
     * The trimmed text in NFC, or null if it breaks a rule.
     *
     * @param stands what the customer has there, or null
     */
    String required(String given, String stands, String pointer, int max) {
        if (given == null) {
            missing(pointer);
            return null;
        }
        return given.equals(stands)
                ? stands
                : visible(NormalizedText.trim(given), pointer, max).orElse(null);
    }

    /** The trimmed text in NFC; one that nobody sees is the same as not given. */
    Optional<String> optional(String given, String stands, String pointer, int max) {
        if (given == null || given.equals(stands)) {
            return Optional.ofNullable(given);
        }
        return text(NormalizedText.trim(given), pointer, max).filter(NormalizedText::hasVisible);
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

    /** Programs read what they stored by its key: nothing is trimmed, and a value may be one that nobody sees. */
    void metadataEntry(String key, String value, SortedMap<String, String> entries) {
        Optional<String> name = visible(key, "/metadata", Customer.MAX_METADATA_KEY);
        if (name.isEmpty()) {
            return;
        }
        String pointer = "/metadata/" + key.replace("~", "~0").replace("/", "~1");
        Optional<String> text = text(value, pointer, Customer.MAX_METADATA_VALUE);
        if (text.isPresent() && entries.putIfAbsent(name.get(), text.get()) != null) {
            violations.add("/metadata", "duplicate_key", "must not have a key in two spellings");
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

    private Optional<String> visible(String given, String pointer, int max) {
        Optional<String> text = text(given, pointer, max);
        if (text.isPresent() && !NormalizedText.hasVisible(text.get())) {
            violations.add(pointer, "blank", "must have a visible character");
            return Optional.empty();
        }
        return text;
    }

    /** In NFC; empty if it breaks a rule. */
    private Optional<String> text(String given, String pointer, int max) {
        if (NormalizedText.isTooLongToSpell(given, max)) {
            return tooLong(pointer, max);
        }
        if (!isText(given, pointer)) {
            return Optional.empty();
        }
        String text = NormalizedText.of(given, max);
        return NormalizedText.isLonger(text, max) ? tooLong(pointer, max) : Optional.of(text);
    }

    private Optional<String> tooLong(String pointer, int max) {
        violations.add(pointer, "too_long", "must be at most " + max + " characters");
        return Optional.empty();
    }

    private boolean isText(String text, String pointer) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                violations.add(pointer, "control_character", "must not contain control characters");
                return false;
            }
            if (c == '\u2028' || c == '\u2029') {
                violations.add(pointer, "line_separator", "must not contain line or paragraph separators");
                return false;
            }
            if ((c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069')) {
                // Not closed, they turn the text around that stands next to this one.
                violations.add(
                        pointer,
                        "bidirectional_override",
                        "must not contain bidirectional overrides, embeddings or isolates");
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
