package customerservice.api.transport;

import customerservice.api.caller.TrustedProxies;
import customerservice.api.http.message.ConnectionLostException;
import customerservice.api.http.message.RequestFields;
import customerservice.api.transport.http1.ConnectionPhase;
import customerservice.api.transport.http1.Http1Connection;
import customerservice.api.transport.http2.exchange.Http2Protocol;
import customerservice.api.transport.protocol.ClientConnection;
import customerservice.api.transport.protocol.HttpProtocol;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ProxyProtocolData.Family;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * One connection from its first byte to its end: finds out what version of HTTP it speaks, and is what the server's timer
 * and a drain see of it. Nobody but its own thread ends it while it serves in time.
 */
final class HttpConnection implements ServerConnection, ClientConnection {

    /** Of an HTTP/2 connection (RFC 9113, section 3.4). */
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Names of RFC 7301's registry. */
    static final String HTTP_1_1 = "http/1.1";
    static final String HTTP_2 = "h2";

    private static final byte[] NOTHING = {};

    /** How long the end may take once it is decided: over TLS the goodbye waits for the peer, and for whoever else writes. */
    private static final long GOODBYE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration FOREVER = Duration.ofDays(365);

    private final HttpConnections connections;
    private final ConnectionContext context;
    private final HelidonSocket socket;
    private final WriteProgress progress;
    private final ProgressWriter writer;
    private final ConnectionPhase phase = new ConnectionPhase(System.nanoTime());
    private final SocketChannel channel;

    private TrustedProxies.Peer peer;
    private volatile Thread thread;
    private volatile HttpProtocol protocol;

    /** When it is cut if it has not ended; 0 before its end is decided. */
    private volatile long goneBy;

    HttpConnection(HttpConnections connections, ConnectionContext context, SocketChannel channel) {
        this.connections = connections;
        this.context = context;
        this.channel = channel;
        this.socket = context.serverSocket();
        this.progress = new WriteProgress(
                Duration.ofNanos(connections.settings().answerNanos()), WriteProgress.BYTES_PER_SECOND);
        this.writer = new ProgressWriter(context.dataWriter(), progress);
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        thread = Thread.currentThread();
        connections.opened(this);
        try {
            if (!context.isSecure()) {
                connections.arriving().arrived(context);
            }
            // Over TLS the first read does the handshake, for which nothing else sets a time.
            byte[] first = firstBytes();
            connections.arriving().arrived(context);
            if (first.length > 0 && phase.serves()) {
                serve(first, limit);
            }
        } catch (ConnectionLostException e) {
            // There is nobody to tell.
        } finally {
            leave();
        }
    }

    /** While the timer still knows of it: the server would close the socket later, and wait as long as the peer likes. */
    private void leave() {
        decideEnd();
        try {
            socket.close();
        } catch (UncheckedIOException e) {
            // Then it is closed.
        } finally {
            connections.closed(this);
        }
    }

    private void decideEnd() {
        if (goneBy == 0) {
            goneBy = System.nanoTime() + GOODBYE_NANOS | 1;
        }
    }

    /** By the version that was agreed upon by ALPN (RFC 7301, section 3.2), or else by what comes first. */
    private void serve(byte[] first, Limit limit) throws InterruptedException {
        boolean preface = beginsLikePreface(first);
        String agreed = socket.protocolNegotiated() ? socket.protocol() : "";
        if (agreed.equals(HTTP_2) && !preface) {
            return;
        }
        HttpProtocol found = preface && !agreed.equals(HTTP_1_1) ? http2(first) : http1(first);
        protocol = found;
        found.serve(limit);
    }

    private Http1Connection http1(byte[] first) {
        return new Http1Connection(
                this, connections.handler(), connections.settings(), phase, connections.budget(), first);
    }

    private Http2Protocol http2(byte[] first) {
        return new Http2Protocol(
                this,
                connections.handler(),
                connections.settings(),
                connections.budget(),
                connections::isStopping,
                context.executor(),
                first);
    }

