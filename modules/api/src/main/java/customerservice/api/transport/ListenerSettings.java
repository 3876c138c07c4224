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

    /** What an open connection holds at most while nothing is asked on it, half of it the server's socket: measured. */
    private static final int BYTES_OF_CONNECTION = 32 * 1_024;

    /** Over TLS the server's socket keeps more, from the accept on, before a byte has come: measured. */
    private static final int BYTES_OF_TLS_CONNECTION = 88 * 1_024;

    /** For the pool, the other listener, logs, and whatever else is open. */
    private static final int OTHER_FILES = 256;

    /** No more than fit into their share of the heap and the process may have open: others wait in the kernel's queue. */
    int connections() {
        int bytes = tls.isPresent() ? BYTES_OF_TLS_CONNECTION : BYTES_OF_CONNECTION;
        return most(maxConnections, bytes, Runtime.getRuntime().maxMemory(), OpenFiles.limit());
    }

    /** Of the heap five sixteenths; of the files all but {@link #OTHER_FILES}, or half if there are few. */
    static int most(int maxConnections, int bytesOfOne, long heapBytes, long files) {
        long fitting = Math.min(heapBytes * 5 / 16 / bytesOfOne, files - Math.min(files / 2, OTHER_FILES));
        return (int) Math.min(maxConnections, fitting);
    }
}
