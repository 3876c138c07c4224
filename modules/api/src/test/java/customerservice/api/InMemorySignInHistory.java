package customerservice.api;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.FailedAttempts;
import customerservice.domain.identity.SignInHistory;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the failures of each network, whatever names it tries, and forgets nothing. */
public final class InMemorySignInHistory implements SignInHistory {

    private final InMemoryUsers users;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    public InMemorySignInHistory(InMemoryUsers users) {
        this.users = users;
    }

    @Override
    public Standing standing(String username, String network) {
        return new Standing(
                users.findByUsername(username),
                false,
                new FailedAttempts(failures.getOrDefault(network, 0), Duration.ZERO),
                FailedAttempts.NONE,
                FailedAttempts.NONE,
                FailedAttempts.NONE,
                FailedAttempts.NONE,
                FailedAttempts.NONE);
    }

    @Override
    public void failed(String username, String network, boolean knownNetwork, AuditEntry audit) {
        failures.merge(network, 1, Integer::sum);
    }

    @Override
    public void succeeded(UUID user, String username, String network) {
        failures.remove(network);
    }
}
