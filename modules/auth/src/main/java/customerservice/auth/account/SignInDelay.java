package customerservice.auth.account;

import static customerservice.auth.delay.GrowingDelay.longer;
import static customerservice.auth.delay.GrowingDelay.shorter;

import customerservice.auth.delay.GrowingDelay;
import customerservice.auth.delay.Turns;
import customerservice.domain.identity.SignInHistory.Standing;
import customerservice.domain.identity.SourceNetwork;
import java.time.Duration;
import java.time.Instant;

/**
 * How long somebody who has failed to sign in has to wait for the next attempt.
 *
 * <p>Only the delay of one name on one network grows long, for nobody but the one who guesses is there. Two delays are
 * shared by those who guess and those whom they guess: that of a name, which is for guesses from many networks, and that
 * of the names that have signed in from a network before, which is for somebody there who tries his neighbours'. Of these
 * everybody has a {@link Turns turn} free: on a new network each network, at a known one each name.
 */
final class SignInDelay {

    private static final GrowingDelay NAME_ON_NETWORK = new GrowingDelay(5, Duration.ofMinutes(15));
    private static final GrowingDelay NAME_ON_SITE = new GrowingDelay(10, Duration.ofMinutes(15));
    private static final GrowingDelay NAME = new GrowingDelay(20, Duration.ofSeconds(30));
    private static final Turns OF_NETWORKS = new Turns(Duration.ofMinutes(15), Duration.ofMinutes(1));
    private static final GrowingDelay NETWORK = new GrowingDelay(20, Duration.ofMinutes(5));
    private static final GrowingDelay SITE = new GrowingDelay(100, Duration.ofMinutes(1));

    private static final GrowingDelay NAME_ON_KNOWN_NETWORK = new GrowingDelay(5, Duration.ofMinutes(1));
    private static final GrowingDelay NAME_AMONG_MANY = new GrowingDelay(1, Duration.ofMinutes(5));
    private static final GrowingDelay KNOWN_NETWORK = new GrowingDelay(50, Duration.ofMinutes(1));
    private static final Turns OF_NAMES = new Turns(Duration.ofMinutes(1), Duration.ofSeconds(10));

    private SignInDelay() {}

    /** What is left of it; zero or less if there is nothing to wait for. */
    static Duration left(Standing standing, String name, String network, Instant now) {
        return standing.knownNetwork() ? onKnown(standing, name, now) : onNew(standing, name, network, now);
    }

    private static Duration onKnown(Standing standing, String name, Instant now) {
        GrowingDelay ofName = KNOWN_NETWORK.hasBegun(standing.ofKnownNetwork())
                ? NAME_AMONG_MANY
                : NAME_ON_KNOWN_NETWORK;
        Duration shared = shorter(KNOWN_NETWORK.left(standing.ofKnownNetwork()), OF_NAMES.left(name, now));
        return longer(ofName.left(standing.ofNameOnNetwork()), shared);
    }

    private static Duration onNew(Standing standing, String name, String network, Instant now) {
        // By site, of whose networks somebody may have 65,536.
        String place = SourceNetwork.site(network).orElse(network);
        Duration shared = shorter(NAME.left(standing.ofName()), OF_NETWORKS.left(name + " " + place, now));
        Duration left = longer(NAME_ON_NETWORK.left(standing.ofNameOnNetwork()), shared);
        left = longer(left, NAME_ON_SITE.left(standing.ofNameOnSite()));
        left = longer(left, NETWORK.left(standing.ofNetwork()));
        return longer(left, SITE.left(standing.ofSite()));
    }
}
