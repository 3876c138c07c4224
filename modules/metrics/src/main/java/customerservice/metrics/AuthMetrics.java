package customerservice.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;

/** What happens at the door. */
public final class AuthMetrics {

    private final Counter tokens;
    private final Counter attempts;

    AuthMetrics(CollectorRegistry registry) {
        tokens = counter("auth_tokens_issued", "Access tokens issued", "grant_type", registry);
        attempts = counter("auth_attempts", "Attempts to sign in", "outcome", registry);
    }

    /** @param grantType {@code password}, or as in RFC 6749 */
    public void tokenIssued(String grantType) {
        tokens.labels(grantType).inc();
    }

    /** @param outcome {@code success}, {@code failure}, {@code busy} or {@code delayed} */
    public void attempt(String outcome) {
        attempts.labels(outcome).inc();
    }

    private static Counter counter(String name, String help, String label, CollectorRegistry registry) {
        return Counter.build(name, help).labelNames(label).withoutExemplars().register(registry);
    }
}
