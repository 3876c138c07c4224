package customerservice.api.transport;

import customerservice.api.caller.TrustedProxies;
import customerservice.api.http.ClientConnection;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.Headers;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection from its first byte to its end, around the server's own. It knows whether a request is being served, so
 * that only a connection that waits is ever closed under its client: the server's own notion of waiting has a race, in
 * which a request is interrupted that has just begun. And it bounds what the server does not bound: how long the head
 * and the body of a request may take.
 */
public final class HttpConnection implements ServerConnection, ClientConnection {

    /** Of an HTTP/2 connection (RFC 9113, section 3.4): all of it, since the server logs a fault where it is wrong. */
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final Duration FOREVER = Duration.ofDays(365);
    private static final int CLOSED = Integer.MIN_VALUE / 2;

    /** After a refusal: what a client may still send before the connection is cut, so that it reads the answer. */
    private static final int MAX_LINGERING_BYTES = 8 * 1_024 * 1_024;
    private static final long MAX_LINGERING_NANOS = 2_000_000_000L;

    private static final ThreadLocal<HttpConnection> OF_THREAD = new ThreadLocal<>();

    private final HttpConnections connections;
    private final RoutedContext context;

    /** How many requests are being served; far below zero once closed. */
    private final AtomicInteger serving = new AtomicInteger();

    /** When the reading of a body has to be over, by the thread that reads. */
    private final Map<Thread, Long> bodyDeadlines = new ConcurrentHashMap<>(1);

    private TrustedProxies.Peer peer;
    private Http1Answer http1Answer;
    private volatile Thread thread;
    private volatile ServerConnection delegate;
    private volatile long waitingSince = System.nanoTime();
    private volatile long lingeringUntil;
    private boolean lingering;

    HttpConnection(HttpConnections connections, RoutedContext context) {
        this.connections = connections;
        this.context = context;
    }

    /** The connection whose thread this is; null on another, such as that of an HTTP/2 stream. */
    public static HttpConnection ofThread() {
        return OF_THREAD.get();
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        thread = Thread.currentThread();
        OF_THREAD.set(this);
        connections.opened(this);
        try {
            if (!context.isSecure()) {
                connections.arriving().arrived(context);
            }
            // Over TLS the first read does the handshake, for which nothing else sets a time.
            ServerConnectionSelector selector = isHttp2() ? connections.http2() : connections.http1();
            connections.arriving().arrived(context);
            ServerConnection connection = selector.connection(context);
            delegate = connection;
            if (serving.get() >= 0) {
                connection.handle(limit);
            }
        } finally {
            if (lingering) {
                linger();
            }
            connections.closed(this);
        }
    }

    private boolean isHttp2() {
        DataReader reader = context.dataReader();
        reader.ensureAvailable();
        while (reader.available() < PREFACE.length) {
            // Whether it is the preface may be plain already.
            if (!beginsLikePreface(reader.getBuffer(reader.available()))) {
                return false;
            }
            reader.pullData();
        }
        return beginsLikePreface(reader.getBuffer(PREFACE.length));
    }

    private static boolean beginsLikePreface(BufferData buffer) {
        for (int i = 0; buffer.available() > 0; i++) {
            if (buffer.read() != PREFACE[i]) {
                return false;
            }
        }
        return true;
    }

    /** A request's head has been read. False if the connection has just been closed, and the request is not to begin. */
    public boolean begin() {
        return serving.getAndIncrement() >= 0;
    }

    public void end() {
        waitingSince = System.nanoTime();
        serving.decrementAndGet();
    }

    @Override
    public void bodyBegins(Duration timeout) {
        bodyDeadlines.put(Thread.currentThread(), System.nanoTime() + timeout.toNanos());
    }

    @Override
    public void bodyEnds() {
        bodyDeadlines.remove(Thread.currentThread());
    }

    /** To be called by the connection's own thread, while it serves: the server stops after this request. */
    void closeAfterAnswer() {
        delegate.close(false);
    }

    /** To be called by the connection's own thread: its last answer is a refusal that the client may not expect yet. */
    void lingerBeforeClose() {
        lingering = true;
    }

    /** Closes the connection if it has been waiting for so long. */
    void closeIfWaiting(Duration atLeast) {
        if (System.nanoTime() - waitingSince >= atLeast.toNanos() && serving.compareAndSet(0, CLOSED)) {
            interrupt();
        }
    }

    /** Asked once a second by the server's timer, which closes the connection when the answer is too long. */
    @Override
    public Duration idleTime() {
        long now = System.nanoTime();
        if (lingeringUntil != 0 && now - lingeringUntil > 0) {
            return FOREVER;
        }
        for (long deadline : bodyDeadlines.values()) {
            if (now - deadline > 0) {
                return FOREVER;
            }
        }
        return serving.get() > 0 ? Duration.ZERO : Duration.ofNanos(now - waitingSince);
    }

    /**
     * The server's timer calls this when {@link #idleTime()} is too long; and its stop, first without and then with the
     * interruption. While it stops, {@link HttpConnections} decides what is closed.
     */
    @Override
    public void close(boolean interrupt) {
        if (interrupt || !connections.isStopping()) {
            interrupt();
        }
    }

    /** Ends it whatever it is doing. */
    void interrupt() {
        ServerConnection connection = delegate;
        if (connection != null) {
            connection.close(true);
        } else if (thread != null) {
            thread.interrupt();
        }
    }

    public Http1Answer http1Answer() {
        if (http1Answer == null) {
            http1Answer = new Http1Answer(context.dataWriter(), this);
        }
        return http1Answer;
    }

    @Override
    public String clientAddress(Headers headers) {
        return connections.proxies().client(peer(), headers);
    }

    @Override
    public boolean isSecure(Headers headers) {
        return context.isSecure() || connections.proxies().saysHttps(peer(), headers);
    }

    private TrustedProxies.Peer peer() {
        if (peer == null) {
            peer = connections.proxies().peer(context.remotePeer().address(), context.proxyHeader());
        }
        return peer;
    }

    /**
     * Reads on for a moment and throws away. A socket closed with data unread is reset, and a reset can overtake the
     * answer; this way the client has time to see it.
     */
    private void linger() {
        lingeringUntil = System.nanoTime() + MAX_LINGERING_NANOS;
        DataReader reader = context.dataReader();
        try {
            int left = MAX_LINGERING_BYTES;
            while (left > 0) {
                reader.ensureAvailable();
                int available = reader.available();
                reader.skip(available);
                left -= available;
            }
        } catch (RuntimeException e) {
            // The client has closed, or the time is up.
        }
    }
}
