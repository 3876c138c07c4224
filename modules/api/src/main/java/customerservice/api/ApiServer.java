package customerservice.api;

import customerservice.api.caller.BearerToken;
import customerservice.api.caller.Cors;
import customerservice.api.caller.RateLimits;
import customerservice.api.caller.TrustedProxies;
import customerservice.api.customers.CustomerListResource;
import customerservice.api.customers.CustomerResource;
import customerservice.api.customers.HistoryResource;
import customerservice.api.http.RequestBody;
import customerservice.api.http.Route;
import customerservice.api.http.RouteTable;
import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.http.capacity.Drain;
import customerservice.api.http.capacity.RequestSlots;
import customerservice.api.http.trace.AccessLog;
import customerservice.api.http.trace.RequestIds;
import customerservice.api.identity.JwksResource;
import customerservice.api.identity.LoginResource;
import customerservice.api.identity.OAuthResource;
import customerservice.api.identity.PasswordResource;
import customerservice.api.identity.ServerMetadataResource;
import customerservice.api.identity.ServiceAccountResource;
import customerservice.api.identity.UserResource;
import customerservice.api.operations.AuditResource;
import customerservice.api.operations.DocsPage;
import customerservice.api.operations.HealthReport;
import customerservice.api.operations.HealthResource;
import customerservice.api.operations.MetricsResource;
import customerservice.api.operations.OpenApiResource;
import customerservice.api.operations.ProblemPages;
import customerservice.api.transport.HttpConnections;
import customerservice.api.transport.Listener;
import customerservice.api.transport.ListenerSettings;
import customerservice.api.transport.NewConnections;
import customerservice.api.transport.ServerTls;
import customerservice.api.transport.protocol.ConnectionSettings;
import customerservice.metrics.HttpMetrics;
import customerservice.metrics.ServiceMetrics;
import io.helidon.common.features.HelidonFeatures;
import io.helidon.common.features.api.HelidonFlavor;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * The service's HTTP server: a public listener with the API, and one for those who manage the host, with metrics.
 *
 * <p>It ends in two steps. {@link #beginDrain} tells load balancers and clients to go elsewhere while everything is still
 * answered; {@link #stop} then closes.
 */
public final class ApiServer {

    private static final int MAX_MANAGEMENT_CONNECTIONS = 64;

    /** More than any request takes once its body is there. */
    private static final Duration BEYOND_THE_BODY = Duration.ofSeconds(10);

    private final Listener api;
    private final Listener management;
    private final Drain drain;

    private ApiServer(Listener api, Listener management, Drain drain) {
        this.api = api;
        this.management = management;
        this.drain = drain;
    }

    /**
     * Starts both listeners; requests are answered when this returns.
     *
     * @throws IllegalStateException if an address cannot be listened on
     */
    public static ApiServer start(
            ApiSettings settings,
            ApiServices services,
            ServiceMetrics metrics,
            HealthReport health,
            AccessLog accessLog,
            Clock clock) {
        return start(settings, services, metrics, health, accessLog, clock, System::nanoTime);
    }

    /** @param nanoTime by which slots for requests are found to be stuck */
    static ApiServer start(
            ApiSettings settings,
            ApiServices services,
            ServiceMetrics metrics,
            HealthReport health,
            AccessLog accessLog,
            Clock clock,
            LongSupplier nanoTime) {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(services, "services");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(accessLog, "accessLog");
        Objects.requireNonNull(clock, "clock");
        keepHelidonQuiet();

        var drain = new Drain();
        ApiLimits limits = settings.limits();
        var slots = new RequestSlots(
                limits.maxConcurrentRequests(), limits.requestTimeout().plus(BEYOND_THE_BODY), nanoTime);
        var healthResource = new HealthResource(health, drain, slots, clock);
        List<Route> apiRoutes = apiRoutes(settings, services, metrics, healthResource);
        List<Route> managementRoutes = new ArrayList<>(healthResource.routes());
        managementRoutes.add(new MetricsResource(metrics).route());

        EdgeSettings edge = settings.edge();
        var requestIds = new RequestIds(ThreadLocalRandom.current());
        var admission = new Admission(
                new BearerToken(services.authenticator()),
                new RateLimits(edge.rate(), edge.expensiveRate()),
                slots);
        var body = new RequestBody(limits.maxBodyBytes(), ByteBudget.ofBodies());
        HttpMetrics http = metrics.http();

        var apiTable = new RouteTable(apiRoutes, http);
        var apiDispatcher = new Dispatcher(
                apiTable,
                body,
                admission,
                drain,
                http,
                accessLog,
                requestIds,
                new Cors(edge.corsAllowedOrigins()));
        var proxies = new TrustedProxies(edge.trustedProxies());
        var connectionSettings = new ConnectionSettings(
                limits.idleTimeout(), limits.requestTimeout(), limits.maxBodyBytes());
        var arriving = new NewConnections(
                proxies, edge.proxyProtocol(), settings.tls().isPresent(), limits.requestTimeout());
        var api = new Listener(
                new ListenerSettings(
                        settings.address(),
                        limits.maxConnections(),
                        limits.maxBodyBytes(),
                        settings.tls(),
                        edge.proxyProtocol()),
                new HttpConnections(apiDispatcher, proxies, arriving, connectionSettings));

        var managementTable = new RouteTable(managementRoutes, http);
        var managementDispatcher = new Dispatcher(
                managementTable,
                body,
                admission,
                drain,
                http,
                accessLog,
                requestIds,
                new Cors(List.of()));
        var management = new Listener(
                new ListenerSettings(
                        settings.managementAddress(),
                        MAX_MANAGEMENT_CONNECTIONS,
                        limits.maxBodyBytes(),
                        ServerTls.none(),
                        false),
                new HttpConnections(
                        managementDispatcher,
                        TrustedProxies.NONE,
                        new NewConnections(TrustedProxies.NONE, false, false, limits.requestTimeout()),
                        connectionSettings));

        management.start();
        try {
            api.start();
        } catch (IllegalStateException e) {
            management.stop(Duration.ZERO);
            throw e;
        }
        return new ApiServer(api, management, drain);
    }

    /** Every operation of the public listener. */
    static List<Route> apiRoutes(
            ApiSettings settings, ApiServices services, ServiceMetrics metrics, HealthResource health) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new CustomerResource(services.customers(), settings.requireIfMatch()).routes());
        routes.add(new CustomerListResource(services.customers()).route());
        routes.add(new HistoryResource(services.customers()).route());
        routes.addAll(new UserResource(services.users()).routes());
        routes.add(new PasswordResource(services.users(), metrics.auth()).route());
        routes.addAll(new ServiceAccountResource(services.serviceAccounts()).routes());
        routes.add(new AuditResource(services.audit()).route());
        routes.add(new LoginResource(services.signIn(), metrics.auth()).route());
        routes.addAll(new OAuthResource(services.authorizationServer(), metrics.auth()).routes());
        routes.add(new ServerMetadataResource(services.authorizationServer().settings().issuer(), settings.publicUrl())
                .route());
        routes.add(new JwksResource(services.keys()).route());
        routes.addAll(health.routes());
        routes.addAll(OpenApiResource.routes());
        routes.addAll(DocsPage.routes());
        routes.add(ProblemPages.route());
        return routes;
    }

    /** The port of the public listener. */
    public int port() {
        return api.port();
    }

    public int managementPort() {
        return management.port();
    }

    /**
     * Turns readiness to 503 and says {@code Connection: close} with every answer; everything is still served. To be
     * followed by {@link #stop} once load balancers have noticed.
     */
    public void beginDrain() {
        drain.begin();
    }

    boolean isDraining() {
        return drain.hasBegun();
    }

    /**
     * Accepts no more connections, waits for requests that have begun, closes the connections. To be called once.
     *
     * @param grace how long to wait; after it what is left is cut
     * @return whether every request was answered
     */
    public boolean stop(Duration grace) {
        drain.begin();
        boolean finished = api.stop(grace);
        management.stop(Duration.ofSeconds(1));
        return finished;
    }

    /** Else it looks through the jars for its features in a thread of its own, in order to print them. */
    private static void keepHelidonQuiet() {
        // It prints them only for the flavour that was named first, and the server names the other one.
        HelidonFeatures.flavor(HelidonFlavor.MP);
    }
}
