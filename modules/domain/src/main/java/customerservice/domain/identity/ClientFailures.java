package customerservice.domain.identity;

import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import java.util.Objects;

/**
 * Clients that have failed to authenticate, and tokens that were not good, kept where all instances see it. Apart from
 * {@link SignInHistory}, so that a program which has lost its secret keeps nobody of its network from signing in.
 *
 * <p>A network is whatever the caller takes for one source, in text of at most 64 characters. Every method may throw
 * {@link DomainException.StoreBusy} or {@link DomainException.StoreUnavailable}.
 */
public interface ClientFailures {

    /**
     * What has failed so far. Takes the same for an id that no client has.
     *
     * @param clientId at most 64 characters, without NUL
     */
    Standing standing(String clientId, String network);

    /** Failures of a network alone, whatever clients and tokens it tried. */
    FailedAttempts ofNetwork(String network);

    /** Counts a failure to authenticate, by client and by network; with its entry in the audit trail, or not at all. */
    void failed(String clientId, String network, AuditEntry audit);

    /** Counts a token that is not good, by network. */
    void failed(String network);

    /** What has failed for one client from one network. */
    record Standing(FailedAttempts ofClient, FailedAttempts ofNetwork) {

        public Standing {
            Objects.requireNonNull(ofClient, "ofClient");
            Objects.requireNonNull(ofNetwork, "ofNetwork");
        }
    }
}
