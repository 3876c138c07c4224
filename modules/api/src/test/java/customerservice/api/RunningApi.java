package customerservice.api;

import customerservice.api.caller.Network;
import customerservice.api.http.Route;
import customerservice.api.http.capacity.Drain;
import customerservice.api.http.capacity.RequestSlots;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.http.trace.AccessEntry;
import customerservice.api.http.trace.AccessLog;
import customerservice.api.operations.HealthCheck;
import customerservice.api.operations.HealthReport;
import customerservice.api.operations.HealthResource;
import customerservice.api.transport.ListenAddress;
import customerservice.auth.account.PasswordCheck;
import customerservice.auth.account.ServiceAccounts;
import customerservice.auth.account.SignIn;
import customerservice.auth.account.Users;
import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
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
import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.customer.Customers;
import customerservice.domain.identity.PrincipalState;
import customerservice.domain.identity.PrincipalStore;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.User;
import customerservice.domain.identity.UserStore;
import customerservice.metrics.ServiceMetrics;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The real server on free ports, with real keys, over customers in memory. */
public final class RunningApi implements AutoCloseable {

    public static final String PASSWORD = "correct horse battery staple";

    /** Made once: RSA keys take their time. */
    private static final ActiveSigningKeys KEYS = new ActiveSigningKeys(SigningKeys.parse(
            SigningKeys.generate(SigningAlgorithm.RS256, Clock.systemUTC()).getBytes(StandardCharsets.UTF_8)));
    private static final TokenSettings TOKENS = new TokenSettings(
            "https://issuer.example", "customer-service", Duration.ofMinutes(15), 1_000);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String HASH = new Passwords(1, 1, RANDOM).hash(PASSWORD.toCharArray());
    private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);

    public final InMemoryCustomers store = new InMemoryCustomers();
    public final InMemoryAuditReader audit = new InMemoryAuditReader();
    public final ServiceMetrics metrics = new ServiceMetrics("1", "abc", "25");
    public final BlockingQueue<AccessEntry> accessEntries = new LinkedBlockingQueue<>();
    public volatile List<HealthCheck> ready = List.of();
    public volatile List<HealthCheck> deep = List.of();

    public final InMemoryServiceAccounts accounts = new InMemoryServiceAccounts();
    private final InMemoryRefreshTokens refresh = new InMemoryRefreshTokens();
    private final InMemoryUsers users = new InMemoryUsers();
    private final AccessTokens tokens;
    private final AtomicLong passed = new AtomicLong();
    private final ApiServer server;

    public static ApiSettings settings() {
        return ApiSettings.defaults()
                .withAddress(ANY_PORT)
                .withManagementAddress(ANY_PORT)
                .withLimits(limits());
    }

    public static ApiLimits limits() {
        return ApiLimits.defaults()
                .withMaxConcurrentRequests(64)
                .withMaxConnections(256)
                .withIdleTimeout(Duration.ofSeconds(30));
    }

    /** With these as trusted proxies. */
    public static EdgeSettings behind(String... networks) {
        EdgeSettings usual = EdgeSettings.defaults();
        return new EdgeSettings(
                Stream.of(networks).map(Network::parse).toList(), false, List.of(), usual.rate(),
                usual.expensiveRate());
    }

    public RunningApi() {
        this(settings());
    }

    public RunningApi(ApiLimits limits) {
        this(settings().withLimits(limits));
    }

    public RunningApi(ApiSettings settings) {
        Clock clock = Clock.systemUTC();
        tokens = new AccessTokens(KEYS, TOKENS, clock, RANDOM);
        var passwords = new Passwords(1, 4, RANDOM);
        var guesses = new ClientGuesses(new InMemoryClientFailures());
        var refreshTokens = new RefreshTokens(refresh, guesses, tokens, _ -> {}, Duration.ofDays(1), clock, RANDOM);
        var check = new PasswordCheck(new InMemorySignInHistory(users), users, passwords, _ -> {}, clock);
        var signIn = new SignIn(check, refreshTokens);
        var authenticator = new Authenticator(new VerifiedTokens(KEYS, TOKENS, clock), principals(users));
        server = ApiServer.start(
                settings,
                new ApiServices(
                        new Customers(store, _ -> {}, clock, RANDOM),
                        new Users(users, passwords, check, _ -> {}, clock, RANDOM),
                        new ServiceAccounts(accounts, _ -> {}, clock, RANDOM),
                        audit,
                        signIn,
                        authorizationServer(tokens, guesses, refreshTokens, authenticator, users, accounts, clock),
                        authenticator,
                        KEYS),
                metrics,
                new HealthReport() {
                    @Override
                    public List<HealthCheck> ready() {
                        return ready;
                    }

                    @Override
                    public List<HealthCheck> deep() {
                        return deep;
                    }
                },
                new AccessLog() {
                    @Override
                    public boolean enabled() {
                        return true;
                    }

                    @Override
                    public void record(AccessEntry entry) {
                        accessEntries.add(entry);
                    }
                },
                clock,
                () -> System.nanoTime() + passed.get());
    }

    /** Those of a public listener, for comparison; not to be served. */
    public static List<Route> routes() {
        Clock clock = Clock.systemUTC();
        var tokenSettings = new TokenSettings("i", "a", Duration.ofMinutes(1), 0);
        var tokens = new AccessTokens(KEYS, tokenSettings, clock, RANDOM);
        var guesses = new ClientGuesses(new InMemoryClientFailures());
        var refreshTokens = new RefreshTokens(
                new InMemoryRefreshTokens(), guesses, tokens, _ -> {}, Duration.ofDays(1), clock, RANDOM);
        var users = new InMemoryUsers();
        var passwords = new Passwords(1, 1, RANDOM);
        var check = new PasswordCheck(new InMemorySignInHistory(users), users, passwords, _ -> {}, clock);
        var signIn = new SignIn(check, refreshTokens);
        var authenticator = new Authenticator(new VerifiedTokens(KEYS, tokenSettings, clock), principals(users));
        var server = authorizationServer(
                tokens, guesses, refreshTokens, authenticator, users, new InMemoryServiceAccounts(), clock);
        HealthReport health = new HealthReport() {
            @Override
            public List<HealthCheck> ready() {
                return List.of();
            }

            @Override
            public List<HealthCheck> deep() {
                return List.of();
            }
        };
        return ApiServer.apiRoutes(
                settings(),
                new ApiServices(
                        new Customers(new InMemoryCustomers(), _ -> {}, clock, RANDOM),
                        new Users(users, passwords, check, _ -> {}, clock, RANDOM),
                        new ServiceAccounts(new InMemoryServiceAccounts(), _ -> {}, clock, RANDOM),
                        new InMemoryAuditReader(),
                        signIn,
                        server,
                        authenticator,
                        KEYS),
                new ServiceMetrics("1", "c", "25"),
                new HealthResource(
                        health, new Drain(), new RequestSlots(1, Duration.ZERO, System::nanoTime), clock));
    }

    /** Users are what they are, and stay gone; tokens of others are made up, and good. */
    private static PrincipalStore principals(UserStore users) {
        var everything = new PrincipalState(0, EnumSet.allOf(Scope.class));
        Set<UUID> known = ConcurrentHashMap.newKeySet();
        return id -> {
            Optional<User> user = users.find(id);
            user.ifPresent(found -> known.add(id));
            return known.contains(id)
                    ? user.filter(User::active).map(active -> new PrincipalState(0, active.role().scopes()))
                    : Optional.of(everything);
        };
    }

    private static AuthorizationServer authorizationServer(
            AccessTokens tokens,
            ClientGuesses guesses,
            RefreshTokens refreshTokens,
            Authenticator authenticator,
            UserStore users,
            InMemoryServiceAccounts accounts,
            Clock clock) {
        return new AuthorizationServer(
                new ClientAuthenticator(accounts, guesses, _ -> {}, clock),
                new ClientCredentials(tokens, _ -> {}, _ -> {}, clock),
                refreshTokens,
                new Introspection(authenticator, refreshTokens, users, accounts, clock),
                TOKENS);
    }

    /** Somebody with {@link #PASSWORD}. */
    public User addUser(String name, Role role) {
        var user = new User(UUID.randomUUID(), name, role, HASH, true, Instant.EPOCH);
        users.insert(user, new AuditEntry(
                Instant.EPOCH, "user.create", name, 0, List.of(), new Caller("system", "test", "local")));
        return user;
    }

    /** One of that user's. */
    public String token(User user) {
        return tokens.issue(user, 0).value();
    }

    public String token(Role role) {
        return tokens.issue(new User(UUID.randomUUID(), "somebody", role, "", true, Instant.EPOCH), 0).value();
    }

    /** As if so much time had passed, for what goes by the process's own time. */
    void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    public ApiServer server() {
        return server;
    }

    public Connection connect() {
        return new Connection(server.port());
    }

    public Connection connectToManagement() {
        return new Connection(server.managementPort());
    }

    /** As an admin, on a connection of its own. */
    public Reply call(String method, String path, String... fields) {
        return call(method, path, "", fields);
    }

    public Reply send(String method, String path, String body, String... fields) {
        String type = method.equals("PATCH") ? MediaTypes.MERGE_PATCH : MediaTypes.JSON;
        String[] all = java.util.Arrays.copyOf(fields, fields.length + 1);
        all[fields.length] = "Content-Type: " + type;
        return call(method, path, body, all);
    }

    private Reply call(String method, String path, String body, String[] fields) {
        // Before the connection, whose limits may be short: a token takes its time.
        String request = request(method, path, body, fields);
        try (Connection connection = connect()) {
            return connection.send(request).read(method.equals("HEAD"));
        }
    }

    /** The request's text; it has an admin's token unless it brings an Authorization field. */
    public String request(String method, String path, String body, String... fields) {
        var text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        boolean authorized = false;
        for (String field : fields) {
            text.append(field).append("\r\n");
            authorized |= field.startsWith("Authorization:");
        }
        if (!authorized) {
            text.append("Authorization: Bearer ").append(token(Role.ADMIN)).append("\r\n");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            text.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        return text + "\r\n" + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Creates a customer; its id. */
    public String create(String name, String email) {
        return create(name, email, "{}");
    }

    /** @param metadata an object */
    public String create(String name, String email, String metadata) {
        Reply reply = send(
                "POST", "/v1/customers",
                "{\"name\":\"" + name + "\",\"email\":\"" + email + "\",\"metadata\":" + metadata + "}");
        if (reply.status() != 201) {
            throw new IllegalStateException(reply.head() + reply.text());
        }
        return (String) reply.json().get("id");
    }

    /** The next entry of the access log, which is written when the answer is already with the client. */
    public AccessEntry nextAccessEntry() throws InterruptedException {
        AccessEntry entry = accessEntries.poll(10, TimeUnit.SECONDS);
        if (entry == null) {
            throw new IllegalStateException("No entry in the access log");
        }
        return entry;
    }

    @Override
    public void close() {
        server.stop(Duration.ofSeconds(5));
    }
}
