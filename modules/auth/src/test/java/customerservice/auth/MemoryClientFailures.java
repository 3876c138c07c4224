package customerservice.auth;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.ClientFailures;
import customerservice.domain.identity.FailedAttempts;
import customerservice.domain.identity.FailedAttempts.By;
import customerservice.domain.identity.SourceNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Failures of clients in memory, where nothing is forgotten and all has just happened. For one thread. */
public final class MemoryClientFailures implements ClientFailures {

    public final List<AuditEntry> audit = new ArrayList<>();
    private final Map<String, Integer> ofClients = new HashMap<>();
    private final Map<String, Integer> ofNetworks = new HashMap<>();
    private final Map<String, Integer> ofSites = new HashMap<>();

    @Override
    public Standing standing(String clientId, String network) {
        return new Standing(count(By.CLIENT, ofClients, clientId), ofNetwork(network), ofSite(network));
    }

    @Override
    public Standing standing(String network) {
        return new Standing(FailedAttempts.NONE, ofNetwork(network), ofSite(network));
    }

    private FailedAttempts ofNetwork(String network) {
        return count(By.NETWORK_OF_CLIENTS, ofNetworks, network);
    }

    private FailedAttempts ofSite(String network) {
        return count(By.SITE_OF_CLIENTS, ofSites, SourceNetwork.site(network).orElse("none"));
    }

    @Override
    public void failed(String clientId, String network, AuditEntry entry) {
        audit.add(entry);
        ofClients.merge(clientId, 1, Integer::sum);
        failed(network);
    }

    @Override
    public void failed(String network) {
        ofNetworks.merge(network, 1, Integer::sum);
        SourceNetwork.site(network).ifPresent(site -> ofSites.merge(site, 1, Integer::sum));
    }

    /** How many have failed, from wherever. */
    public int count() {
        return ofNetworks.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static FailedAttempts count(By by, Map<String, Integer> failures, String key) {
        return new FailedAttempts(Math.min(by.most(), failures.getOrDefault(key, 0)), Duration.ZERO);
    }
}
