package customerservice.api;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.RefreshTokenStore;
import customerservice.domain.identity.TokenFamily;
import customerservice.domain.identity.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Refresh tokens without a database, and without a grace: a spent token is a reused one. */
public final class InMemoryRefreshTokens implements RefreshTokenStore {

    private final Map<String, TokenFamily> unspent = new ConcurrentHashMap<>();
    private final Map<String, TokenFamily> spent = new ConcurrentHashMap<>();

    @Override
    public OptionalLong begin(User user, String hash, Duration lifetime, AuditEntry audit) {
        unspent.put(hash, new TokenFamily(user.id(), user.role(), 0, Instant.now().plus(lifetime)));
        return OptionalLong.of(0);
    }

    @Override
    public Optional<TokenFamily> rotate(String hash, String nextHash, Duration grace, AuditEntry audit) {
        Optional<TokenFamily> family = Optional.ofNullable(unspent.remove(hash));
        family.ifPresent(found -> {
            spent.put(hash, found);
            unspent.put(nextHash, found);
        });
        return family;
    }

    @Override
    public Optional<TokenFamily> find(String hash, Duration grace) {
        return Optional.ofNullable(unspent.get(hash));
    }

    @Override
    public Optional<UUID> revokeReused(String hash, Duration grace, AuditEntry audit) {
        return revoked(spent.get(hash));
    }

    @Override
    public Optional<UUID> revoke(String hash, AuditEntry audit) {
        TokenFamily family = unspent.get(hash);
        return revoked(family == null ? spent.get(hash) : family);
    }

    private Optional<UUID> revoked(TokenFamily family) {
        boolean lived = family != null && unspent.values().removeIf(family::equals);
        return lived ? Optional.of(family.userId()) : Optional.empty();
    }
}
