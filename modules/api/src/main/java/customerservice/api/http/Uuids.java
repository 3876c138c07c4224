package customerservice.api.http;

import java.util.UUID;

/** UUIDs in their one textual form (RFC 9562, section 4), which the JDK's own parser takes much more loosely. */
public final class Uuids {

    private static final int LENGTH = 36;

    private Uuids() {}

    public static boolean isUuid(String text) {
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

    /** @param text for which {@link #isUuid} is true */
    public static UUID parse(String text) {
        return UUID.fromString(text);
    }
}
