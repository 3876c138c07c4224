package customerservice.api.json;

import customerservice.domain.Violations;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object, read strictly (RFC 8259): UTF-8 only, no duplicate names, at most {@value #MAX_DEPTH} levels, nothing
 * behind it. What cannot be read at all ends the reading; what is merely of the wrong type or unknown goes to the {@link
 * Violations}, and reading goes on.
 */
public final class JsonInput {

    static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
            .build();

    private final JsonParser parser;

    private JsonInput(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a text that is one object and nothing else.
     *
     * @param decoder reads the object's fields to its end, by {@link #nextField}
     * @throws MalformedJsonException if it is not well-formed, or more than one value
     * @throws customerservice.domain.DomainException.InvalidInput if it is a value of another type
     */
    public static <T> T object(byte[] text, Function<JsonInput, T> decoder) {
        if (!Utf8.isValid(text, text.length)) {
            throw new MalformedJsonException("", "is not UTF-8");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            try {
                requireObject(parser);
                T result = decoder.apply(new JsonInput(parser));
                if (parser.nextToken() != null) {
                    throw new MalformedJsonException("", "must be one JSON object and nothing else");
                }
                return result;
            } catch (JacksonException e) {
                throw malformed(e, parser);
            }
        }
    }

    /** What is well-formed, but no object, has the wrong type, as any value may have. */
    private static void requireObject(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_OBJECT) {
            return;
        }
        parser.skipChildren();
        if (first == null || parser.nextToken() != null) {
            throw new MalformedJsonException("", "must be a JSON object");
        }
        var violations = new Violations();
        violations.add("", "invalid_type", "must be an object");
        violations.throwIfAny();
    }

    /** Moves to the next field's value. The field's name, or null at the end of the object. */
    public String nextField() {
        String name = parser.nextName();
        if (name != null) {
            parser.nextToken();
        }
        return name;
    }

    /** The string here; null for JSON's null, and for anything else, which is a violation. */
    public String text(Violations violations) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NULL -> null;
            default -> {
                reject(violations, "invalid_type", "must be a string");
                yield null;
            }
        };
    }

    /** True or false; empty for anything else, which is a violation. */
    public Optional<Boolean> flag(Violations violations) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> Optional.of(true);
            case VALUE_FALSE -> Optional.of(false);
            default -> {
                reject(violations, "invalid_type", "must be true or false");
                yield Optional.empty();
            }
        };
    }

    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    public boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    /** Whether an object begins here, whose fields come next; anything else is a violation. */
    public boolean beginsObject(Violations violations) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return true;
        }
        reject(violations, "invalid_type", "must be an object");
        return false;
    }

    /** Whether an array begins here, whose elements come next; anything else is a violation. */
    public boolean beginsArray(Violations violations) {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            return true;
        }
        reject(violations, "invalid_type", "must be an array");
        return false;
    }

    /** Moves to the next element of an array; false at its end. */
    public boolean nextElement() {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /** The field here is not one that is known. */
    public void unknown(Violations violations) {
        reject(violations, "unknown_field", "is not a field of this object");
    }

    /** Notes what is wrong with the value here, and passes over it. */
    public void reject(Violations violations, String code, String detail) {
        violations.add(parser.streamReadContext().pathAsPointer().toString(), code, detail);
        parser.skipChildren();
    }

    private static MalformedJsonException malformed(JacksonException e, JsonParser parser) {
        String reason;
        if (e instanceof StreamConstraintsException) {
            reason = "is nested too deeply or holds too long a number";
        } else if (e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate")) {
            reason = "has a field twice";
        } else {
            reason = "is not well-formed JSON";
        }
        TokenStreamLocation at = e.getLocation();
        String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return new MalformedJsonException(parser.streamReadContext().pathAsPointer().toString(), reason + where);
    }
}
