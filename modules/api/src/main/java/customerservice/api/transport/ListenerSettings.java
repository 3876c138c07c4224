package customerservice.api.transport;

import java.time.Duration;

/**
 * Where one listener listens, and what it takes on.
 *
 * @param port 0 for any that is free
 * @param maxBodyBytes of a request
 * @param idleTimeout after which a connection without a request is closed
 * @param proxyProtocol whether connections begin with a PROXY header
 */
public record ListenerSettings(
        String host,
        int port,
        int maxConnections,
        int maxBodyBytes,
        Duration idleTimeout,
        ServerTls tls,
        boolean proxyProtocol) {}