    /** As many as it takes to know whether they are the preface. */
    private byte[] firstBytes() {
        byte[] first = NOTHING;
        while (first.length < PREFACE.length && beginsLikePreface(first)) {
            byte[] piece = read();
            if (piece == null) {
                return NOTHING;
            }
            if (first.length == 0 && isRestOfProxyHeader(piece)) {
                piece = Arrays.copyOfRange(piece, 1, piece.length);
            }
            byte[] before = first;
            first = before.length == 0 ? piece : Arrays.copyOf(before, before.length + piece.length);
            System.arraycopy(piece, 0, first, before.length, piece.length);
            if (before.length == 0 && !phase.reads(System.nanoTime() + connections.settings().headNanos())) {
                return NOTHING;
            }
        }
        return first;
    }

    /**
     * Whether it begins with the LF of a PROXY header without addresses, of which the server takes only the CR. Over TLS the
     * handshake has failed of it.
     */
    private boolean isRestOfProxyHeader(byte[] piece) {
        return piece.length > 0
                && piece[0] == '\n'
                && !context.isSecure()
                && context.proxyProtocolData().filter(header -> header.family() == Family.UNKNOWN).isPresent();
    }

    private static boolean beginsLikePreface(byte[] first) {
        int length = Math.min(first.length, PREFACE.length);
        return Arrays.equals(first, 0, length, PREFACE, 0, length);
    }

    @Override
    public byte[] read() {
        try {
            return socket.get();
        } catch (UncheckedIOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        try {
            writer.write(bytes, from, length);
        } catch (SocketWriterException | UncheckedIOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public void write(byte[] head, int headLength, byte[] bytes, int from, int length) {
        try {
            writer.write(head, headLength, bytes, from, length);
        } catch (SocketWriterException | UncheckedIOException e) {
            throw new ConnectionLostException(e);
        }
    }

    @Override
    public boolean isSecure() {
        return context.isSecure();
    }

    @Override
    public void endOutput() {
        if (isSecure()) {
            // It would look cut off without an alert, which the socket can only send when it closes for good. The client
            // knows the end of its answer by its length.
            return;
        }
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            // Then the client has closed already.
        }
    }

    /** Ends what is late, and closes the connection if no request has begun for so long. */
    void endIfDue(Duration atLeast) {
        long now = System.nanoTime();
        HttpProtocol current = protocol;
        if (isOverdue(now)) {
            cut();
        } else if (isLate(current, now) || progress.isTooSlow(now)) {
            interrupt();
        } else if (isWaiting(current, now, atLeast.toNanos())) {
            endInput();
        }
    }

    private boolean isWaiting(HttpProtocol current, long now, long atLeastNanos) {
        return current == null
                ? phase.closeIfWaiting(now, atLeastNanos)
                : current.endIfWaiting(now, atLeastNanos);
    }

    /** Wakes up the thread that waits: it comes to the end of the input and says goodbye as the protocol wants it. */
    private void endInput() {
        decideEnd();
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            interrupt();
        }
    }

    /** Asked once a second by the server's timer, which calls {@link #close} when the answer is too long. */
    @Override
    public Duration idleTime() {
        return FOREVER;
    }

    /** By the server's timer, and by its stop. */
    @Override
    public void close(boolean interrupt) {
        if (interrupt) {
            interrupt();
        } else if (!connections.isStopping()) {
            endIfDue(connections.settings().idle());
        }
    }

    private boolean isLate(HttpProtocol current, long now) {
        return current == null ? phase.closeIfLate(now) : current.endIfLate(now);
    }

    private boolean isOverdue(long now) {
        long until = goneBy;
        return until != 0 && now - until > 0;
    }

    /** Wakes up whoever waits for the socket, or for a lock of whoever does: no interrupt would, but for one thread. */
    private void cut() {
        try {
            channel.close();
        } catch (IOException e) {
            // Then it is closed.
        }
    }

    /** Ends it whatever it is doing; what is being worked at may still be answered, if that is done at once. */
    void interrupt() {
        decideEnd();
        HttpProtocol current = protocol;
        if (current != null) {
            current.end();
        }
        phase.close();
        Thread serving = thread;
        if (serving != null) {
            serving.interrupt();
        }
    }

    @Override
    public String clientAddress(RequestFields fields) {
        return connections.proxies().client(peer(), fields);
    }

    @Override
    public boolean isSecure(RequestFields fields) {
        return context.isSecure() || connections.proxies().saysHttps(peer(), fields);
    }

    private TrustedProxies.Peer peer() {
        if (peer == null) {
            peer = connections.proxies().peer(context.remotePeer().address(), context.proxyProtocolData());
        }
        return peer;
    }
}
