package customerservice.domain.identity;

import customerservice.domain.DomainException;
import java.util.Optional;
import java.util.UUID;

/** Where it stands what users and service accounts are now. */
public interface PrincipalStore {

    /**
     * No older than an instance may be behind the others, a fraction of a second.
     *
     * @return empty if there is no such user or service account, or the user is not active
     * @throws DomainException.StoreBusy if the store has too much to do
     * @throws DomainException.StoreUnavailable if the store cannot be reached
     */
    Optional<PrincipalState> find(UUID id);
}
