package customerservice.auth;

import customerservice.domain.AuditEntry;
import customerservice.domain.DomainException;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Users in memory, for one thread. */
final class MemoryUsers implements UserStore {

    final List<AuditEntry> audit = new ArrayList<>();
    final List<String> askedFor = new ArrayList<>();
    private final Map<String, User> byName = new TreeMap<>();

    @Override
    public Optional<User> find(UUID id) {
        return byName.values().stream().filter(user -> user.id().equals(id)).findFirst();
    }

    @Override
    public Optional<User> findByUsername(String username) {
        askedFor.add(username);
        return Optional.ofNullable(byName.get(username));
    }

    @Override
    public List<User> list() {
        return List.copyOf(byName.values());
    }

    @Override
    public void insert(User user, AuditEntry entry) {
        if (byName.putIfAbsent(user.username(), user) != null) {
            throw new DomainException.DuplicateUsername();
        }
        audit.add(entry);
    }

    @Override
    public boolean updatePasswordHash(UUID id, String passwordHash, AuditEntry entry) {
        for (User user : byName.values()) {
            if (user.id().equals(id)) {
                put(new User(id, user.username(), user.role(), passwordHash, user.active(), user.createdAt()));
                audit.add(entry);
                return true;
            }
        }
        return false;
    }

    void put(User user) {
        byName.put(user.username(), user);
    }
}
