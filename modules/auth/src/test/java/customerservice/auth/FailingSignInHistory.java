package customerservice.auth;

import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.SignInHistory;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/** A store whose database is gone. */
public final class FailingSignInHistory implements SignInHistory {

    @Override
    public Standing standing(String username, String network) {
        throw unavailable();
    }

    @Override
    public void failed(String username, String network, boolean knownNetwork, AuditEntry audit) {
        throw unavailable();
    }

    @Override
    public void succeeded(UUID user, String username, String network) {
        throw unavailable();
    }

    private static DomainException unavailable() {
        return new DomainException.StoreUnavailable(Duration.ofSeconds(1), new IOException("gone"));
    }
}
