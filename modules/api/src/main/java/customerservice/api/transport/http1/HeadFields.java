package customerservice.api.transport.http1;

import customerservice.api.http.message.RequestFields;
import io.helidon.http.HeaderName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Header fields as the places where they stand in the octets of a head. A value becomes a string when it is asked for, and
 * most never are. One for each connection, used for its requests one after the other.
 */
final class HeadFields implements RequestFields {

    /** For most requests; a connection that once had more does not keep the room for them. */
    private static final int USUAL = 24;
    private static final int PLACES = 4;

    private int[] places = new int[USUAL * PLACES];
    private int count;
    private byte[] octets;
    private int start;

    void clear() {
        count = 0;
        octets = null;
        if (places.length > USUAL * PLACES) {
            places = new int[USUAL * PLACES];
        }
    }

    int count() {
        return count;
    }

    /** Places are relative to the head's start, which {@link #in} tells. */
    void add(int name, int nameEnd, int value, int valueEnd) {
        int at = count * PLACES;
        if (at == places.length) {
            places = Arrays.copyOf(places, 2 * places.length);
        }
        places[at] = name;
        places[at + 1] = nameEnd - name;
        places[at + 2] = value;
        places[at + 3] = valueEnd - value;
        count++;
    }

    /** Where the head is. */
    void in(byte[] octets, int start) {
        this.octets = octets;
        this.start = start;
    }

    @Override
    public boolean has(HeaderName name) {
        return find(name.lowerCase(), 0) >= 0;
    }

    @Override
    public String get(HeaderName name) {
        String lowerCase = name.lowerCase();
        int first = find(lowerCase, 0);
        if (first < 0) {
            return "";
        }
        int next = find(lowerCase, first + 1);
        if (next < 0) {
            return value(first);
        }
        var joined = new StringBuilder(value(first));
        while (next >= 0) {
            joined.append(", ").append(value(next));
            next = find(lowerCase, next + 1);
        }
        return joined.toString();
    }

    /** How many lines there are of this name. */
    int lines(HeaderName name) {
        String lowerCase = name.lowerCase();
        int lines = 0;
        for (int i = find(lowerCase, 0); i >= 0; i = find(lowerCase, i + 1)) {
            lines++;
        }
        return lines;
    }

    private String value(int field) {
        int at = field * PLACES;
        return new String(octets, start + places[at + 2], places[at + 3], StandardCharsets.ISO_8859_1);
    }

    /** Negative if there is none from there on. */
    private int find(String lowerCase, int from) {
        int length = lowerCase.length();
        for (int i = from; i < count; i++) {
            if (places[i * PLACES + 1] == length && isNamed(start + places[i * PLACES], lowerCase)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isNamed(int at, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            byte octet = octets[at + i];
            int lower = octet >= 'A' && octet <= 'Z' ? octet + 0x20 : octet;
            if (lower != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
