package customerservice.app.service;

import customerservice.api.ApiLimits;
import customerservice.api.ApiSettings;
import customerservice.api.EdgeSettings;
import customerservice.api.transport.ListenAddress;
import customerservice.api.transport.ServerTls;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.ConfigurationException;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Keys;
import customerservice.auth.token.TokenSettings;
import customerservice.persistence.connection.CacheSettings;
import customerservice.persistence.connection.ConnectionTimeouts;
import customerservice.persistence.connection.DatabaseSettings;
import customerservice.persistence.connection.PoolSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What each module wants to know of the configuration. */
@SuppressWarnings("exports") // for this module's commands; nobody outside calls it
public final class ModuleSettings {

    /** Of tokens where nothing says by what URL clients come. */
    private static final String DEFAULT_ISSUER = "customer-service";

    // Somebody is at the shell, perhaps on a host that has its hands full, and nobody waits behind them.
    private static final PoolSettings POOL_OF_COMMAND = new PoolSettings(1, 0, Duration.ofSeconds(10));

    private ModuleSettings() {}

    /** @param configuration loaded with the database's password */
    public static DatabaseSettings database(Configuration configuration) {
        return database(
                configuration,
                configuration.get(Keys.DATABASE_USER),
                configuration.databasePassword(),
                new PoolSettings(
                        configuration.get(Keys.DATABASE_POOL_SIZE),
                        configuration.get(Keys.DATABASE_MAX_WAITING),
                        configuration.get(Keys.DATABASE_ACQUIRE_TIMEOUT)));
    }

    /**
     * For a command: one connection, for which it can wait longer than a request could, and no cache.
     *
     * @param configuration loaded with the database's password
     */
    public static DatabaseSettings databaseOfCommand(Configuration configuration) {
        return database(
                configuration,
                configuration.get(Keys.DATABASE_USER),
                configuration.databasePassword(),
                POOL_OF_COMMAND).withoutCache();
    }

    /**
     * For migrations: as the role that owns the tables.
     *
     * @param configuration loaded with the password for migrations
     */
    public static DatabaseSettings databaseToMigrate(Configuration configuration) {
        String owner = configuration.get(Keys.DATABASE_MIGRATION_USER);
        return database(
                configuration,
                owner.isEmpty() ? configuration.get(Keys.DATABASE_USER) : owner,
                configuration.migrationPassword(),
                POOL_OF_COMMAND).withoutCache();
    }

    private static DatabaseSettings database(
            Configuration configuration, String user, String password, PoolSettings pool) {
        return new DatabaseSettings(
                configuration.get(Keys.DATABASE_URL),
                user,
                password,
                pool,
                new ConnectionTimeouts(
                        configuration.get(Keys.DATABASE_CONNECT_TIMEOUT),
                        configuration.get(Keys.DATABASE_SOCKET_TIMEOUT),
                        configuration.get(Keys.DATABASE_STATEMENT_TIMEOUT)),
                new CacheSettings(
                        configuration.get(Keys.CACHE_MAXIMUM_BYTES), configuration.get(Keys.CACHE_LEASE)));
    }

    /** What the installation calls itself in tokens and to clients: {@code iss}, and the metadata's {@code issuer}. */
    public static String issuer(Configuration configuration) {
        String issuer = configuration.get(Keys.AUTH_ISSUER);
        String publicUrl = configuration.get(Keys.SERVER_PUBLIC_URL);
        if (!issuer.isEmpty()) {
            return issuer;
        }
        return publicUrl.isEmpty() ? DEFAULT_ISSUER : publicUrl;
    }

    /**
     * What instances of this installation call it that have not got this configuration yet, or not any more: without
     * {@code server.public_url} or before it was the issuer, and where {@code auth.issuer} keeps it from being that.
     */
    private static Set<String> otherIssuers(Configuration configuration) {
        Set<String> others = new HashSet<>();
        if (configuration.get(Keys.AUTH_ISSUER).isEmpty()) {
            others.add(DEFAULT_ISSUER);
        }
        if (!configuration.get(Keys.SERVER_PUBLIC_URL).isEmpty()) {
            others.add(configuration.get(Keys.SERVER_PUBLIC_URL));
        }
        others.remove(issuer(configuration));
        return others;
    }

    /** Of access tokens. */
    public static TokenSettings tokens(Configuration configuration) {
        return new TokenSettings(
                issuer(configuration),
                otherIssuers(configuration),
                configuration.get(Keys.AUTH_AUDIENCE),
                configuration.get(Keys.AUTH_ACCESS_TOKEN_LIFETIME),
                configuration.get(Keys.AUTH_VERIFIED_TOKEN_CACHE_SIZE));
    }

    /**
     * Of the HTTP server.
     *
     * @param configuration loaded with all credentials
     * @throws ConfigurationException if the certificate or its key is no good
     */
    public static ApiSettings api(Configuration configuration) {
        return new ApiSettings(
                new ListenAddress(configuration.get(Keys.SERVER_HOST), configuration.get(Keys.SERVER_PORT)),
                new ListenAddress(configuration.get(Keys.MANAGEMENT_HOST), configuration.get(Keys.MANAGEMENT_PORT)),
                limits(configuration),
                configuration.get(Keys.SERVER_REQUIRE_IF_MATCH),
                tls(configuration),
                configuration.get(Keys.SERVER_PUBLIC_URL),
                edge(configuration));
    }

    private static ApiLimits limits(Configuration configuration) {
        return new ApiLimits(
                configuration.get(Keys.LIMITS_MAX_CONCURRENT_REQUESTS),
                configuration.get(Keys.LIMITS_MAX_CONNECTIONS),
                configuration.get(Keys.SERVER_IDLE_TIMEOUT),
                configuration.get(Keys.SERVER_REQUEST_TIMEOUT),
                configuration.get(Keys.LIMITS_MAX_BODY_BYTES));
    }

    private static EdgeSettings edge(Configuration configuration) {
        try {
            return new EdgeSettings(
                    configuration.get(Keys.SERVER_TRUSTED_PROXIES),
                    configuration.get(Keys.SERVER_PROXY_PROTOCOL),
                    configuration.get(Keys.SERVER_CORS_ALLOWED_ORIGINS),
                    configuration.get(Keys.LIMITS_RATE),
                    configuration.get(Keys.LIMITS_EXPENSIVE_RATE));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(Keys.SERVER_PROXY_PROTOCOL + ": " + e.getMessage()));
        }
    }

    /** Of the public listener. */
    public static ServerTls tls(Configuration configuration) {
        if (!configuration.get(Keys.SERVER_TLS)) {
            return ServerTls.none();
        }
        try {
            return ServerTls.of(
                    configuration.credentialFile(Credential.TLS_CERTIFICATE),
                    configuration.credentialFile(Credential.TLS_KEY));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of(e.getMessage()));
        }
    }
}
