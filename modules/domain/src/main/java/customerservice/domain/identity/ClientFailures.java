package customerservice.domain.identity;

import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import java.util.Objects;

/**
 * Clients that have failed to authenticate, and tokens that were not good, kept where all instances see it. Apart from
 * {@link SignInHistory}, so that a program which has lost its secret keeps nobody of its network from signing in.
 *
 * <p>A network is one as {@link SourceNetwork} says it. Every method may throw {@link DomainException.StoreBusy} or
 * {@link DomainException.StoreUnavailable}.
 */
public interface ClientFailures {

    /**
     * What has failed so far. Takes the same for an id that no client has.
     *
     * @param clientId at most 64 characters, without NUL
     */
    Standing standing(String clientId, String network);

    /** What a network has failed, whatever clients and tokens it tried, and no client. */
    Standing standing(String network);

    /** Counts a failure to authenticate, by client, network and site; with its entry in the trail, or not at all. */
    void failed(String clientId, String network, AuditEntry audit);

    /** Counts a token that is not good, by network and site. */
    void failed(String network);

    /**
     * What has failed for one client from one network.
     *
     * @param ofSite none where the network belongs to no site
     */
    record Standing(FailedAttempts ofClient, FailedAttempts ofNetwork, FailedAttempts ofSite) {

        public Standing {
            Objects.requireNonNull(ofClient, "ofClient");
            Objects.requireNonNull(ofNetwork, "ofNetwork");
            Objects.requireNonNull(ofSite, "ofSite");
        }
    }
}
