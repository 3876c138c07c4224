package customerservice.auth.oauth;

import customerservice.auth.AttemptDelayedException;
import customerservice.auth.delay.GrowingDelay;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.ClientFailures;
import customerservice.domain.identity.SourceNetwork;
import java.time.Duration;
import java.util.Objects;

/**
 * Slows down whoever tries secrets of clients and tokens that are not good. To be asked about an attempt that has failed
 * already: a right secret and a good token are 256 random bits, which nobody finds by trying, so who has them need never
 * wait for what others do on his network or to his client.
 *
 * <p>Every method may throw {@link DomainException.StoreBusy} or {@link DomainException.StoreUnavailable}.
 */
public final class ClientGuesses {

    private static final GrowingDelay CLIENT = new GrowingDelay(20, Duration.ofSeconds(30));
    private static final GrowingDelay NETWORK = new GrowingDelay(20, Duration.ofMinutes(5));
    private static final GrowingDelay SITE = new GrowingDelay(100, Duration.ofMinutes(1));

    private final ClientFailures failures;

    public ClientGuesses(ClientFailures failures) {
        this.failures = Objects.requireNonNull(failures, "failures");
    }

    /**
     * Counts a secret that is wrong.
     *
     * @param clientId in the form of one, whether or not some client has it
     * @throws AttemptDelayedException if it came too early after others; then it does not count
     */
    void wrongSecret(String clientId, AuditEntry audit) {
        String network = SourceNetwork.of(audit.caller().sourceAddress());
        refuseIfEarly(failures.standing(clientId, network));
        failures.failed(clientId, network, audit);
    }

    /**
     * Counts a token that is not good, though it might be by its form.
     *
     * @throws AttemptDelayedException if it came too early after others; then it does not count
     */
    void badToken(Caller caller) {
        String network = SourceNetwork.of(caller.sourceAddress());
        refuseIfEarly(failures.standing(network));
        failures.failed(network);
    }

    private static void refuseIfEarly(ClientFailures.Standing standing) {
        Duration left = GrowingDelay.longer(CLIENT.left(standing.ofClient()), NETWORK.left(standing.ofNetwork()));
        left = GrowingDelay.longer(left, SITE.left(standing.ofSite()));
        if (left.isPositive()) {
            throw new AttemptDelayedException(left);
        }
    }
}
