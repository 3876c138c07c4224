package customerservice.api.transport;

import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;

/** One listening socket and its connections. */
public final class Listener {

    private static final System.Logger LOG = System.getLogger(Listener.class.getName());

    /** How exactly the time limits of connections are kept. */
    private static final Duration CHECKS = Duration.ofSeconds(1);

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

    private final ListenerSettings settings;
    private final int mostConnections;
    private final HttpConnections connections;
    private volatile WebServer server;
    private volatile InetSocketAddress bound;

    public Listener(ListenerSettings settings, HttpConnections connections) {
        this.settings = settings;
        this.mostConnections = settings.connections();
        this.connections = connections;
    }

    private WebServer newServer(int port) {
        WebServerConfig.Builder builder = WebServer.builder()
                .host(settings.address().host())
                .port(port)
                .addConnectionSelector(connections)
                .protocolsDiscoverServices(false)
                .featuresDiscoverServices(false)
                .maxTcpConnections(mostConnections)
                .maxPayloadSize(settings.maxBodyBytes())
                // Each connection decides itself; this way it is asked at every check.
                .idleConnectionTimeout(Duration.ZERO)
                .idleConnectionPeriod(CHECKS)
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
        return builder.build();
    }

    /** @throws IllegalStateException if the address cannot be listened on */
    public void start() {
        listen(settings.address().port());
        if (mostConnections < settings.maxConnections()) {
            LOG.log(
                    Level.WARNING,
                    "Port " + port() + " takes on " + mostConnections + " connections at once instead of "
                            + settings.maxConnections()
                            + ": more do not fit into the heap, or into the limit of open files");
        }
        Thread.ofPlatform().daemon().name("http-watch").start(this::watch);
    }

    private void listen(int port) {
        String problem = "Cannot listen on " + settings.address().host() + ":" + port;
        WebServer started;
        try {
            started = newServer(port);
            started.start();
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new IllegalStateException(problem, e);
        }
        // It logs what went wrong, and returns.
        if (!started.isRunning()) {
            throw new IllegalStateException(problem);
        }
        server = started;
        bound = new InetSocketAddress(settings.address().host(), started.port());
    }

    private void watch() {
        while (!connections.isStopping()) {
            try {
                look();
                Thread.sleep(CHECKS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        try {
            if (connections.arriving().areTimed()) {
                connections.arriving().closeLate();
            }
            if (isDeaf()) {
                listenAgain();
            }
        } catch (RuntimeException | Error e) {
            // Whatever it is: without this thread no late connection would be closed any more.
            LOG.log(Level.ERROR, "Connections were not looked after, which is repeated", e);
        }
    }

    /**
     * Whether nobody listens any more. The server gives up when a connection cannot be accepted, as where too many files
     * are open (accept(2): EMFILE, ENFILE, ENOBUFS, ENOMEM), and does not say so.
     */
    private boolean isDeaf() {
        try (ServerSocketChannel probe = ServerSocketChannel.open()) {
            probe.bind(bound);
            return !connections.isStopping();
        } catch (IOException e) {
            // Somebody does, or there is still no room for one more.
            return false;
        }
    }

    /** Its connections go on: they are not the server's that has given up. */
    private void listenAgain() {
        int port = port();
        try {
            listen(port);
            LOG.log(Level.ERROR, "Port " + port + " was not listened on any more, and is again");
        } catch (IllegalStateException e) {
            LOG.log(Level.ERROR, "Port " + port + " is not listened on any more", e);
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
            boolean finished = false;
            while (!finished && System.nanoTime() - deadline < 0) {
                connections.closeWaiting(SILENT);
                stopping.join(CHECK_MILLIS);
                // Those of a server that has given up are not known to this one.
                finished = !stopping.isAlive() && connections.isEmpty();
            }
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
