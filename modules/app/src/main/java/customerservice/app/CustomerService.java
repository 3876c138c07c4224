package customerservice.app;

import customerservice.app.configuration.Configuration;
import java.net.URI;
import java.util.Objects;

/** The whole service, running: {@link #start} wires it from top to bottom, {@link #close} takes it down in order. */
@SuppressWarnings("DoNotCallSuggester") // until the other modules follow
public final class CustomerService implements AutoCloseable {

    private CustomerService() {}

    /**
     * Starts; returns when requests are served.
     *
     * @param configuration loaded with all credentials
     */
    public static CustomerService start(Configuration configuration) {
        Objects.requireNonNull(configuration, "configuration");
        throw new UnsupportedOperationException("follows");
    }

    /** Of the public listener, with the port that it really has. */
    public URI address() {
        throw new UnsupportedOperationException("follows");
    }

    /** Of the management listener, with the port that it really has. */
    public URI managementAddress() {
        throw new UnsupportedOperationException("follows");
    }

    /** Stops in order: turns unready, serves on for the configured delay, lets requests in flight complete, closes. */
    @Override
    public void close() {
        // follows
    }
}
