package customerservice.api;

import customerservice.domain.AuditEntry;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.domain.identity.ServiceAccountStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Service accounts without a database. */
final class InMemoryServiceAccounts implements ServiceAccountStore {

    private final Map<UUID, ServiceAccount> byId = new ConcurrentHashMap<>();

    /** The new account's id. */
    String add(String secret, Scope... scopes) {
        var account = new ServiceAccount(UUID.randomUUID(), "billing", Set.of(scopes), sha256(secret), Instant.EPOCH);
        byId.put(account.id(), account);
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
    public Optional<ServiceAccount> find(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public List<ServiceAccount> list() {
        return List.copyOf(byId.values());
    }

    @Override
    public void insert(ServiceAccount account, AuditEntry audit) {
        byId.put(account.id(), account);
    }

    @Override
    public boolean delete(UUID id, AuditEntry audit) {
        return byId.remove(id) != null;
    }
}
