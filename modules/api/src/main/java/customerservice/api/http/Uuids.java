package customerservice.api.http;

import customerservice.domain.DomainException;
import java.util.UUID;
import java.util.function.Supplier;

/** UUIDs in their one textual form (RFC 9562, section 4), which the JDK's own parser takes much more loosely. */
public final class Uuids {

    private static final int LENGTH = 36;

    private Uuids() {}

    private static boolean isUuid(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
                return false;
            }
        }
        return true;
    }

    /** A UUID's digits as this service writes them, in lower case; any other text as it is. */
    public static String canonical(String text) {
        return isUuid(text) ? UUID.fromString(text).toString() : text;
    }

    /**
     * The UUID that the path's parameter is.
     *
     * @throws DomainException {@code otherwise}, if it is none: nothing has such a name
     */
    public static UUID parameter(Exchange exchange, Supplier<? extends DomainException> otherwise) {
        String text = exchange.parameter();
        if (!isUuid(text)) {
            throw otherwise.get();
        }
        return UUID.fromString(text);
    }
}
