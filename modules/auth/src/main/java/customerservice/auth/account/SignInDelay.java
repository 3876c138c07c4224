package customerservice.auth.account;

import customerservice.auth.delay.GrowingDelay;
import customerservice.domain.identity.SignInHistory.Standing;
import java.time.Duration;

/**
 * How long somebody who has failed to sign in has to wait for the next attempt.
 *
 * <p>Only the delay of one name on one network grows long, for nobody but the one who guesses is there. The delay of a
 * name, which is for guesses from many networks, stays short, since its owner may have to wait for it too; and whoever
 * has signed in from a network before does not wait for what others do, neither to the name nor on the network.
 */
final class SignInDelay {

    private static final GrowingDelay NAME_ON_NETWORK = new GrowingDelay(5, Duration.ofMinutes(15));
    private static final GrowingDelay NAME_ON_KNOWN_NETWORK = new GrowingDelay(5, Duration.ofMinutes(1));
    private static final GrowingDelay NAME = new GrowingDelay(20, Duration.ofSeconds(30));
    private static final GrowingDelay NETWORK = new GrowingDelay(20, Duration.ofMinutes(5));

    private SignInDelay() {}

    /** What is left of it; zero or less if there is nothing to wait for. */
    static Duration left(Standing standing) {
        if (standing.knownNetwork()) {
            return NAME_ON_KNOWN_NETWORK.left(standing.ofNameOnNetwork());
        }
        Duration left = NAME_ON_NETWORK.left(standing.ofNameOnNetwork());
        left = GrowingDelay.longer(left, NAME.left(standing.ofName()));
        return GrowingDelay.longer(left, NETWORK.left(standing.ofNetwork()));
    }
}
