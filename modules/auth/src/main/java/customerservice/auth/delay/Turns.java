package customerservice.auth.delay;

import java.time.Duration;
import java.time.Instant;

/**
 * Gives each of those who share a delay a turn once in every period, at which it does not hold. Whoever guesses may be
 * there first each time that the delay is over; but he cannot use up the turn of somebody else.
 */
public final class Turns {

    private final long turn;
    private final long inPeriod;

    /** @param period a multiple of a turn */
    public Turns(Duration period, Duration turn) {
        this.turn = turn.toMillis();
        this.inPeriod = period.toMillis() / this.turn;
    }

    /** Until the turn begins; zero while it lasts. The same at every instance whose clock says the same. */
    public Duration left(String whose, Instant now) {
        long own = Math.floorMod(whose.hashCode(), inPeriod);
        long sinceItBegan = Math.floorMod(now.toEpochMilli() - own * turn, inPeriod * turn);
        return sinceItBegan < turn ? Duration.ZERO : Duration.ofMillis(inPeriod * turn - sinceItBegan);
    }
}
