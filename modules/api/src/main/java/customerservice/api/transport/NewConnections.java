package customerservice.api.transport;

import customerservice.api.caller.IpAddress;
import customerservice.api.caller.TrustedProxies;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections from their accept until HTTP begins on them. The server bounds no time of a TLS handshake or of a PROXY
 * header, so that whoever opens connections and stays silent could keep all that it takes on; and it lets everybody write
 * a PROXY header. It knows nothing of this class but that it sets the options of a socket that was just accepted.
 */
public final class NewConnections implements SocketOptions {

    /**
     * What the kernel keeps of an answer that its client does not read. Left to itself it keeps megabytes, and tells that a
     * third of them is free again when a slow client has read that much.
     */
    private static final int SEND_BUFFER = 128 * 1_024;

    private final SocketOptions options = SocketOptions.builder()
            .tcpNoDelay(true)
            .socketSendBufferSize(SEND_BUFFER)
            .build();
    private final TrustedProxies proxies;
    private final boolean proxyProtocol;
    private final boolean timed;
    private final long limitNanos;
    private final Map<Ends, Arrival> pending = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * @param proxyProtocol whether connections begin with a PROXY header, and are refused to all but the proxies, and to
     *     this host itself, which checks its own health
     * @param tls whether they then have a handshake
     * @param limit for both together
     */
    public NewConnections(TrustedProxies proxies, boolean proxyProtocol, boolean tls, Duration limit) {
        this.proxies = proxies;
        this.proxyProtocol = proxyProtocol;
        this.timed = proxyProtocol || tls;
        this.limitNanos = limit.toNanos();
    }

    /** Called by the server's accepting thread; the server closes the connection if this throws. */
    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        try {
            SocketAddress remote = channel.getRemoteAddress();
            if (proxyProtocol && !mayConnect(remote)) {
                throw new IllegalStateException("No proxy");
            }
            pending.put(new Ends(remote, channel.getLocalAddress()), new Arrival(channel, System.nanoTime()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (stopping) {
            stop();
        }
    }

    private boolean mayConnect(SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress socket)) {
            return false;
        }
        InetAddress address = socket.getAddress();
        return address.isLoopbackAddress() || proxies.contains(IpAddress.of(address));
    }

    /**
     * That of a connection which has not arrived yet.
     *
     * @throws CloseConnectionException if it was closed in the meantime; the server, which asks, takes any other exception
     *     for a fault and warns of it
     */
    SocketChannel channel(ConnectionContext context) {
        Arrival arrival = pending.get(ends(context));
        if (arrival == null) {
            throw new CloseConnectionException("It was late");
        }
        return arrival.channel();
    }

    /** From now on the connection's own limits hold. */
    void arrived(ConnectionContext context) {
        pending.remove(ends(context));
    }

    private static Ends ends(ConnectionContext context) {
        return new Ends(context.remotePeer().address(), context.localPeer().address());
    }

    boolean areTimed() {
        return timed;
    }

    /** To be called every now and then: closes those that take too long, and forgets those that have gone. */
    void closeLate() {
        long now = System.nanoTime();
        pending.values().removeIf(arrival -> {
            boolean late = now - arrival.nanos() > limitNanos;
            if (late) {
                close(arrival.channel());
            }
            return late || !arrival.channel().isOpen();
        });
    }

    /** Nothing has been asked on those that are timed; the others arrive at once. */
    void stop() {
        stopping = true;
        if (timed) {
            pending.values().forEach(arrival -> close(arrival.channel()));
        }
    }

    int size() {
        return pending.size();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Then it is gone already.
        }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }

    private record Ends(SocketAddress remote, SocketAddress local) {}

    private record Arrival(SocketChannel channel, long nanos) {}
}
