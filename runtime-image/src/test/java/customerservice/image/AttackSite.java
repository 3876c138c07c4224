package customerservice.image;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A database, and the image that serves it twice: in clear and over TLS. Its limits are short, so that tests are. */
final class AttackSite implements AutoCloseable {

    private final Site site = new Site(Built.image());
    private final Map<Transport, Target> targets = new EnumMap<>(Transport.class);
    private final Map<String, String> tls;
    private final SSLContext trust;

    AttackSite(Map<String, String> settings) {
        site.prepare();
        tls = site.environment();
        trust = site.addTls(tls);
        for (Transport transport : Transport.values()) {
            targets.put(transport, serve(transport, settings));
        }
    }

    /** One more; the caller closes it. */
    Target serve(Transport transport, Map<String, String> settings) {
        boolean secure = transport == Transport.TLS;
        Map<String, String> environment = secure ? new HashMap<>(tls) : site.environment();
        environment.put("CUSTOMER_SERVICE_SERVER_IDLE_TIMEOUT", "2s");
        environment.put("CUSTOMER_SERVICE_SERVER_REQUEST_TIMEOUT", "2s");
        environment.put("CUSTOMER_SERVICE_LIMITS_EXPENSIVE_RATE", "10000");
        environment.put("CUSTOMER_SERVICE_LIMITS_MAX_CONCURRENT_REQUESTS", String.valueOf(Target.PLACES));
        environment.putAll(settings);
        return new Target(site, environment, secure ? Optional.of(trust) : Optional.empty());
    }

    Target target(Transport transport) {
        return targets.get(transport);
    }

    @Override
    public void close() {
        targets.values().forEach(Target::close);
        site.close();
    }
}
