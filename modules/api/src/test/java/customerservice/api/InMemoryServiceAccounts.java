package customerservice.api;

import customerservice.domain.DomainException.DuplicateServiceAccount;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.ServiceAccountStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The store's contract, kept in a map. */
public final class InMemoryServiceAccounts implements ServiceAccountStore {

    private final TreeMap<String, ServiceAccount> byName = new TreeMap<>();

    /** The new account's id. */
    public synchronized String add(String secret, Scope... scopes) {
        var account = new ServiceAccount(
                UUID.randomUUID(), "billing" + byName.size(), Set.of(scopes), sha256(secret), Instant.EPOCH);
        byName.put(account.name(), account);
        return account.id().toString();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized Optional<ServiceAccount> find(UUID id) {
        return byName.values().stream().filter(account -> account.id().equals(id)).findFirst();
    }

    @Override
    public synchronized Optional<ServiceAccount> findByName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public synchronized Page<ServiceAccount> list(Seek<String> seek, int limit) {
        return InMemoryPage.of(byName, seek, limit);
    }

    @Override
    public synchronized void insert(ServiceAccount account, AuditEntry audit) {
        if (byName.putIfAbsent(account.name(), account) != null) {
            throw new DuplicateServiceAccount();
        }
    }

    @Override
    public synchronized boolean delete(UUID id, AuditEntry audit) {
        return byName.values().removeIf(account -> account.id().equals(id));
    }
}
