package customerservice.auth.account;

import customerservice.domain.identity.FailedSignIns;
import customerservice.domain.identity.SignInHistory.Standing;
import java.time.Duration;

/**
 * How long somebody who has failed has to wait for the next attempt: not at all for the first few, then twice as long
 * each time, up to a limit.
 *
 * <p>Only the delay of one name on one network grows long, for nobody but the one who guesses is there. The delay of a
 * name, which is for guesses from many networks, stays short, since its owner may have to wait for it too; and whoever
 * has signed in from a network before does not wait for what others do, neither to the name nor on the network.
 */
final class SignInDelay {

    private static final SignInDelay NAME_ON_NETWORK = new SignInDelay(5, Duration.ofMinutes(15));
    private static final SignInDelay NAME_ON_KNOWN_NETWORK = new SignInDelay(5, Duration.ofMinutes(1));
    private static final SignInDelay NAME = new SignInDelay(20, Duration.ofSeconds(30));
    private static final SignInDelay NETWORK = new SignInDelay(20, Duration.ofMinutes(5));

    private static final Duration FIRST = Duration.ofSeconds(1);

    private final int free;
    private final Duration longest;

    private SignInDelay(int free, Duration longest) {
        this.free = free;
        this.longest = longest;
    }

    /** What is left of it; zero or less if there is nothing to wait for. */
    static Duration left(Standing standing) {
        if (standing.knownNetwork()) {
            return NAME_ON_KNOWN_NETWORK.left(standing.ofNameOnNetwork());
        }
        Duration left = NAME_ON_NETWORK.left(standing.ofNameOnNetwork());
        left = longer(left, NAME.left(standing.ofName()));
        return longer(left, NETWORK.left(standing.ofNetwork()));
    }

    private Duration left(FailedSignIns failed) {
        if (failed.count() <= free) {
            return Duration.ZERO;
        }
        Duration grown = FIRST.multipliedBy(1L << Math.min(failed.count() - free - 1, 30));
        return (grown.compareTo(longest) < 0 ? grown : longest).minus(failed.sinceLast());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
