package customerservice.api;

import customerservice.domain.AuditEntry;
import customerservice.domain.identity.FailedSignIns;
import customerservice.domain.identity.SignInHistory;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the failures of all as one. */
final class InMemorySignInHistory implements SignInHistory {

    private final InMemoryUsers users;
    private final AtomicInteger failures = new AtomicInteger();

    InMemorySignInHistory(InMemoryUsers users) {
        this.users = users;
    }

    @Override
    public Standing standing(String username, String network) {
        return new Standing(
                users.findByUsername(username),
                false,
                new FailedSignIns(failures.get(), Duration.ZERO),
                FailedSignIns.NONE,
                FailedSignIns.NONE);
    }

    @Override
    public void failed(String username, String network, AuditEntry audit) {
        failures.incrementAndGet();
    }

    @Override
    public void succeeded(UUID user, String username, String network) {
        failures.set(0);
    }
}
