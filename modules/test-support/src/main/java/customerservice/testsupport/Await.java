package customerservice.testsupport;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens elsewhere; the limit is generous, since it says nothing about speed. */
public final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Await() {}

    /**
     * Returns as soon as the condition holds; it is asked about once a millisecond, by the caller's thread.
     *
     * @param what is waited for, in words
     * @throws AssertionError if it does not hold within 60 s
     */
    public static void until(String what, BooleanSupplier condition) {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(condition, "condition");
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new AssertionError("did not happen within " + LIMIT.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
