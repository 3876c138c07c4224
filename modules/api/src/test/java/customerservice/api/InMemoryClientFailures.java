package customerservice.api;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.ClientFailures;
import customerservice.domain.identity.FailedAttempts;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the failures of each network, whatever clients and tokens it tries, and forgets nothing. */
public final class InMemoryClientFailures implements ClientFailures {

    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    @Override
    public Standing standing(String clientId, String network) {
        return standing(network);
    }

    @Override
    public Standing standing(String network) {
        return new Standing(
                FailedAttempts.NONE,
                new FailedAttempts(failures.getOrDefault(network, 0), Duration.ZERO),
                FailedAttempts.NONE);
    }

    @Override
    public void failed(String clientId, String network, AuditEntry audit) {
        failed(network);
    }

    @Override
    public void failed(String network) {
        failures.merge(network, 1, Integer::sum);
    }
}
