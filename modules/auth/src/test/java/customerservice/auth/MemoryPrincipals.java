package customerservice.auth;

import customerservice.domain.identity.PrincipalState;
import customerservice.domain.identity.PrincipalStore;
import customerservice.domain.identity.ServiceAccountStore;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What users and service accounts in memory are; epochs are set by hand. */
public final class MemoryPrincipals implements PrincipalStore {

    public final Map<UUID, Long> epochs = new HashMap<>();
    private final UserStore users;
    private final ServiceAccountStore accounts;

    public MemoryPrincipals(UserStore users, ServiceAccountStore accounts) {
        this.users = users;
        this.accounts = accounts;
    }

    @Override
    public Optional<PrincipalState> find(UUID id) {
        return users.find(id)
                .filter(User::active)
                .map(user -> new PrincipalState(epochs.getOrDefault(id, 0L), user.role().scopes()))
                .or(() -> accounts.find(id).map(account -> new PrincipalState(0, account.scopes())));
    }
}
