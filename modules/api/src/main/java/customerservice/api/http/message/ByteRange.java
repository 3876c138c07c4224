package customerservice.api.http.message;

import java.util.Optional;

/**
 * A part of a representation that a client asks for (RFC 9110, section 14).
 *
 * @param length 0 if the representation has no such part: 416
 */
public record ByteRange(int from, int length) {

    private static final String UNIT = "bytes=";
    private static final ByteRange UNSATISFIABLE = new ByteRange(0, 0);

    /**
     * What a Range field asks for. Empty if it is to be ignored, as section 14.2 allows or demands: another unit, a
     * malformed field, or several ranges, which no client here needs.
     *
     * @param total the representation's length, at least 1
     */
    public static Optional<ByteRange> of(String field, int total) {
        if (!field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return Optional.empty();
        }
        String range = field.substring(UNIT.length()).strip();
        int dash = range.indexOf('-');
        long first = dash < 0 ? -1 : number(range, 0, dash);
        long last = dash < 0 ? -1 : number(range, dash + 1, range.length());
        if (dash < 0 || (dash > 0 && first < 0) || (dash + 1 < range.length() && last < 0)) {
            return Optional.empty();
        }
        if (dash == 0) {
            return last < 0 ? Optional.empty() : Optional.of(suffix(last, total));
        }
        if (last >= 0 && last < first) {
            return Optional.empty();
        }
        if (first >= total) {
            return Optional.of(UNSATISFIABLE);
        }
        long end = last < 0 || last >= total ? total - 1L : last;
        return Optional.of(new ByteRange((int) first, (int) (end - first + 1)));
    }

    private static ByteRange suffix(long length, int total) {
        if (length == 0) {
            return UNSATISFIABLE;
        }
        int taken = (int) Math.min(length, total);
        return new ByteRange(total - taken, taken);
    }

    /** Below zero if these characters are no number; the largest one if they are a larger one. */
    private static long number(String text, int from, int to) {
        if (from == to) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value > Integer.MAX_VALUE ? value : value * 10 + c - '0';
        }
        return value;
    }
}
