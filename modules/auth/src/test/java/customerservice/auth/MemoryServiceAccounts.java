package customerservice.auth;

import customerservice.domain.DomainException;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.ServiceAccountStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Service accounts in memory, for one thread. */
public final class MemoryServiceAccounts implements ServiceAccountStore {

    public final List<AuditEntry> audit = new ArrayList<>();
    /** Whether the database is gone. */
    public boolean unavailable;
    private final Map<String, ServiceAccount> byName = new TreeMap<>();

    @Override
    public Optional<ServiceAccount> find(UUID id) {
        if (unavailable) {
            throw new DomainException.StoreUnavailable(Duration.ofSeconds(1), new IOException("gone"));
        }
        return byName.values().stream().filter(account -> account.id().equals(id)).findFirst();
    }

    @Override
    public Optional<ServiceAccount> findByName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public Page<ServiceAccount> list(Seek<String> seek, int limit) {
        if (!(seek instanceof Seek.Start)) {
            throw new UnsupportedOperationException("nothing here goes on from a page");
        }
        return new Page<>(byName.values().stream().limit(limit).toList(), false, byName.size() > limit);
    }

    @Override
    public void insert(ServiceAccount account, AuditEntry entry) {
        if (byName.putIfAbsent(account.name(), account) != null) {
            throw new DomainException.DuplicateServiceAccount();
        }
        audit.add(entry);
    }

    @Override
    public boolean delete(UUID id, AuditEntry entry) {
        boolean gone = byName.values().removeIf(account -> account.id().equals(id));
        if (gone) {
            audit.add(entry);
        }
        return gone;
    }

    public void put(ServiceAccount account) {
        byName.put(account.name(), account);
    }
}
