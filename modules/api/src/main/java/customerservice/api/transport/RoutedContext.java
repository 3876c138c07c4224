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
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * The context of an HTTP/2 connection with our routing in place of the server's, which a listener cannot be given directly;
 * with a reader that tells a client that has gone from a fault of ours, and a writer that tells how it goes.
 */
final class RoutedContext implements ConnectionContext, Router {

    private final ConnectionContext context;
    private final HttpRouting routing;
    private final HttpConnection connection;
    private final DataReader reader;
    private byte[] first;

    /** @param first what has been read of the connection already */
    RoutedContext(ConnectionContext context, HttpRouting routing, HttpConnection connection, byte[] first) {
        this.context = context;
        this.routing = routing;
        this.connection = connection;
        this.first = first;
        this.reader = new ConnectionReader(this::read);
    }

    /** The server takes the end of the data in the middle of a head or body for an error of its own: a 500, logged. */
    private byte[] read() {
        byte[] bytes = first;
        first = null;
        if (bytes == null) {
            bytes = connection.read();
        }
        if (bytes == null) {
            throw new CloseConnectionException("The client has closed");
        }
        return bytes;
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
        return connection.writer();
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
