package customerservice.api.caller;

import customerservice.api.http.message.RequestFields;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.ProxyProtocolV2Data;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The proxies that are believed when they say on whose behalf they ask. What anybody else says is not looked at: they
 * could say what they like.
 */
public final class TrustedProxies {

    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private static final System.Logger LOG = System.getLogger(TrustedProxies.class.getName());

    private static final HeaderName FORWARDED = HeaderNames.FORWARDED;
    private static final HeaderName X_FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
    private static final HeaderName X_FORWARDED_PROTO = HeaderNames.create("X-Forwarded-Proto");

    private final Network[] networks;

    /** Whether a proxy that is not named has been told of; once, for whoever connects can bring it about. */
    private final AtomicBoolean told = new AtomicBoolean();

    public TrustedProxies(List<Network> networks) {
        this.networks = networks.toArray(Network[]::new);
    }

    public boolean contains(IpAddress address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The other end of a connection, or whom it says by the PROXY protocol that it speaks for.
     *
     * @param proxyHeader what stood in the PROXY header, if connections begin with one
     */
    public Peer peer(SocketAddress remote, Optional<ProxyProtocolData> proxyHeader) {
        if (!(remote instanceof InetSocketAddress socket) || socket.getAddress() == null) {
            return Peer.UNKNOWN;
        }
        IpAddress address = IpAddress.of(socket.getAddress());
        boolean trusted = contains(address);
        if (trusted && proxyHeader.isPresent()) {
            IpAddress source = source(proxyHeader.get());
            if (source != null) {
                return new Peer(source.toString(), contains(source), source);
            }
        }
        return new Peer(address.toString(), trusted, address);
    }

    /** Null if the proxy speaks for itself, as for its health checks, or says nothing of use. */
    private static IpAddress source(ProxyProtocolData data) {
        if (data instanceof ProxyProtocolV2Data v2) {
            return isIp(data) && v2.command() == ProxyProtocolV2Data.Command.PROXY
                    && v2.sourceSocketAddress() instanceof InetSocketAddress socket
                    && socket.getAddress() != null ? IpAddress.of(socket.getAddress()) : null;
        }
        return isIp(data) ? IpAddress.parse(data.sourceAddress()) : null;
    }

    /** Of another family the address is made up, or of no meaning. */
    private static boolean isIp(ProxyProtocolData data) {
        return data.family() == ProxyProtocolData.Family.IPv4 || data.family() == ProxyProtocolData.Family.IPv6;
    }

    /**
     * The address of the client who sent a request: going back from the peer through what it and further trusted proxies
     * say, the first that is not one of them. The peer's own if they say nothing, or nothing that makes sense.
     */
    public String client(Peer peer, RequestFields fields) {
        if (!peer.trusted()) {
            if (networks.length == 0 && !told.get()) {
                tellIfForwarded(peer, fields);
            }
            return peer.text();
        }
        boolean forwarded = fields.has(FORWARDED);
        boolean forwardedFor = fields.has(X_FORWARDED_FOR);
        if (!forwarded) {
            return forwardedFor ? client(peer, forwardedFor(fields), true) : peer.text();
        }
        Forwarded parsed = Forwarded.parse(fields.get(FORWARDED));
        String client = parsed == null ? peer.text() : client(peer, parsed.nodes(), false);
        // Some proxy has let one of them pass that it does not write itself, and nobody knows which.
        return forwardedFor && !client.equals(client(peer, forwardedFor(fields), true)) ? peer.text() : client;
    }

    private void tellIfForwarded(Peer peer, RequestFields fields) {
        if ((fields.has(FORWARDED) || fields.has(X_FORWARDED_FOR)) && told.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A request from " + peer.text()
                            + " says by X-Forwarded-For or Forwarded that it comes from somebody"
                            + " else, and server.trusted_proxies is empty. If that is a proxy, all its clients are one to"
                            + " limits, delays and the audit trail: set server.trusted_proxies to the addresses of the"
                            + " proxies. If it is a client, nothing is to be done. This is said once.");
        }
    }

    /** Whether a trusted peer says that its client speaks TLS. */
    public boolean saysHttps(Peer peer, RequestFields fields) {
        if (!peer.trusted()) {
            return false;
        }
        if (fields.has(FORWARDED)) {
            Forwarded parsed = Forwarded.parse(fields.get(FORWARDED));
            return parsed != null && parsed.protocol().equalsIgnoreCase("https");
        }
        return fields.has(X_FORWARDED_PROTO) && fields.get(X_FORWARDED_PROTO).equalsIgnoreCase("https");
    }

    private String client(Peer peer, List<String> nodes, boolean bareIpv6) {
        String furthest = peer.text();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            IpAddress address = node(nodes.get(i).strip(), bareIpv6);
            if (address == null) {
                return peer.text();
            }
            furthest = address.toString();
            if (!contains(address)) {
                break;
            }
        }
        return furthest;
    }

    /**
     * RFC 7239, section 6. Null if it is unknown, hidden or malformed.
     *
     * @param bareIpv6 whether IPv6 may stand without its brackets
     */
    private static IpAddress node(String node, boolean bareIpv6) {
        if (node.startsWith("[")) {
            int close = node.indexOf(']');
            boolean closed = close > 0 && (close + 1 == node.length() || isPort(node, close + 1));
            IpAddress address = closed ? IpAddress.parse(node.substring(1, close)) : null;
            // An IPv4 address has no brackets.
            return closed && node.lastIndexOf(':', close) > 0 ? address : null;
        }
        int colon = node.indexOf(':');
        if (colon < 0 || (bareIpv6 && colon != node.lastIndexOf(':'))) {
            return IpAddress.parse(node);
        }
        return isPort(node, colon) ? IpAddress.parse(node.substring(0, colon)) : null;
    }

    /** Whether nothing follows but a colon and a number, or a hidden port's name. */
    private static boolean isPort(String node, int colon) {
        if (node.charAt(colon) != ':' || node.length() == colon + 1) {
            return false;
        }
        boolean hidden = node.charAt(colon + 1) == '_';
        for (int i = colon + 1; i < node.length(); i++) {
            char c = node.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '-';
            if (!digit && !(hidden && letter)) {
                return false;
            }
        }
        return hidden || node.length() - colon <= 6;
    }

    private static List<String> forwardedFor(RequestFields fields) {
        return Arrays.asList(fields.get(X_FORWARDED_FOR).split(",", -1));
    }

    /**
     * Where a connection comes from.
     *
     * @param text the address, or {@code unknown}
     * @param trusted whether its requests may say where they come from
     */
    public record Peer(String text, boolean trusted, IpAddress address) {

        static final Peer UNKNOWN = new Peer("unknown", false, null);
    }
}
