package customerservice.api.transport;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * A connection's context with our routing in place of the server's, which a listener cannot be given directly; with a
 * reader that tells a client that has gone from a fault of ours; and the way from a request back to its connection.
 */
public final class RoutedContext implements ConnectionContext, Router {

    private final ConnectionContext context;
    private final HttpRouting routing;
    private final DataReader reader;
    private HttpConnection connection;

    RoutedContext(ConnectionContext context, HttpRouting routing) {
        this.context = context;
        this.routing = routing;
        HelidonSocket socket = context.serverSocket();
        this.reader = new ConnectionReader(() -> read(socket));
    }

    /** The server takes the end of the data in the middle of a head or body for an error of its own: a 500, logged. */
    private static byte[] read(HelidonSocket socket) {
        byte[] bytes;
        try {
            bytes = socket.get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("The connection broke", e);
        }
        if (bytes == null) {
            throw new CloseConnectionException("The client has closed");
        }
        return bytes;
    }

    public void connection(HttpConnection connection) {
        this.connection = connection;
    }

    public HttpConnection connection() {
        return connection;
    }

    @Override
    public Router router() {
        return this;
    }

    @Override
    public <T extends Routing> T routing(Class<T> routingType, T defaultValue) {
        return routingType == HttpRouting.class ? routingType.cast(routing) : defaultValue;
    }

    @Override
    public List<? extends Routing> routings() {
        return List.of(routing);
    }

    @Override
    public void beforeStart() {}

    @Override
    public void afterStart(WebServer webServer) {}

    @Override
    public void afterStop() {}

    @Override
    public ListenerContext listenerContext() {
        return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return context.executor();
    }

    @Override
    public DataWriter dataWriter() {
        return context.dataWriter();
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    /** None for the server, which would overwrite X-Forwarded-For with it, even with what the proxy says of itself. */
    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return Optional.empty();
    }

    /** What stood in the PROXY header, if connections begin with one. */
    Optional<ProxyProtocolData> proxyHeader() {
        return context.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return context.localPeer();
    }

    @Override
    public boolean isSecure() {
        return context.isSecure();
    }

    @Override
    public String socketId() {
        return context.socketId();
    }

    @Override
    public String childSocketId() {
        return context.childSocketId();
    }
}
