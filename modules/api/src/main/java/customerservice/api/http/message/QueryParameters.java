package customerservice.api.http.message;

import customerservice.api.json.Rfc3339;
import customerservice.domain.Violation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A query string, decoded strictly: only known parameters, each at most once, well-formed percent-encoding of UTF-8. A
 * plus sign is a space, as HTML forms and most clients have it. What is wrong is gathered, then thrown all at once.
 */
public final class QueryParameters {

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Violation> errors = new ArrayList<>(0);

    /** @param rawQuery without its question mark; empty if there is none */
    public QueryParameters(String rawQuery, Set<String> known) {
        int from = 0;
        while (from < rawQuery.length()) {
            int ampersand = rawQuery.indexOf('&', from);
            int to = ampersand < 0 ? rawQuery.length() : ampersand;
            if (to > from) {
                add(rawQuery.substring(from, to), known);
            }
            from = to + 1;
        }
    }

    private void add(String pair, Set<String> known) {
        int equals = pair.indexOf('=');
        Optional<String> name = FormEncoding.decode(equals < 0 ? pair : pair.substring(0, equals));
        if (name.isEmpty() || !known.contains(name.get())) {
            String shown = name.orElse("");
            reject(shown.length() > 100 ? shown.substring(0, 100) : shown, "unknown_parameter",
                    "is not a parameter of this operation");
            return;
        }
        Optional<String> value = FormEncoding.decode(equals < 0 ? "" : pair.substring(equals + 1));
        if (value.isEmpty()) {
            reject(name.get(), "invalid_encoding", "is not percent-encoded UTF-8");
        }
        if (values.put(name.get(), value.orElse("")) != null) {
            reject(name.get(), "repeated_parameter", "may be given once only");
        }
    }

    /** Empty if it was not given, or is wrong. */
    public <T> Optional<T> get(String name, Function<String, Optional<T>> parser, String code, String detail) {
        String value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        Optional<T> parsed = parser.apply(value);
        if (parsed.isEmpty()) {
            reject(name, code, detail);
        }
        return parsed;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The query as it was understood, encoded anew. */
    public String encodedWithout(String one, String other) {
        var query = new StringBuilder();
        values.forEach((name, value) -> {
            if (!name.equals(one) && !name.equals(other)) {
                query.append(query.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        return query.toString();
    }

    public void reject(String name, String code, String detail) {
        for (Violation error : errors) {
            if (error.pointer().equals(name)) {
                return;
            }
        }
        errors.add(new Violation(name, code, detail));
    }

    /** @throws ProblemException if anything was wrong */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    Problem.INVALID_PARAMETER, "", errors.size() > 100 ? errors.subList(0, 100) : errors);
        }
    }

    /** @param name of a parameter that is a time (RFC 3339) */
    public Optional<Instant> time(String name) {
        return get(name, Rfc3339::parse, "invalid_time", "must be an RFC 3339 time such as 2026-11-22T10:00:00Z");
    }
}
