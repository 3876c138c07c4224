package customerservice.testbed;

import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Sources;
import customerservice.app.service.CustomerService;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/** The service in this JVM, on ports of its own. */
public final class ServiceInstance implements AutoCloseable {

    private final CustomerService service;

    private ServiceInstance(CustomerService service) {
        this.service = service;
    }

    /** Starts one; the caller closes it. */
    public static ServiceInstance start(Map<String, String> environment) {
        Objects.requireNonNull(environment, "environment");
        Configuration configuration = Configuration.load(Sources.of(environment), Credential.toServe());
        return new ServiceInstance(CustomerService.start(configuration));
    }

    /** Of the public listener. */
    public URI address() {
        return service.address();
    }

    public URI managementAddress() {
        return service.managementAddress();
    }

    /** Stops in order; may be called again. */
    @Override
    public void close() {
        service.close();
    }
}
