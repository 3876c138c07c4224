package customerservice.persistence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import customerservice.domain.CustomerStore;
import customerservice.domain.DomainException;
import customerservice.domain.identity.UserStore;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/**
 * PostgreSQL, with everything that this service keeps in it. Opening it connects to nothing: the first call does, and a
 * database that is away does not keep the service from starting.
 */
@SuppressWarnings("DoNotCallSuggester") // until the stores follow
public final class Database implements AutoCloseable {

    private final DatabaseSettings settings;

    private Database(DatabaseSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    public static Database open(DatabaseSettings settings, Clock clock) {
        Objects.requireNonNull(clock, "clock");
        return new Database(settings);
    }

    /** @param poolMetrics takes the pool's figures */
    public static Database open(DatabaseSettings settings, Clock clock, MetricsTrackerFactory poolMetrics) {
        Objects.requireNonNull(poolMetrics, "poolMetrics");
        return open(settings, clock);
    }

    public CustomerStore customers() {
        throw new UnsupportedOperationException("follows " + settings);
    }

    public UserStore users() {
        throw new UnsupportedOperationException("follows");
    }

    /**
     * Compares the schema with what this release needs, by one cheap query.
     *
     * @throws DomainException.StoreUnavailable if the database cannot be asked
     */
    public SchemaStatus checkSchema() {
        throw new UnsupportedOperationException("follows");
    }

    /** Asks about the primary, its schema and the cache's listening connection; takes about a second at most. */
    public List<DatabaseCheck> health() {
        throw new UnsupportedOperationException("follows");
    }

    /** The customers in memory, for its figures; values are of no use to others. */
    public Cache<?, ?> customerCache() {
        return Caffeine.newBuilder().maximumSize(0).build();
    }

    @Override
    public void close() {
        // follows
    }
}
