package customerservice.api.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import customerservice.api.http.Answer;
import customerservice.api.http.QuotaFields;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.FieldName;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket for each caller, in the memory of this instance: so many requests at once, and as they are refilled.
 *
 * <p>A bucket is one number, the time at which it will be full again, and taking from it one compare-and-set. A bucket that
 * is full is as good as none, so those that were not touched while they filled are forgotten. Beyond the maximum the ones
 * seen least go first; who comes back then finds a full one. So the limit is not exact under a flood of callers, but memory
 * is bounded.
 */
final class RateLimit implements QuotaFields {

    /** Of which a caller may spend everything at once. */
    static final int WINDOW_SECONDS = 10;

    /** Some 150 bytes each. */
    static final int MAX_CALLERS = 50_000;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(WINDOW_SECONDS);

    private final Field policy;
    private final String item;
    private final long nanosEach;
    private final Ticker ticker;
    private final Cache<String, AtomicLong> fullAt;

    RateLimit(String name, int perSecond, Ticker ticker) {
        this.nanosEach = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.ticker = ticker;
        this.item = "\"" + name + "\";r=";
        this.policy = new Field(
                "RateLimit-Policy",
                "\"" + name + "\";q=" + WINDOW_NANOS / nanosEach + ";w=" + WINDOW_SECONDS);
        this.fullAt = Caffeine.newBuilder()
                .maximumSize(MAX_CALLERS)
                .expireAfterAccess(Duration.ofSeconds(WINDOW_SECONDS))
                .ticker(ticker)
                .executor(Runnable::run) // its housekeeping is too small to be worth another thread
                .build();
    }

    /** Takes one request; how many nanoseconds' worth are spent now, or less than 0 if there was none left to take. */
    long take(String caller) {
        long now = ticker.read();
        AtomicLong bucket = fullAt.getIfPresent(caller);
        if (bucket == null) {
            bucket = fullAt.get(caller, _ -> new AtomicLong(now));
        }
        while (true) {
            long full = bucket.get();
            long spent = Math.max(0, full - now) + nanosEach;
            if (spent > WINDOW_NANOS) {
                return WINDOW_NANOS - spent;
            }
            if (bucket.compareAndSet(full, now + spent)) {
                return spent;
            }
        }
    }

    /** Whole seconds until there is one again, for the answer to a {@link #take} that failed. */
    static long secondsToWait(long spent) {
        return seconds(-spent);
    }

    /**
     * Adds what draft-ietf-httpapi-ratelimit-headers has: what is left, and in how many seconds there is more: all of it,
     * or, with nothing left, one.
     *
     * @param spent by {@link #take}
     */
    @Override
    public void addTo(Answer answer, long spent) {
        boolean taken = spent >= 0;
        answer.field(policy);
        answer.field(
                FieldName.RATE_LIMIT,
                item + (taken ? (WINDOW_NANOS - spent) / nanosEach : 0) + ";t=" + seconds(Math.abs(spent)));
    }

    private static long seconds(long nanos) {
        return (nanos + 999_999_999) / 1_000_000_000;
    }

    /** How many callers are remembered, for tests. */
    long callers() {
        fullAt.cleanUp();
        return fullAt.estimatedSize();
    }
}
