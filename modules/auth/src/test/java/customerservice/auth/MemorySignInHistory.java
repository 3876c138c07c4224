package customerservice.auth;

import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.FailedAttempts;
import customerservice.domain.identity.FailedAttempts.By;
import customerservice.domain.identity.SignInHistory;
import customerservice.domain.identity.SourceNetwork;
import customerservice.domain.identity.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Sign-ins in memory, where nothing is forgotten and all has just happened. For one thread. */
public final class MemorySignInHistory implements SignInHistory {

    public final List<String> askedFor = new ArrayList<>();
    public final List<AuditEntry> audit = new ArrayList<>();
    public final Map<String, User> users = new HashMap<>();
    private final Optional<MemoryUsers> store;
    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    public MemorySignInHistory() {
        this.store = Optional.empty();
    }

    /** Of the users in that store. */
    public MemorySignInHistory(MemoryUsers store) {
        this.store = Optional.of(store);
    }

    @Override
    public Standing standing(String username, String network) {
        askedFor.add(username);
        Optional<User> user = store.isPresent()
                ? store.get().findByUsername(username)
                : Optional.ofNullable(users.get(username));
        return new Standing(
                user,
                user.isPresent() && known.contains(user.get().id() + " " + network),
                count(By.NAME_AND_NETWORK, username, network),
                count(By.NAME_AND_SITE, username, network),
                count(By.NAME, username, network),
                count(By.NETWORK, username, network),
                count(By.KNOWN_NETWORK, username, network),
                count(By.SITE, username, network));
    }

    private FailedAttempts count(By by, String username, String network) {
        return new FailedAttempts(
                Math.min(by.most(), failures.getOrDefault(key(by, username, network), 0)), Duration.ZERO);
    }

    @Override
    public void failed(String username, String network, boolean knownNetwork, AuditEntry entry) {
        audit.add(entry);
        for (By by : List.of(By.NAME_AND_NETWORK, By.NAME_AND_SITE, By.NAME, By.NETWORK, By.KNOWN_NETWORK, By.SITE)) {
            if (by != By.KNOWN_NETWORK || knownNetwork) {
                failures.merge(key(by, username, network), 1, Integer::sum);
            }
        }
    }

    @Override
    public void succeeded(UUID user, String username, String network) {
        failures.remove(key(By.NAME_AND_NETWORK, username, network));
        known.add(user + " " + network);
    }

    private static String key(By by, String username, String network) {
        return by + switch (by) {
            case NAME_AND_NETWORK -> username + " " + network;
            case NAME -> username;
            case NETWORK, KNOWN_NETWORK -> network;
            case NAME_AND_SITE -> username + " " + SourceNetwork.site(network).orElse(network + " is of no site");
            case SITE -> SourceNetwork.site(network).orElse(network + " is of no site");
            case CLIENT, NETWORK_OF_CLIENTS, SITE_OF_CLIENTS -> throw new IllegalArgumentException(by.name());
        };
    }
}
