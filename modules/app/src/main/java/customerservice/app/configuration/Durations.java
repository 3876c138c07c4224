package customerservice.app.configuration;

import java.time.Duration;
import java.util.Optional;

/** Durations as people write them, a number and its unit without a space: {@code 500ms}, {@code 2s}, {@code 15m}. */
public final class Durations {

    private static final int MOST_DIGITS = 12;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private Durations() {}

    /** @return empty if the text is none; units are ms, s, m and h */
    public static Optional<Duration> parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MOST_DIGITS) {
            return Optional.empty();
        }
        long number = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Optional.of(Duration.ofMillis(number));
            case "s" -> Optional.of(Duration.ofSeconds(number));
            case "m" -> Optional.of(Duration.ofMinutes(number));
            case "h" -> Optional.of(Duration.ofHours(number));
            default -> Optional.empty();
        };
    }

    /** In the largest unit that leaves no rest. */
    static String written(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % SECOND != 0) {
            return millis + "ms";
        }
        if (millis % MINUTE != 0) {
            return millis / SECOND + "s";
        }
        return millis % HOUR == 0 ? millis / HOUR + "h" : millis / MINUTE + "m";
    }
}
