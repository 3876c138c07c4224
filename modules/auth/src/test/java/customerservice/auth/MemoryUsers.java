package customerservice.auth;

import customerservice.auth.account.Users;
import customerservice.domain.DomainException;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;

/** Users in memory, for one thread. */
public final class MemoryUsers implements UserStore {

    public final List<AuditEntry> audit = new ArrayList<>();
    /** How many there are, by user. */
    public final Map<UUID, Integer> signIns = new HashMap<>();
    /** What somebody else does just before. */
    public Runnable beforeRenewal = () -> {};
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
    public Page<User> list(Seek<String> seek, int limit) {
        if (!(seek instanceof Seek.Start)) {
            throw new UnsupportedOperationException("nothing here goes on from a page");
        }
        return new Page<>(byName.values().stream().limit(limit).toList(), false, byName.size() > limit);
    }

    @Override
    public void insert(User user, AuditEntry entry) {
        if (byName.putIfAbsent(user.username(), user) != null) {
            throw new DomainException.DuplicateUsername();
        }
        audit.add(entry);
    }

    @Override
    public boolean update(User before, User after, AuditEntry entry) {
        User current = byName.get(before.username());
        if (current == null || current.role() != before.role() || current.active() != before.active()) {
            return false;
        }
        requireAdminBeside(after.active() && after.role() == Role.ADMIN ? null : current);
        put(current.with(after.role()).withActive(after.active()));
        audit.add(entry);
        return true;
    }

    @Override
    public boolean updatePasswordHash(UUID id, String passwordHash, AuditEntry entry) {
        Optional<User> user = find(id);
        user.ifPresent(found -> {
            put(new User(id, found.username(), found.role(), passwordHash, found.active(), found.createdAt()));
            audit.add(entry);
        });
        return user.isPresent();
    }

    @Override
    public boolean replacePasswordHash(UUID id, String before, String after, AuditEntry entry) {
        return find(id).filter(user -> user.active() && user.passwordHash().equals(before)).isPresent()
                && updatePasswordHash(id, after, entry);
    }

    @Override
    public boolean renewPasswordHash(UUID id, String before, String after, AuditEntry entry) {
        beforeRenewal.run();
        return replacePasswordHash(id, before, after, entry);
    }

    @Override
    public boolean delete(UUID id, AuditEntry entry) {
        Optional<User> user = find(id);
        user.ifPresent(found -> {
            requireAdminBeside(found);
            byName.remove(found.username());
            audit.add(entry);
        });
        return user.isPresent();
    }

    @Override
    public OptionalInt endSignIns(UUID id, AuditEntry entry) {
        if (find(id).isEmpty()) {
            return OptionalInt.empty();
        }
        audit.add(entry);
        Integer ended = signIns.remove(id);
        return OptionalInt.of(ended == null ? 0 : ended);
    }

    @Override
    public int endAllSignIns(AuditEntry entry) {
        audit.add(entry);
        int ended = signIns.values().stream().mapToInt(Integer::intValue).sum();
        signIns.clear();
        return ended;
    }

    private void requireAdminBeside(User going) {
        if (going != null
                && isAdmin(going)
                && byName.values().stream().filter(MemoryUsers::isAdmin).count() == 1) {
            throw new DomainException.LastAdmin();
        }
    }

    private static boolean isAdmin(User user) {
        return user.role() == Role.ADMIN && user.active();
    }

    public void put(User user) {
        byName.put(user.username(), user);
    }
}
