package customerservice.persistence;

import com.github.benmanes.caffeine.cache.Cache;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import customerservice.domain.DomainException;
import customerservice.domain.audit.AuditReader;
import customerservice.domain.audit.AuditWriter;
import customerservice.domain.customer.Customer;
import customerservice.domain.customer.CustomerId;
import customerservice.domain.customer.CustomerStore;
import customerservice.domain.identity.ClientFailures;
import customerservice.domain.identity.PrincipalState;
import customerservice.domain.identity.PrincipalStore;
import customerservice.domain.identity.RefreshTokenStore;
import customerservice.domain.identity.ServiceAccountStore;
import customerservice.domain.identity.SignInHistory;
import customerservice.domain.identity.UserStore;
import customerservice.persistence.audit.PostgresAuditReader;
import customerservice.persistence.audit.PostgresAuditWriter;
import customerservice.persistence.cache.CachedRows;
import customerservice.persistence.cache.CachingCustomers;
import customerservice.persistence.change.ChangeFeed;
import customerservice.persistence.change.ChangeListener;
import customerservice.persistence.change.Topic;
import customerservice.persistence.connection.ConnectionSource;
import customerservice.persistence.connection.DatabaseSettings;
import customerservice.persistence.connection.Gate;
import customerservice.persistence.customer.PostgresCustomers;
import customerservice.persistence.identity.PostgresPrincipals;
import customerservice.persistence.identity.PostgresClientFailures;
import customerservice.persistence.identity.PostgresRefreshTokens;
import customerservice.persistence.identity.PostgresServiceAccounts;
import customerservice.persistence.identity.PostgresSignInHistory;
import customerservice.persistence.identity.PostgresUsers;
import customerservice.persistence.retention.ExpirySweep;
import customerservice.persistence.schema.CollationVersion;
import customerservice.persistence.schema.DatabaseState;
import customerservice.persistence.schema.SchemaCheck;
import customerservice.persistence.schema.SchemaObjects;
import customerservice.persistence.schema.SchemaStatus;
import customerservice.persistence.schema.ServiceRole;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * PostgreSQL, with everything that this service keeps in it. Opening waits for nothing: a database that is away does not
 * keep the service from starting.
 */
public final class Database implements AutoCloseable {

    /** As many as are kept in memory, some 5 MB. */
    private static final long PRINCIPALS = 10_000;

    /**
     * How long what they are is taken from memory: all know of a change within a second. A shorter one would have the
     * database asked more often where no customers are kept, and after each request where changes are heard of late, as on
     * a machine without a moment to spare.
     */
    private static final Duration PRINCIPALS_LEASE = Duration.ofMillis(500);

    private final Gate gate;
    private final CachedRows<CustomerId, Customer> cache;
    private final CachedRows<UUID, Optional<PrincipalState>> principalCache;
    private final PrincipalStore principals;
    private final CustomerStore customers;
    private final UserStore users;
    private final SignInHistory signInHistory;
    private final ClientFailures clientFailures;
    private final ServiceAccountStore serviceAccounts;
    private final RefreshTokenStore refreshTokens;
    private final AuditWriter auditTrail;
    private final AuditReader auditLog;
    private final ChangeFeed feed;
    private final ExpirySweep sweep;
    private final HealthChecks healthChecks;

    private Database(
            DatabaseSettings settings, Clock clock, Optional<MetricsTrackerFactory> poolMetrics, boolean inBackground) {
        var source = new ConnectionSource(settings);
        gate = new Gate(settings, source, clock, poolMetrics);
        boolean keepsCustomers = settings.cache().maximumBytes() > 0;
        Duration customersLease = settings.cache().lease();
        Duration principalsLease = longer(PRINCIPALS_LEASE, customersLease);
        cache = CachedRows.ofCustomers(settings.cache().maximumBytes(), () -> hearsOfChanges(customersLease));
        principalCache = new CachedRows<>(
                PRINCIPALS * PostgresPrincipals.BYTES, _ -> PostgresPrincipals.BYTES, PostgresPrincipals::isNewer,
                () -> hearsOfChanges(principalsLease));
        feed = new ChangeFeed(
                source,
                keepsCustomers ? customersLease : principalsLease,
                Map.of(
                        Topic.CUSTOMER, forgetting(cache, CustomerId::new),
                        Topic.PRINCIPAL, forgetting(principalCache, Function.identity())));
        principals = new PostgresPrincipals(gate, principalCache);
        var stored = new PostgresCustomers(gate, clock);
        customers = keepsCustomers ? new CachingCustomers(stored, cache) : stored;
        users = new PostgresUsers(gate);
        signInHistory = new PostgresSignInHistory(gate);
        clientFailures = new PostgresClientFailures(gate);
        serviceAccounts = new PostgresServiceAccounts(gate);
        refreshTokens = new PostgresRefreshTokens(gate);
        auditTrail = new PostgresAuditWriter(gate);
        auditLog = new PostgresAuditReader(gate);
        sweep = new ExpirySweep(gate, clock);
        healthChecks = new HealthChecks(source::connectToProbe, feed::isUp, gate::hasRoom);
        if (inBackground) {
            feed.start();
            sweep.start();
        }
    }

