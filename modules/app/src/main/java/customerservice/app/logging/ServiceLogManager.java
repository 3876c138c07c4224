package customerservice.app.logging;

import java.util.logging.LogManager;

/**
 * The JDK's, without two habits: reading the JDK's {@code logging.properties}, and taking all handlers away when the JVM
 * begins to shut down, at which time there is still something to say. Has to be public, as the JDK makes it by name.
 */
public final class ServiceLogManager extends LogManager {

    /** For {@code java.util.logging.manager}. */
    public ServiceLogManager() {}

    @Override
    public void readConfiguration() {}

    @Override
    public void reset() {}
}
