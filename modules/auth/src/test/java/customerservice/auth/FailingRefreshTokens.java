package customerservice.auth;

import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.RefreshTokenStore;
import customerservice.domain.identity.TokenFamily;
import customerservice.domain.identity.User;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** A store whose database is gone. */
public final class FailingRefreshTokens implements RefreshTokenStore {

    @Override
    public OptionalLong begin(User user, String hash, Duration lifetime, AuditEntry audit) {
        throw unavailable();
    }

    @Override
    public Optional<TokenFamily> rotate(String hash, String nextHash, Duration grace, AuditEntry audit) {
        throw unavailable();
    }

    @Override
    public Optional<TokenFamily> find(String hash, Duration grace) {
        throw unavailable();
    }

    @Override
    public Optional<UUID> revokeReused(String hash, Duration grace, AuditEntry audit) {
        throw unavailable();
    }

    @Override
    public Optional<UUID> revoke(String hash, AuditEntry audit) {
        throw unavailable();
    }

    private static DomainException unavailable() {
        return new DomainException.StoreUnavailable(Duration.ofSeconds(1), new IOException("gone"));
    }
}
