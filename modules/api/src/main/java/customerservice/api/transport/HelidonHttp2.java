package customerservice.api.transport;

import customerservice.api.http.ConnectionLostException;
import customerservice.api.http.RequestHandler;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.spi.ServerConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP/2 connection around Helidon's own, of which it knows whether it waits, or is waited for too long. */
final class HelidonHttp2 implements HttpProtocol, HttpRouting {

    private static final int CLOSED = Integer.MIN_VALUE / 2;

    private final HttpConnection connection;
    private final RequestHandler handler;
    private final long bodyNanos;
    private final HttpSecurity security = HttpSecurity.create();
    private final ServerConnection delegate;

    /** How many requests are being served; far below zero once closed. */
    private final AtomicInteger serving = new AtomicInteger();

    /** When the reading of a body has to be over, by the thread that reads. */
    private final Map<Thread, Long> bodyDeadlines = new ConcurrentHashMap<>(1);
    private volatile long waitingSince = System.nanoTime();

    /** @param first what has been read of the connection */
    HelidonHttp2(HttpConnection connection, ConnectionContext context, HttpConnections connections, byte[] first) {
        this.connection = connection;
        this.handler = connections.handler();
        this.bodyNanos = connections.settings().bodyNanos();
        this.delegate = connections.http2().connection(new RoutedContext(context, this, connection, first));
    }

    @Override
    public void serve(Limit limit) throws InterruptedException {
        delegate.handle(limit);
    }

    @Override
    public HttpSecurity security() {
        return security;
    }

    @Override
    public void route(ConnectionContext context, RoutingRequest request, RoutingResponse response) {
        if (serving.getAndIncrement() < 0) {
            throw new CloseConnectionException("Closed while it was waiting");
        }
        try {
            handler.handle(new HelidonRequest(request, connection, this), new Http2Answer(response));
        } catch (ConnectionLostException e) {
            throw new CloseConnectionException("The connection is lost", e);
        } finally {
            waitingSince = System.nanoTime();
            serving.decrementAndGet();
        }
    }

    void bodyBegins() {
        bodyDeadlines.putIfAbsent(Thread.currentThread(), System.nanoTime() + bodyNanos);
    }

    void bodyEnds() {
        bodyDeadlines.remove(Thread.currentThread());
    }

    @Override
    public boolean endIfWaiting(long now, long atLeastNanos) {
        return now - waitingSince >= atLeastNanos && serving.compareAndSet(0, CLOSED);
    }

    @Override
    public boolean endIfLate(long now) {
        for (long deadline : bodyDeadlines.values()) {
            if (now - deadline > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void end() {
        delegate.close(true);
    }
}
