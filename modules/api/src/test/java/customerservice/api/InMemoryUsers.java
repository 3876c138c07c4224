package customerservice.api;

import customerservice.domain.DomainException.DuplicateUsername;
import customerservice.domain.DomainException.LastAdmin;
import customerservice.domain.Page;
import customerservice.domain.Seek;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;

/** The store's contract, kept in a map, but for the sign-ins, of which it knows nothing. */
public final class InMemoryUsers implements UserStore {

    private final TreeMap<String, User> byName = new TreeMap<>();

    @Override
    public synchronized Optional<User> find(UUID id) {
        return byName.values().stream().filter(user -> user.id().equals(id)).findFirst();
    }

    @Override
    public synchronized Optional<User> findByUsername(String username) {
        return Optional.ofNullable(byName.get(username));
    }

    @Override
    public synchronized Page<User> list(Seek<String> seek, int limit) {
        return InMemoryPage.of(byName, seek, limit);
    }

    @Override
    public synchronized void insert(User user, AuditEntry audit) {
        if (byName.putIfAbsent(user.username(), user) != null) {
            throw new DuplicateUsername();
        }
    }

    @Override
    public synchronized boolean update(User before, User after, AuditEntry audit) {
        Optional<User> current = find(before.id())
                .filter(user -> user.role() == before.role() && user.active() == before.active());
        current.ifPresent(user -> {
            User wanted = user.with(after.role()).withActive(after.active());
            if (!isAdmin(wanted)) {
                requireAnotherAdmin(user);
            }
            byName.put(user.username(), wanted);
        });
        return current.isPresent();
    }

    @Override
    public synchronized boolean updatePasswordHash(UUID id, String passwordHash, AuditEntry audit) {
        Optional<User> found = find(id);
        found.ifPresent(user -> byName.put(
                user.username(),
                new User(id, user.username(), user.role(), passwordHash, user.active(), user.createdAt())));
        return found.isPresent();
    }

    @Override
    public synchronized boolean replacePasswordHash(UUID id, String before, String after, AuditEntry audit) {
        return find(id).filter(user -> user.active() && user.passwordHash().equals(before)).isPresent()
                && updatePasswordHash(id, after, audit);
    }

    @Override
    public synchronized boolean renewPasswordHash(UUID id, String before, String after, AuditEntry audit) {
        return replacePasswordHash(id, before, after, audit);
    }

    @Override
    public synchronized boolean delete(UUID id, AuditEntry audit) {
        Optional<User> found = find(id);
        found.ifPresent(user -> {
            requireAnotherAdmin(user);
            byName.remove(user.username());
        });
        return found.isPresent();
    }

    @Override
    public OptionalInt endSignIns(UUID id, AuditEntry audit) {
        throw new UnsupportedOperationException("no request ends the sign-ins of a user");
    }

    @Override
    public int endAllSignIns(AuditEntry audit) {
        throw new UnsupportedOperationException("no request ends the sign-ins of all users");
    }

    private void requireAnotherAdmin(User going) {
        if (isAdmin(going) && byName.values().stream().filter(InMemoryUsers::isAdmin).count() == 1) {
            throw new LastAdmin();
        }
    }

    private static boolean isAdmin(User user) {
        return user.active() && user.role() == Role.ADMIN;
    }
}
