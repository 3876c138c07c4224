package customerservice.api.transport;

import customerservice.api.caller.TrustedProxies;
import customerservice.api.http.RequestHandler;
import customerservice.api.http.capacity.ByteBudget;
import customerservice.api.transport.protocol.ConnectionSettings;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections of one listener, and what they share. */
public final class HttpConnections implements ServerConnectionSelector {

    private final RequestHandler handler;
    private final TrustedProxies proxies;
    private final NewConnections arriving;
    private final ConnectionSettings settings;
    private final ByteBudget budget = ByteBudget.ofReceived();
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    @SuppressWarnings("exports") // for the server that is put together here; nobody outside calls it
    public HttpConnections(
            RequestHandler handler, TrustedProxies proxies, NewConnections arriving, ConnectionSettings settings) {
        this.handler = handler;
        this.proxies = proxies;
        this.arriving = arriving;
        this.settings = settings;
    }

    RequestHandler handler() {
        return handler;
    }

    TrustedProxies proxies() {
        return proxies;
    }

    NewConnections arriving() {
        return arriving;
    }

    ConnectionSettings settings() {
        return settings;
    }

    /** For what clients have sent in parts. */
    ByteBudget budget() {
        return budget;
    }

    void opened(HttpConnection connection) {
        open.add(connection);
    }

    void closed(HttpConnection connection) {
        open.remove(connection);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    boolean isStopping() {
        return stopping;
    }

    /** From now on only {@link #closeWaiting} and {@link #closeAll} close a connection. */
    void beginStop() {
        stopping = true;
    }

    /** And those that are late. */
    void closeWaiting(Duration atLeast) {
        for (HttpConnection connection : open) {
            connection.endIfDue(atLeast);
        }
    }

    void closeAll() {
        for (HttpConnection connection : open) {
            connection.interrupt();
        }
    }

    /** The only selector of its listener, so never asked. */
    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return Set.of(HttpConnection.HTTP_1_1, HttpConnection.HTTP_2);
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new HttpConnection(this, context, arriving.channel(context));
    }
}
