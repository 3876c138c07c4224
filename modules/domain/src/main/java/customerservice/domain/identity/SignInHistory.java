package customerservice.domain.identity;

import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What has come of sign-ins so far, kept where all instances see it: three of them must not grant three times as many
 * guesses.
 *
 * <p>A network is one as {@link SourceNetwork} says it. Every method may throw {@link DomainException.StoreBusy} or
 * {@link DomainException.StoreUnavailable}.
 */
public interface SignInHistory {

    /**
     * What there is to know before a password is looked at. Takes the same for a name that nobody has.
     *
     * @param username at most 64 characters, without NUL
     */
    Standing standing(String username, String network);

    /**
     * Counts a failure, by name, by network and its site, and by name and either together; with its entry in the audit
     * trail, or not at all.
     *
     * @param knownNetwork whether the network is known for the name
     */
    void failed(String username, String network, boolean knownNetwork, AuditEntry audit);

    /** Forgets the failures of this name on this network, which is known for this user from now on. */
    void succeeded(UUID user, String username, String network);

    /**
     * How an attempt to sign in begins.
     *
     * @param user whose name it is
     * @param knownNetwork whether this user has signed in from this network within the last 90 days
     * @param ofNameOnSite none where a network belongs to no site
     * @param ofKnownNetwork of all names that this network is known for
     * @param ofSite none where a network belongs to no site
     */
    record Standing(
            Optional<User> user,
            boolean knownNetwork,
            FailedAttempts ofNameOnNetwork,
            FailedAttempts ofNameOnSite,
            FailedAttempts ofName,
            FailedAttempts ofNetwork,
            FailedAttempts ofKnownNetwork,
            FailedAttempts ofSite) {

        public Standing {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(ofNameOnNetwork, "ofNameOnNetwork");
            Objects.requireNonNull(ofNameOnSite, "ofNameOnSite");
            Objects.requireNonNull(ofName, "ofName");
            Objects.requireNonNull(ofNetwork, "ofNetwork");
            Objects.requireNonNull(ofKnownNetwork, "ofKnownNetwork");
            Objects.requireNonNull(ofSite, "ofSite");
        }
    }
}