    /** @param clock says when an idempotency key is forgotten, and when something was done last */
    public static Database open(DatabaseSettings settings, Clock clock) {
        return new Database(
                Objects.requireNonNull(settings, "settings"),
                Objects.requireNonNull(clock, "clock"),
                Optional.empty(),
                true);
    }

    /** For one piece of work, beside which nothing happens in the background: what has expired stays, nothing is cached. */
    public static Database openForOneTask(DatabaseSettings settings, Clock clock) {
        return new Database(
                Objects.requireNonNull(settings, "settings"),
                Objects.requireNonNull(clock, "clock"),
                Optional.empty(),
                false);
    }

    /**
     * @param clock says when an idempotency key is forgotten, and when something was done last
     * @param poolMetrics takes the pool's figures
     */
    public static Database open(DatabaseSettings settings, Clock clock, MetricsTrackerFactory poolMetrics) {
        return new Database(
                Objects.requireNonNull(settings, "settings"),
                Objects.requireNonNull(clock, "clock"),
                Optional.of(poolMetrics),
                true);
    }

    public CustomerStore customers() {
        return customers;
    }

    public UserStore users() {
        return users;
    }

    public SignInHistory signInHistory() {
        return signInHistory;
    }

    public ClientFailures clientFailures() {
        return clientFailures;
    }

    public ServiceAccountStore serviceAccounts() {
        return serviceAccounts;
    }

    /** What users and service accounts are now. */
    public PrincipalStore principals() {
        return principals;
    }

    public RefreshTokenStore refreshTokens() {
        return refreshTokens;
    }

    public AuditWriter auditWriter() {
        return auditTrail;
    }

    public AuditReader auditReader() {
        return auditLog;
    }

    /**
     * For those who would rather be told at once than wait for a database that may come.
     *
     * @throws DomainException.StoreUnavailable if the server is not there, or does not let this role in; not if it takes its
     *     time
     */
    public void requireServer() {
        gate.requireServer();
    }

    /**
     * Compares the schema with what this release needs, by one cheap query.
     *
     * @throws DomainException.StoreUnavailable if the database cannot be asked
     */
    public SchemaStatus checkSchema() {
        return gate.callPlain(SchemaCheck::check);
    }

    /**
     * What of the schema's objects is gone although it is current, by one query.
     *
     * @throws DomainException.StoreUnavailable if the database cannot be asked
     */
    public SchemaObjects missingObjects() {
        return gate.callPlain(SchemaObjects::missing);
    }

    /**
     * Whether it takes writes, and what the role that this connects as lacks, by one cheap query.
     *
     * @throws DomainException.StoreUnavailable if the database cannot be asked
     */
    public DatabaseState state() {
        return gate.callPlain(DatabaseState::of);
    }

    /**
     * Whether the server orders text otherwise than when the database was made; to be read after "the database".
     *
     * @throws DomainException.StoreUnavailable if the database cannot be asked
     */
    public Optional<String> collationChange() {
        return gate.callPlain(CollationVersion::change);
    }

    /**
     * What the role that this connects as may do although serving never does: own tables, change the audit trail, create
     * objects. One sentence each; empty if all is well.
     *
     * @throws DomainException.StoreUnavailable if the database cannot be asked
     */
    public List<String> excessRights() {
        return gate.callPlain(ServiceRole::excess);
    }

    /**
     * Asks whether there is a primary that takes writes, for its schema, for the role's rights and whether changes are heard
     * of, each with its own name. Takes about a second at most, also when the database is away; answers may be a quarter of
     * a second old.
     */
    public List<DatabaseCheck> health() {
        return healthChecks.run();
    }

    /** When all that had expired was last deleted; 1970 if not yet. */
    public Instant lastSweep() {
        return sweep.succeeded();
    }

    /** When the database, suspected to be lost, was last found to be there; 1970 if it never was. */
    public Instant lastProbe() {
        return gate.lastProbe();
    }

    /** The customers in memory, for its figures; the values are of no use to others. */
    public Cache<?, ?> customerCache() {
        return cache.figures();
    }

    /** The users and service accounts in memory, likewise. */
    public Cache<?, ?> principalCache() {
        return principalCache.figures();
    }

    /** Calls that are under way fail. */
    @Override
    public void close() {
        feed.close();
        sweep.close();
        gate.close();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private boolean hearsOfChanges(Duration lease) {
        return feed.isTrusted(lease);
    }

    private static <K> ChangeListener forgetting(CachedRows<K, ?> rows, Function<UUID, K> key) {
        return new ChangeListener() {
            @Override
            public void changed(UUID id) {
                rows.invalidate(key.apply(id));
            }

            @Override
            public void anythingMayHaveChanged() {
                rows.invalidateAll();
            }
        };
    }
}
