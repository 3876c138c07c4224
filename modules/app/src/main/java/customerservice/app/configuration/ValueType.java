package customerservice.app.configuration;

import customerservice.app.configuration.Setting.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What values a key takes. Written without regular expressions and streams, for it is on the way to being ready.
 *
 * @param <T> of the parsed value
 */
sealed interface ValueType<T> {

    /** @throws InvalidValueException if the text is not of this type */
    T parse(String text);

    /** For people, worded to follow "expected". */
    String description();

    /** Whether YAML may have taken the value for this; for text, unless a type says otherwise. */
    default boolean accepts(Kind kind) {
        return kind == Kind.UNTYPED || kind == Kind.TEXT;
    }

    record Text() implements ValueType<String> {
        @Override
        public String parse(String text) {
            if (text.isBlank()) {
                throw new InvalidValueException("expected " + description() + ", which is not empty");
            }
            return text;
        }

        @Override
        public String description() {
            return "text";
        }
    }

    /** None, if it is empty. */
    record RoleName() implements ValueType<String> {
        @Override
        public String parse(String text) {
            return text.strip();
        }

        @Override
        public String description() {
            return "a role's name";
        }
    }

    /** None, if it is empty. */
    record OptionalText() implements ValueType<String> {
        @Override
        public String parse(String text) {
            return text.isEmpty() ? text : new Text().parse(text);
        }

        @Override
        public String description() {
            return "text";
        }
    }

    /** None, if it is empty. */
    record Directory() implements ValueType<String> {
        @Override
        public String parse(String text) {
            if (!text.isEmpty() && !isAbsolute(text)) {
                throw new InvalidValueException("expected " + description() + ", not " + Quoted.of(text));
            }
            return text;
        }

        private static boolean isAbsolute(String text) {
            try {
                return Path.of(text).isAbsolute();
            } catch (InvalidPathException e) {
                return false;
            }
        }

        @Override
        public String description() {
            return "an absolute path";
        }
    }

    /** Where the database is; a password in it would end up in logs and process lists. */
    record JdbcUrl() implements ValueType<String> {
        private static final String PREFIX = "jdbc:postgresql:";

        @Override
        public String parse(String text) {
            if (!text.startsWith(PREFIX)) {
                throw new InvalidValueException("expected " + description());
            }
            int query = text.indexOf('?');
            String hosts = query < 0 ? text : text.substring(0, query);
            String parameters = query < 0 ? "" : "&" + text.substring(query + 1);
            // sslpassword is one, too
            if (parameters.contains("password=") || parameters.contains("&user=") || hosts.indexOf('@') >= 0) {
                throw new InvalidValueException("names a user or a password; the user belongs into database.user,"
                        + " the password into the credential file " + Credential.DB_PASSWORD.fileName());
            }
            return text;
        }

        @Override
        public String description() {
            return "a URL that begins with jdbc:postgresql:";
        }
    }

    /** Scheme and host, and perhaps a port: paths are put behind it. */
    record PublicUrl() implements ValueType<String> {
        @Override
        public String parse(String text) {
            if (text.isEmpty()) {
                return text;
            }
            try {
                var url = new URI(text).parseServerAuthority();
                if (url.getHost() != null
                        && url.getUserInfo() == null
                        && (text.equals("https://" + url.getRawAuthority())
                                || text.equals("http://" + url.getRawAuthority()))) {
                    return text;
                }
            } catch (URISyntaxException e) {
                // Said below.
            }
            throw new InvalidValueException("expected " + description() + ", not " + Quoted.of(text));
        }

        @Override
        public String description() {
            return "a URL without a path, such as https://api.example.com";
        }
    }

    record WholeNumber(int minimum, int maximum) implements ValueType<Integer> {
        @Override
        public Integer parse(String text) {
            long number;
            try {
                requireAscii(text); // other scripts have digits too, which would pass for these
                number = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new InvalidValueException("expected " + description() + ", not " + Quoted.of(text));
            }
            if (number < minimum || number > maximum) {
                throw new InvalidValueException("out of range: expected " + description() + ", not " + number);
            }
            return (int) number;
        }

