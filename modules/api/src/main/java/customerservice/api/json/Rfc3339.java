package customerservice.api.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times as RFC 3339 (section 5.6) writes them. */
public final class Rfc3339 {

    /** {@code 2026-11-22T10:00:00.000Z} */
    public static final int LENGTH = 24;

    private static final int SECONDS_PER_DAY = 86_400;
    private static final int MAX_FRACTION_DIGITS = 9;

    private Rfc3339() {}

    /**
     * Writes the instant in UTC, to the millisecond.
     *
     * @return where it ends, {@link #LENGTH} behind {@code at}
     */
    static int write(Instant instant, byte[] out, int at) {
        long second = instant.getEpochSecond();
        long day = Math.floorDiv(second, SECONDS_PER_DAY);
        int ofDay = Math.floorMod(second, SECONDS_PER_DAY);

        // The civil date of a day number: years begin in March, so that the leap day is the last one.
        long shifted = day + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);

        twoDigits(year / 100, out, at);
        twoDigits(year % 100, out, at + 2);
        out[at + 4] = '-';
        twoDigits(month, out, at + 5);
        out[at + 7] = '-';
        twoDigits(dayOfMonth, out, at + 8);
        out[at + 10] = 'T';
        twoDigits(ofDay / 3_600, out, at + 11);
        out[at + 13] = ':';
        twoDigits(ofDay / 60 % 60, out, at + 14);
        out[at + 16] = ':';
        twoDigits(ofDay % 60, out, at + 17);
        out[at + 19] = '.';
        int millis = instant.getNano() / 1_000_000;
        out[at + 20] = (byte) ('0' + millis / 100);
        twoDigits(millis % 100, out, at + 21);
        out[at + 23] = 'Z';
        return at + LENGTH;
    }

    /** Reads {@code date-time}: any offset, up to nine digits of a second, no leap second. Empty if it is not one. */
    public static Optional<Instant> parse(String text) {
        if (text.length() < 20
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || (text.charAt(10) != 'T' && text.charAt(10) != 't')
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return Optional.empty();
        }
        int at = 19;
        int nanos = 0;
        if (text.charAt(at) == '.') {
            int end = at + 1;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            int digits = end - at - 1;
            if (digits < 1 || digits > MAX_FRACTION_DIGITS) {
                return Optional.empty();
            }
            nanos = number(text, at + 1, digits);
            for (int i = digits; i < MAX_FRACTION_DIGITS; i++) {
                nanos *= 10;
            }
            at = end;
        }
        int offset = offsetSeconds(text, at);
        if (offset == Integer.MIN_VALUE) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 2),
                            number(text, 8, 2),
                            number(text, 11, 2),
                            number(text, 14, 2),
                            number(text, 17, 2),
                            nanos)
                            .minusSeconds(offset)
                            .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code Integer.MIN_VALUE} if there is no offset. */
    private static int offsetSeconds(String text, int at) {
        int left = text.length() - at;
        if (left == 1 && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
            return 0;
        }
        if (left != 6 || (text.charAt(at) != '+' && text.charAt(at) != '-') || text.charAt(at + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = number(text, at + 1, 2);
        int minutes = number(text, at + 4, 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3_600 + minutes * 60;
        return text.charAt(at) == '-' ? -seconds : seconds;
    }

    /** -1, which no field of a time can be, if there is anything but digits. */
    private static int number(String text, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            if (!isDigit(text.charAt(i))) {
                // A year of -1 would be a date.
                return digits == 4 ? Integer.MIN_VALUE : -1;
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static void twoDigits(int value, byte[] out, int at) {
        out[at] = (byte) ('0' + value / 10);
        out[at + 1] = (byte) ('0' + value % 10);
    }
}
