package customerservice.auth;

import customerservice.domain.AuditEntry;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.ServiceAccountStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Service accounts in memory, for one thread. */
final class MemoryServiceAccounts implements ServiceAccountStore {

    private final Map<UUID, ServiceAccount> byId = new HashMap<>();

    @Override
    public Optional<ServiceAccount> find(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public List<ServiceAccount> list() {
        return List.copyOf(byId.values());
    }

    @Override
    public void insert(ServiceAccount account, AuditEntry audit) {
        put(account);
    }

    @Override
    public boolean delete(UUID id, AuditEntry audit) {
        return byId.remove(id) != null;
    }

    void put(ServiceAccount account) {
        byId.put(account.id(), account);
    }
}
