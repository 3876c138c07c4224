package customerservice.api.transport;

/**
 * Where one listener listens, and what it takes on.
 *
 * @param maxBodyBytes of a request
 * @param proxyProtocol whether connections begin with a PROXY header
 */
public record ListenerSettings(
        ListenAddress address,
        int maxConnections,
        int maxBodyBytes,
        ServerTls tls,
        boolean proxyProtocol) {

    /** What the server's socket keeps for a connection from its accept on, before a byte has come: measured. */
    private static final int BYTES_OF_TLS_CONNECTION = 88 * 1_024;

    /** Over TLS, no more than fit into half of the heap: silent ones would end the process otherwise. */
    int connections() {
        return tls.isPresent() ? overTls(maxConnections, Runtime.getRuntime().maxMemory()) : maxConnections;
    }

    static int overTls(int maxConnections, long heapBytes) {
        return (int) Math.min(maxConnections, heapBytes / 2 / BYTES_OF_TLS_CONNECTION);
    }
}
