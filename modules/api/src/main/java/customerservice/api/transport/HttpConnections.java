package customerservice.api.transport;

import customerservice.api.caller.TrustedProxies;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HttpLogConfig;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections of one listener, and the protocols that they may speak. */
public final class HttpConnections implements ServerConnectionSelector {

    /** Request line; room for a cursor and every filter of a list. */
    private static final int MAX_REQUEST_LINE = 8 * 1_024;
    private static final int MAX_HEADERS = 16 * 1_024;
    private static final int MAX_HTTP2_STREAMS = 128;

    private final HttpRouting routing;
    private final TrustedProxies proxies;
    private final NewConnections arriving;
    private final ServerConnectionSelector http1;
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
    private volatile ServerConnectionSelector http2;
    private volatile boolean stopping;

    public HttpConnections(HttpRouting routing, TrustedProxies proxies, NewConnections arriving) {
        this.routing = routing;
        this.proxies = proxies;
        this.arriving = arriving;
        this.http1 = Http1ConnectionSelector.builder()
                .config(
                        Http1Config.builder()
                                .maxPrologueLength(MAX_REQUEST_LINE)
                                .maxHeadersSize(MAX_HEADERS)
                                // QueryParameters is as strict, and names the parameter.
                                .validatePrologue(false)
                                .log(noLog())
                                .buildPrototype())
                .build();
    }

    private static HttpLogConfig noLog() {
        return HttpLogConfig.builder().receiveLog(false).sendLog(false).buildPrototype();
    }

    ServerConnectionSelector http1() {
        return http1;
    }

    /** Made when the first client speaks it. */
    ServerConnectionSelector http2() {
        ServerConnectionSelector selector = http2;
        if (selector == null) {
            selector = Http2ConnectionSelector.builder()
                    .http2Config(
                            Http2Config.builder()
                                    .maxConcurrentStreams(MAX_HTTP2_STREAMS)
                                    .maxHeaderListSize(MAX_HEADERS)
                                    .log(noLog())
                                    .buildPrototype())
                    .build();
            http2 = selector;
        }
        return selector;
    }

    TrustedProxies proxies() {
        return proxies;
    }

    NewConnections arriving() {
        return arriving;
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

    void closeWaiting(Duration atLeast) {
        for (HttpConnection connection : open) {
            connection.closeIfWaiting(atLeast);
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
        return Set.of("http/1.1", "h2");
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        var routed = new RoutedContext(context, routing);
        var connection = new HttpConnection(this, routed);
        routed.connection(connection);
        return connection;
    }
}
