package customerservice.api.transport;

/**
 * Where one listener listens, and what it takes on.
 *
 * @param port 0 for any that is free
 * @param maxBodyBytes of a request
 * @param proxyProtocol whether connections begin with a PROXY header
 */
public record ListenerSettings(
        String host,
        int port,
        int maxConnections,
        int maxBodyBytes,
        ServerTls tls,
        boolean proxyProtocol) {}
