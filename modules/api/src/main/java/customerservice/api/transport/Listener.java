package customerservice.api.transport;

import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.time.Duration;

/** One listening socket and its connections. */
public final class Listener {

    /** How exactly the time limits of connections are kept. */
    private static final Duration TIMEOUT_CHECKS = Duration.ofSeconds(1);

    /** The server's own patience is endless: {@link #stop} decides when it ends. */
    private static final Duration SERVER_GRACE = Duration.ofDays(1);

    /**
     * While stopping: how long a kept-alive connection must have been silent to be closed. One that is in use sends its
     * next request sooner, is answered, and told that this was the last.
     */
    private static final Duration SILENT = Duration.ofMillis(500);
    private static final long CHECK_MILLIS = 10;
    private static final Duration FORCED = Duration.ofSeconds(2);

    static {
        // Helidon would look in every module for what it might inject, which takes longer than all else of its start.
        GlobalServiceRegistry.registry(
                ServiceRegistryManager.create(
                        ServiceRegistryConfig.builder()
                                .discoverServices(false)
                                .discoverServicesFromServiceLoader(false)
                                .build())
                        .registry());
    }

    private final HttpConnections connections;
    private final WebServer server;
    private final ListenAddress address;

    public Listener(ListenerSettings settings, HttpConnections connections) {
        this.connections = connections;
        this.address = settings.address();
        WebServerConfig.Builder builder = WebServer.builder()
                .host(address.host())
                .port(address.port())
                .addConnectionSelector(connections)
                .protocolsDiscoverServices(false)
                .featuresDiscoverServices(false)
                .maxTcpConnections(settings.connections())
                .maxPayloadSize(settings.maxBodyBytes())
                // Each connection decides itself; this way it is asked at every check.
                .idleConnectionTimeout(Duration.ZERO)
                .idleConnectionPeriod(TIMEOUT_CHECKS)
                .shutdownGracePeriod(SERVER_GRACE)
                .shutdownHook(false)
                .connectionOptions(connections.arriving())
                .enableProxyProtocol(settings.proxyProtocol())
                .mediaContext(
                        MediaContext.builder().mediaSupportsDiscoverServices(false).registerDefaults(false).build())
                .contentEncoding(
                        ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build());
        if (settings.tls().isPresent()) {
            builder.tls(settings.tls().tls());
        }
        this.server = builder.build();
    }

    /** @throws IllegalStateException if the address cannot be listened on */
    public void start() {
        server.start();
        // It logs what went wrong, and returns.
        if (!server.isRunning()) {
            throw new IllegalStateException("Cannot listen on " + address);
        }
        if (connections.arriving().areTimed()) {
            Thread.ofPlatform().daemon().name("http-arrivals").start(this::watchArrivals);
        }
    }

    private void watchArrivals() {
        while (!connections.isStopping()) {
            connections.arriving().closeLate();
            try {
                Thread.sleep(TIMEOUT_CHECKS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    public int port() {
        return server.port();
    }

    /**
     * Accepts no more connections, lets those that are there finish, and cuts what has not finished in time.
     *
     * @return whether nothing had to be cut
     */
    public boolean stop(Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        connections.beginStop();
        connections.arriving().stop();
        // Returns only when the last connection is gone.
        Thread stopping = Thread.ofPlatform().daemon().name("http-stop").start(server::stop);
        try {
            while (stopping.isAlive() && System.nanoTime() - deadline < 0) {
                connections.closeWaiting(SILENT);
                stopping.join(CHECK_MILLIS);
            }
            boolean finished = !stopping.isAlive();
            if (!finished) {
                connections.closeAll();
                stopping.join(FORCED.toMillis());
            }
            return finished;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connections.closeAll();
            return false;
        }
    }
}
