package customerservice.app.service;

import com.zaxxer.hikari.metrics.prometheus.PrometheusHistogramMetricsTrackerFactory;
import customerservice.api.ApiServer;
import customerservice.api.ApiServices;
import customerservice.api.ApiSettings;
import customerservice.api.operations.HealthCheck;
import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.ConfigurationException;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Keys;
import customerservice.app.logging.Logs;
import customerservice.app.systemd.SelfCheck;
import customerservice.app.systemd.Supervision;
import customerservice.app.systemd.Systemd;
import customerservice.auth.account.PasswordCheck;
import customerservice.auth.account.ServiceAccounts;
import customerservice.auth.account.SignIn;
import customerservice.auth.account.Users;
import customerservice.auth.key.SigningKeysException;
import customerservice.auth.oauth.AuthorizationServer;
import customerservice.auth.oauth.ClientAuthenticator;
import customerservice.auth.oauth.ClientCredentials;
import customerservice.auth.oauth.ClientGuesses;
import customerservice.auth.oauth.Introspection;
import customerservice.auth.oauth.RefreshTokens;
import customerservice.auth.password.Passwords;
import customerservice.auth.token.AccessTokens;
import customerservice.auth.token.Authenticator;
import customerservice.auth.token.TokenSettings;
import customerservice.auth.token.VerifiedTokens;
import customerservice.domain.customer.Customers;
import customerservice.metrics.ServiceMetrics;
import customerservice.persistence.Database;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** The whole service, running: {@link #start} wires it from top to bottom, {@link #close} takes it down in order. */
public final class CustomerService implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(CustomerService.class.getName());

    /** What is left of the time to stop after the last request: closing connections, the last log lines. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    /**
     * A change of keys or of a certificate is in force two looks later at the latest. The documents say two seconds: the
     * other one is for a machine that is busy.
     */
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

    private final Configuration configuration;
    private final Systemd systemd;
    private final LiveFilesWatch liveFiles;
    private final Database database;
    private final ApiServer api;
    private final Logs logs;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Null where systemd does not listen. */
    private Supervision supervision;

    private CustomerService(
            Configuration configuration,
            Systemd systemd,
            LiveFilesWatch liveFiles,
            Database database,
            ApiServer api,
            Logs logs) {
        this.configuration = configuration;
        this.systemd = systemd;
        this.liveFiles = liveFiles;
        this.database = database;
        this.api = api;
        this.logs = logs;
    }

    /**
     * Starts; returns when requests are served.
     *
     * @param configuration loaded with all credentials
     * @throws ConfigurationException if the signing keys are no good
     * @throws StartException if it cannot, for another reason outside of the program
     */
    public static CustomerService start(Configuration configuration) {
        return start(configuration, () -> {});
    }

    /** @param beforeListening called when there is nothing left to do but to listen; what it throws ends the start */
    static CustomerService start(Configuration configuration, Runnable beforeListening) {
        Objects.requireNonNull(configuration, "configuration");
        Clock clock = Clock.systemUTC();
        var random = new SecureRandom();
        Build build = Build.current();

        Logs logs = Logs.current();
        logs.configure(configuration);
        LOGGER.info(
                "customer-service " + build.version() + ", commit " + build.commit() + ", JDK " + Runtime.version());
        LOGGER.info("configuration in force: " + configuration);
        Systemd systemd = Systemd.of(System.getenv());

        var metrics = new ServiceMetrics(build.version(), build.commit(), Runtime.version().toString());
        metrics.droppedLogLines(logs::dropped);

        Database database = Database.open(
                ModuleSettings.database(configuration), clock,
                new PrometheusHistogramMetricsTrackerFactory(metrics.registry()));
        try {
            LiveKeys keys = signingKeys(configuration, database, logs, clock);
            SchemaWait.until(database, configuration.get(Keys.STARTUP_TIMEOUT), systemd);
            metrics.cache("customers", database.customerCache());
            metrics.cache("principals", database.principalCache());
            metrics.lastSweep(() -> database.lastSweep().getEpochSecond());
            metrics.lastProbe(() -> database.lastProbe().getEpochSecond());
            var customers = new Customers(database.customers(), logs.auditStream(), clock, random);

            TokenSettings tokens = ModuleSettings.tokens(configuration);
            var passwords = new Passwords(
                    configuration.get(Keys.AUTH_CONCURRENT_HASHES), configuration.get(Keys.AUTH_WAITING_HASHES),
                    random);
            var check = new PasswordCheck(database.signInHistory(), database.users(), passwords, logs.auditStream(),
                    clock);
            var users = new Users(database.users(), passwords, check, logs.auditStream(), clock, random);
            var serviceAccounts = new ServiceAccounts(
                    database.serviceAccounts(), logs.auditStream(), clock, random);
            var accessTokens = new AccessTokens(keys.ring(), tokens, clock, random);
            var guesses = new ClientGuesses(database.clientFailures());
            var refreshTokens = new RefreshTokens(
                    database.refreshTokens(), guesses, accessTokens, logs.auditStream(),
                    configuration.get(Keys.AUTH_REFRESH_TOKEN_LIFETIME), clock, random);
            var signIn = new SignIn(check, refreshTokens);
            var verifiedTokens = new VerifiedTokens(keys.ring(), tokens, clock);
            var authenticator = new Authenticator(verifiedTokens, database.principals());
            var authorizationServer = new AuthorizationServer(
                    new ClientAuthenticator(database.serviceAccounts(), guesses, logs.auditStream(), clock),
                    new ClientCredentials(accessTokens, database.auditWriter(), logs.auditStream(), clock),
                    refreshTokens,
                    new Introspection(
                            authenticator, refreshTokens, database.users(), database.serviceAccounts(), clock),
                    tokens);
            metrics.cache("verified-tokens", verifiedTokens.cache());

            List<LiveFiles> files = new ArrayList<>(List.of(keys.files()));
            List<Supplier<HealthCheck>> checks = new ArrayList<>(List.of(keys.files()::check));
            ApiSettings settings = ModuleSettings.api(configuration);
            if (configuration.get(Keys.SERVER_TLS)) {
                LiveCertificate certificate = certificate(configuration, settings, clock);
                files.add(certificate.files());
                checks.add(certificate::check);
                metrics.certificateNotAfter(certificate::notAfter);
            }

            beforeListening.run();
            ApiServer api = listen(() -> ApiServer.start(
                    settings,
                    new ApiServices(
                            customers,
                            users,
                            serviceAccounts,
                            database.auditReader(),
                            signIn,
                            authorizationServer,
                            authenticator,
                            keys.ring()),
                    metrics,
                    new Health(database, checks),
                    logs.accessLog(),
                    clock));
            var watch = LiveFilesWatch.start(files, LOOK_INTERVAL);
            var service = new CustomerService(configuration, systemd, watch, database, api, logs);
            LOGGER.info("serving at " + service.address() + ", management at " + service.managementAddress());
            service.tellSystemd(metrics);
            return service;
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    private static LiveKeys signingKeys(
            Configuration configuration, Database database, Logs logs, Clock clock) {
        try {
            return new LiveKeys(
                    configuration.credentialFile(Credential.JWT_KEYS), database.auditWriter(), logs.auditStream(),
                    clock);
        } catch (SigningKeysException e) {
            throw new ConfigurationException(List.of(e.getMessage()));
        }
    }

    private static LiveCertificate certificate(Configuration configuration, ApiSettings settings, Clock clock) {
        return new LiveCertificate(
                configuration.credentialFile(Credential.TLS_CERTIFICATE),
                configuration.credentialFile(Credential.TLS_KEY),
                settings.tls(),
                clock);
    }

    private static ApiServer listen(Supplier<ApiServer> start) {
        try {
            return start.get();
        } catch (IllegalStateException e) {
            throw new StartException(e.getMessage());
        }
    }

    private void tellSystemd(ServiceMetrics metrics) {
        if (!systemd.isPresent()) {
            return;
        }
        var figures = new Figures(metrics.registry(), "serving on port " + api.port());
        Duration checkLimit = Supervision.checkLimit(systemd.watchdogInterval().orElse(Duration.ofSeconds(8)));
        var check = new SelfCheck(
                address(), managementAddress(), configuration.get(Keys.SERVER_PROXY_PROTOCOL), figures::answered,
                checkLimit, UncheckedTls::sockets);
        systemd.ready("serving on port " + api.port());
        supervision = Supervision.start(systemd, check, figures::statusLine);
    }

    /** Of the public listener as this host reaches it, with the port that it really has. */
    public URI address() {
        return LocalAddress.uri(
                configuration.get(Keys.SERVER_TLS), configuration.get(Keys.SERVER_HOST), api.port());
    }

    /** Of the management listener as this host reaches it, with the port that it really has. */
    public URI managementAddress() {
        return LocalAddress.uri(false, configuration.get(Keys.MANAGEMENT_HOST), api.managementPort());
    }

    /**
     * Stops in order: turns unready, serves on for the configured delay, lets requests in flight complete, closes. A second
     * call does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Duration delay = configuration.get(Keys.SHUTDOWN_READINESS_DELAY);
        Duration timeout = configuration.get(Keys.SHUTDOWN_TIMEOUT);
        LOGGER.info("stopping; serving on for " + delay.toMillis() + " ms");
        if (supervision != null) {
            supervision.stopping();
        }
        liveFiles.close();
        systemd.stopping("draining", delay.plus(timeout).plus(CLOSING));
        api.beginDrain();
        sleep(delay);
        if (!api.stop(timeout)) {
            LOGGER.warning("requests were cut off that took longer than " + timeout.toMillis() + " ms");
        }
        if (supervision != null) {
            supervision.close();
        }
        database.close();
        LOGGER.info("stopped");
        logs.flush();
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            // In a hurry, then.
            Thread.currentThread().interrupt();
        }
    }
}
