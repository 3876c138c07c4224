package customerservice.auth;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.RefreshTokenStore;
import customerservice.domain.identity.TokenFamily;
import customerservice.domain.identity.User;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Refresh tokens in memory, for one thread; what becomes of the users is left out. */
public final class MemoryRefreshTokens implements RefreshTokenStore {

    public final List<AuditEntry> audit = new ArrayList<>();
    public boolean usersHaveChanged;
    /** As they were when they signed in. */
    public final List<User> users = new ArrayList<>();
    private final Map<String, TokenFamily> families = new HashMap<>();
    private final Map<String, Instant> spent = new HashMap<>();
    private final Set<TokenFamily> revoked = new HashSet<>();
    private final Clock clock;

    public MemoryRefreshTokens(Clock clock) {
        this.clock = clock;
    }

    @Override
    public OptionalLong begin(User user, String hash, Duration lifetime, AuditEntry entry) {
        if (!usersHaveChanged) {
            users.add(user);
            families.put(hash, new TokenFamily(user.id(), user.role(), 0, clock.instant().plus(lifetime)));
            audit.add(entry);
        }
        return usersHaveChanged ? OptionalLong.empty() : OptionalLong.of(0);
    }

    @Override
    public Optional<TokenFamily> rotate(String hash, String nextHash, Duration grace, AuditEntry entry) {
        Optional<TokenFamily> family = find(hash, grace);
        family.ifPresent(found -> {
            spent.putIfAbsent(hash, clock.instant());
            families.put(nextHash, found);
            audit.add(entry);
        });
        return family;
    }

    @Override
    public Optional<TokenFamily> find(String hash, Duration grace) {
        boolean isGood = !spent.containsKey(hash) || spent.get(hash).plus(grace).isAfter(clock.instant());
        return living(hash).filter(_ -> isGood);
    }

    @Override
    public Optional<UUID> revokeReused(String hash, Duration grace, AuditEntry entry) {
        boolean reused = spent.containsKey(hash) && !spent.get(hash).plus(grace).isAfter(clock.instant());
        return reused ? revoke(hash, entry) : Optional.empty();
    }

    @Override
    public Optional<UUID> revoke(String hash, AuditEntry entry) {
        Optional<TokenFamily> family = living(hash);
        family.ifPresent(found -> {
            revoked.add(found);
            audit.add(entry);
        });
        return family.map(TokenFamily::userId);
    }

    private Optional<TokenFamily> living(String hash) {
        return Optional.ofNullable(families.get(hash))
                .filter(family -> !revoked.contains(family) && family.expiresAt().isAfter(clock.instant()));
    }

    /** The hashes of all tokens. */
    public Set<String> hashes() {
        return families.keySet();
    }
}
