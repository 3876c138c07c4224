package customerservice.auth;

import customerservice.domain.AuditEntry;
import customerservice.domain.DomainException;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A store whose database is gone. */
final class FailingUsers implements UserStore {

    @Override
    public Optional<User> findByUsername(String username) {
        throw unavailable();
    }

    @Override
    public List<User> list() {
        throw unavailable();
    }

    @Override
    public void insert(User user, AuditEntry audit) {
        throw unavailable();
    }

    @Override
    public boolean updatePasswordHash(UUID id, String passwordHash, AuditEntry audit) {
        throw unavailable();
    }

    private static DomainException unavailable() {
        return new DomainException.StoreUnavailable(Duration.ofSeconds(1), new IOException("gone"));
    }
}