        private static void requireAscii(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) > '9') {
                    throw new NumberFormatException();
                }
            }
        }

        @Override
        public String description() {
            return "a whole number from " + minimum + " to " + maximum;
        }

        @Override
        public boolean accepts(Kind kind) {
            return kind == Kind.UNTYPED || kind == Kind.NUMBER;
        }
    }

    record Flag() implements ValueType<Boolean> {
        @Override
        public Boolean parse(String text) {
            return switch (text) {
                case "true" -> Boolean.TRUE;
                case "false" -> Boolean.FALSE;
                default -> throw new InvalidValueException("expected " + description() + ", not " + Quoted.of(text));
            };
        }

        @Override
        public String description() {
            return "true or false";
        }

        @Override
        public boolean accepts(Kind kind) {
            return kind == Kind.UNTYPED || kind == Kind.BOOLEAN;
        }
    }

    /** As {@link Durations} reads them. */
    record Span(Duration minimum, Duration maximum) implements ValueType<Duration> {

        static Span between(String minimum, String maximum) {
            return new Span(Durations.parse(minimum).orElseThrow(), Durations.parse(maximum).orElseThrow());
        }

        @Override
        public Duration parse(String text) {
            Optional<Duration> duration = Durations.parse(text);
            if (duration.isEmpty()) {
                throw new InvalidValueException("expected " + description() + ", not " + Quoted.of(text));
            }
            if (duration.get().compareTo(minimum) < 0 || duration.get().compareTo(maximum) > 0) {
                throw new InvalidValueException("out of range: expected " + description() + ", not " + text);
            }
            return duration.get();
        }

        @Override
        public String description() {
            return "a duration (such as 500ms, 2s, 15m or 24h) from " + Durations.written(minimum)
                    + " to " + Durations.written(maximum);
        }

        @Override
        public boolean accepts(Kind kind) {
            return kind == Kind.UNTYPED || kind == Kind.TEXT || kind == Kind.NUMBER;
        }
    }

    record OneOf(List<String> values) implements ValueType<String> {
        @Override
        public String parse(String text) {
            if (!values.contains(text)) {
                throw new InvalidValueException("expected " + description() + ", not " + Quoted.of(text));
            }
            return text;
        }

        @Override
        public String description() {
            return "one of " + String.join(", ", values);
        }
    }

    /** In YAML a mapping from name to one of the values; in the environment {@code name=value,name=value}. */
    record MapOf(OneOf values) implements ValueType<Map<String, String>> {
        @Override
        public Map<String, String> parse(String text) {
            var map = new LinkedHashMap<String, String>();
            int start = 0;
            while (start < text.length()) {
                int comma = text.indexOf(',', start);
                int end = comma < 0 ? text.length() : comma;
                int equals = text.indexOf('=', start);
                if (equals <= start || equals >= end) {
                    throw new InvalidValueException("expected " + description());
                }
                map.put(text.substring(start, equals), values.parse(text.substring(equals + 1, end)));
                start = end + 1;
            }
            return map;
        }

        @Override
        public String description() {
            return "a mapping from names to " + values.description() + " (in the environment name=value,name=value)";
        }

        @Override
        public boolean accepts(Kind kind) {
            return kind == Kind.UNTYPED || kind == Kind.MAP;
        }
    }

    /**
     * In YAML a sequence; in the environment, or as one text, separated by commas.
     *
     * @param elements for people
     * @param element reads one; throws IllegalArgumentException that says why it is no good
     */
    record ListOf<T>(String elements, Function<String, T> element) implements ValueType<List<T>> {
        @Override
        public List<T> parse(String text) {
            var list = new ArrayList<T>();
            int start = 0;
            while (start < text.length()) {
                int comma = text.indexOf(',', start);
                int end = comma < 0 ? text.length() : comma;
                String one = text.substring(start, end).strip();
                try {
                    list.add(element.apply(one));
                } catch (IllegalArgumentException e) {
                    throw new InvalidValueException(
                            "expected " + description() + ", not " + Quoted.of(one) + ": " + e.getMessage());
                }
                start = end + 1;
            }
            return List.copyOf(list);
        }

        @Override
        public String description() {
            return "a list of " + elements + " (in the environment separated by commas)";
        }

        @Override
        public boolean accepts(Kind kind) {
            return kind == Kind.UNTYPED || kind == Kind.TEXT || kind == Kind.LIST;
        }
    }
}
