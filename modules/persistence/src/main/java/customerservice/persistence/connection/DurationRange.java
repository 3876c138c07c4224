package customerservice.persistence.connection;

import java.time.Duration;

/** What a setting of time may be, both ends included. */
record DurationRange(long fromMillis, long toMillis) {

    /** @throws IllegalArgumentException with this message if the duration is out of range */
    void require(Duration duration, String otherwise) {
        if (duration.compareTo(Duration.ofMillis(fromMillis)) < 0
                || duration.compareTo(Duration.ofMillis(toMillis)) > 0) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
