package customerservice.api.http.message;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists of what a client accepts, with weights (RFC 9110, section 12.4.2). */
public final class QualityList {

    private static final String WILDCARD = "*";

    private QualityList() {}

    /**
     * Whether an {@code Accept} field takes this media type: of the ranges that fit, the most specific one decides.
     *
     * @param accept the field's value; several lines joined by commas
     */
    public static boolean acceptsMediaType(String accept, String mediaType) {
        return accept.isEmpty() || accept.equals("*/*") || accept.equals(mediaType)
                || mediaWeight(accept, mediaType) > 0;
    }

    /** The one of these media types with the highest weight; of several, the first. Empty if none is accepted. */
    public static Optional<String> preferred(String accept, List<String> mediaTypes) {
        if (accept.isEmpty()) {
            return Optional.of(mediaTypes.getFirst());
        }
        String preferred = null;
        double highest = 0;
        for (String mediaType : mediaTypes) {
            double weight = mediaWeight(accept, mediaType);
            if (weight > highest) {
                preferred = mediaType;
                highest = weight;
            }
        }
        return Optional.ofNullable(preferred);
    }

    /** Not above zero if the media type is not accepted. */
    private static double mediaWeight(String accept, String mediaType) {
        String range = mediaType.substring(0, mediaType.indexOf('/') + 1) + WILDCARD;
        double weight = weight(accept, mediaType);
        if (Double.isNaN(weight)) {
            weight = weight(accept, range);
        }
        return Double.isNaN(weight) ? weight(accept, "*/*") : weight;
    }

    /** Whether an {@code Accept-Encoding} field takes gzip. Without the field the client has not said so. */
    public static boolean acceptsGzip(String acceptEncoding) {
        if (acceptEncoding.isEmpty()) {
            return false;
        }
        double gzip = weight(acceptEncoding, "gzip");
        if (Double.isNaN(gzip)) {
            gzip = weight(acceptEncoding, "x-gzip");
        }
        if (Double.isNaN(gzip)) {
            gzip = weight(acceptEncoding, WILDCARD);
        }
        return gzip > 0;
    }

    /** The weight of the element with this name, without regard to other parameters; NaN if there is none. */
    private static double weight(String list, String name) {
        double best = Double.NaN;
        int from = 0;
        while (from <= list.length()) {
            int comma = list.indexOf(',', from);
            int to = comma < 0 ? list.length() : comma;
            int semicolon = list.indexOf(';', from);
            int nameEnd = semicolon < 0 || semicolon > to ? to : semicolon;
            if (list.substring(from, nameEnd).strip().equalsIgnoreCase(name)) {
                double weight = nameEnd == to ? 1 : weightParameter(list.substring(nameEnd + 1, to));
                best = Double.isNaN(best) ? weight : Math.max(best, weight);
            }
            from = to + 1;
        }
        return best;
    }

    private static double weightParameter(String parameters) {
        for (String parameter : parameters.toLowerCase(Locale.ROOT).split(";", -1)) {
            String stripped = parameter.strip();
            if (stripped.startsWith("q=")) {
                return quality(stripped.substring(2));
            }
        }
        return 1;
    }

    /** Zero to one with up to three digits; anything else counts as not wanted. */
    private static double quality(String text) {
        if (text.isEmpty() || text.length() > 5 || (text.length() > 1 && text.charAt(1) != '.')) {
            return 0;
        }
        for (int i = 0; i < text.length(); i++) {
            if (i != 1 && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
                return 0;
            }
        }
        return Math.min(1, Double.parseDouble(text.endsWith(".") ? text + '0' : text));
    }
}
