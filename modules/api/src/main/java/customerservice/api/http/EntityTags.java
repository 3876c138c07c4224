package customerservice.api.http;

import customerservice.api.http.message.ProblemException;
import customerservice.domain.customer.Precondition;
import io.helidon.http.HeaderName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The entity tags that If-Match or If-None-Match names (RFC 9110, section 8.8.3). All that this service gives out are
 * strong; a customer's is its version in quotes.
 *
 * <p>A representation that is gzipped has a tag of its own, as strong ones must (section 8.8.3.3), which is the other with a
 * suffix. Whichever a client names, it means the same state, so that here the suffix is taken off.
 */
public final class EntityTags {

    private static final EntityTags ANY = new EntityTags(List.of());
    private static final String WEAK = "W/";
    private static final String GZIPPED = "-gzip\"";

    private final List<String> tags;

    private EntityTags(List<String> tags) {
        this.tags = tags;
    }

    public static String of(long version) {
        return '"' + Long.toString(version) + '"';
    }

    /** That of the same representation gzipped. */
    static String gzipped(String tag) {
        return tag.substring(0, tag.length() - 1) + GZIPPED;
    }

    private static String plain(String tag) {
        return tag.endsWith(GZIPPED) ? tag.substring(0, tag.length() - GZIPPED.length()) + '"' : tag;
    }

    /** @throws ProblemException if the field is neither a list of entity tags nor an asterisk */
    static EntityTags in(Exchange exchange, HeaderName name) {
        String field = exchange.field(name).strip();
        if (field.equals("*")) {
            return ANY;
        }
        List<String> tags = parse(field);
        if (tags.isEmpty()) {
            throw ProblemException.header(name.defaultCase(), "must be entity tags in quotes, or *");
        }
        return new EntityTags(tags);
    }

    /** By strong comparison: a weak tag names nothing. */
    boolean nameStrongly(String tag) {
        return this == ANY || tags.contains(tag);
    }

    /** By weak comparison. */
    boolean nameWeakly(String tag) {
        return this == ANY || tags.contains(tag) || tags.contains(WEAK + tag);
    }

    /** As the value of If-Match. */
    Precondition ifMatch() {
        return this == ANY ? Precondition.ANY : Precondition.oneOf(versions(false));
    }

    /** As the value of If-None-Match. */
    Precondition ifNoneMatch() {
        return this == ANY ? Precondition.NONE : Precondition.noneOf(versions(true));
    }

    private Set<Long> versions(boolean weakOnes) {
        Set<Long> versions = new HashSet<>();
        for (String tag : tags) {
            boolean weak = tag.startsWith(WEAK);
            if (!weak || weakOnes) {
                version(tag.substring(weak ? WEAK.length() + 1 : 1, tag.length() - 1)).ifPresent(versions::add);
            }
        }
        return versions;
    }

    /** Empty for a tag that no customer ever had. */
    private static Optional<Long> version(String text) {
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

    /** Empty if anything else than tags and commas stands there. */
    private static List<String> parse(String field) {
        List<String> tags = new ArrayList<>(1);
        int at = skip(field, 0, true);
        while (at < field.length()) {
            int end = endOfTag(field, at);
            if (end < 0) {
                return List.of();
            }
            tags.add(plain(field.substring(at, end)));
            at = skip(field, end, false);
            if (at < field.length() && field.charAt(at) != ',') {
                return List.of();
            }
            at = skip(field, at, true);
        }
        return tags;
    }

    private static int skip(String field, int from, boolean commas) {
        int at = from;
        while (at < field.length()
                && (field.charAt(at) == ' ' || field.charAt(at) == '\t' || (commas && field.charAt(at) == ','))) {
            at++;
        }
        return at;
    }

    /** Below zero if no tag begins here. */
    private static int endOfTag(String field, int from) {
        int quote = field.startsWith(WEAK, from) ? from + WEAK.length() : from;
        if (quote >= field.length() || field.charAt(quote) != '"') {
            return -1;
        }
        for (int i = quote + 1; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c <= ' ' || c == 0x7F) {
                return -1;
            }
        }
        return -1;
    }
}
