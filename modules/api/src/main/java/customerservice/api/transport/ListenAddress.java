package customerservice.api.transport;

import java.util.Objects;

/**
 * Where a listener listens.
 *
 * @param host a name or an address; {@code 0.0.0.0} for all
 * @param port 0 for any free one
 */
public record ListenAddress(String host, int port) {

    public ListenAddress {
        Objects.requireNonNull(host, "host");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
