package customerservice.persistence.change;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Where the feed was in the last seconds: what it had been told of by then, whoever is still trusted has too. */
final class Positions {

    /** Twice as long as anybody who is trusted goes without asking. */
    private static final long KEPT = Duration.ofSeconds(10).toNanos();
    private static final long STEP = Duration.ofSeconds(1).toNanos();

    private final Deque<Reached> reached = new ArrayDeque<>();
    private long nextStep;
    private long nextDeletion;

    Positions(Position first, long now) {
        nextStep = now;
        nextDeletion = now + KEPT;
        add(first, now);
    }

    void add(Position position, long now) {
        if (now - nextStep >= 0) {
            reached.addLast(new Reached(position, now));
            nextStep = now + STEP;
        }
    }

    boolean isTimeToDelete(long now) {
        return now - nextDeletion >= 0;
    }

    /** The last one of which everybody has been told. */
    Position old(long now) {
        Reached old = reached.getFirst();
        while (reached.size() > 1 && now - reached.getFirst().at() >= KEPT) {
            old = reached.removeFirst();
        }
        return old.position();
    }

    /** @param all whether nothing was left */
    void deleted(boolean all, long now) {
        nextDeletion = all ? now + STEP : now;
    }

    private record Reached(Position position, long at) {}
}
