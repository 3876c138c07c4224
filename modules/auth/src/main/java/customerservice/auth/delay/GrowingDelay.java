package customerservice.auth.delay;

import customerservice.domain.identity.FailedAttempts;
import java.time.Duration;
import java.util.Objects;

/**
 * How long somebody who has failed has to wait for the next attempt: not at all for the first few, then a second, then
 * twice as long each time, up to a limit.
 */
public final class GrowingDelay {

    private static final Duration FIRST = Duration.ofSeconds(1);

    private final int free;
    private final Duration longest;

    /** @param free how many failures delay nothing */
    public GrowingDelay(int free, Duration longest) {
        this.free = free;
        this.longest = Objects.requireNonNull(longest, "longest");
    }

    /** What is left of it; zero or less if there is nothing to wait for. */
    public Duration left(FailedAttempts failed) {
        if (!hasBegun(failed)) {
            return Duration.ZERO;
        }
        Duration grown = FIRST.multipliedBy(1L << Math.min(failed.count() - free - 1, 30));
        return shorter(grown, longest).minus(failed.sinceLast());
    }

    /** Whether it has begun: more has failed than is free. */
    public boolean hasBegun(FailedAttempts failed) {
        return failed.count() > free;
    }

    public static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    public static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
