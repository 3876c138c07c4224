package customerservice.auth.oauth;

import customerservice.auth.AttemptDelayedException;
import customerservice.auth.InvalidClientException;
import customerservice.auth.RandomSecret;
import customerservice.domain.Caller;
import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.audit.AuditListener;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.ServiceAccountStore;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells which service account is calling, by its id and secret (RFC 6749, section 2.3.1). An unknown account and a wrong
 * secret cost the same and end in the same exception; what has not the form of an id and a secret is not looked for.
 */
public final class ClientAuthenticator {

    private static final String HASH_OF_NOTHING = "0".repeat(64);
    private static final int UUID_LENGTH = 36;

    private final ServiceAccountStore accounts;
    private final ClientGuesses guesses;
    private final AuditListener auditStream;
    private final Clock clock;

    public ClientAuthenticator(
            ServiceAccountStore accounts, ClientGuesses guesses, AuditListener auditStream, Clock clock) {
        this.accounts = Objects.requireNonNull(accounts, "accounts");
        this.guesses = Objects.requireNonNull(guesses, "guesses");
        this.auditStream = Objects.requireNonNull(auditStream, "auditStream");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * @param caller who this is before it is known, such as {@code anonymous}
     * @throws InvalidClientException if this is not a service account's id and secret
     * @throws AttemptDelayedException if it is not, and too many others have not been before
     * @throws DomainException.StoreBusy if the store has too much to do
     * @throws DomainException.StoreUnavailable if the store cannot be reached
     */
    public ServiceAccount authenticate(String clientId, String clientSecret, Caller caller) {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(clientSecret, "clientSecret");
        Objects.requireNonNull(caller, "caller");
        Optional<UUID> id = uuid(clientId);
        if (id.isEmpty() || !RandomSecret.hasForm(clientSecret)) {
            auditStream.happened(failure("unknown", caller));
            throw new InvalidClientException();
        }
        Optional<ServiceAccount> found = accounts.find(id.get());
        boolean matches = RandomSecret.matches(
                clientSecret, found.map(ServiceAccount::secretHash).orElse(HASH_OF_NOTHING));
        if (found.isEmpty() || !matches) {
            AuditEntry failure = failure(found.isEmpty() ? "unknown" : clientId, caller);
            guesses.wrongSecret(clientId, failure);
            auditStream.happened(failure);
            throw new InvalidClientException();
        }
        return found.get();
    }

    private AuditEntry failure(String subject, Caller caller) {
        return new AuditEntry(
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                "auth.client_authentication_failed", subject, 0, List.of(), caller);
    }

    /** Only in the one form in which it was given out. */
    private static Optional<UUID> uuid(String clientId) {
        if (clientId.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            UUID id = UUID.fromString(clientId);
            return id.toString().equals(clientId) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
