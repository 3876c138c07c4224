package customerservice.testbed;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a service instance is told, as environment variables: defaults for tests (any free ports, no waiting at the end),
 * and whatever a test wants otherwise, by configuration key.
 */
final class ServiceEnvironment {

    private static final String PREFIX = "CUSTOMER_SERVICE_";

    private ServiceEnvironment() {}

    static Map<String, String> of(TestDatabase database, Credentials credentials, Map<String, String> settings) {
        var byKey = new HashMap<String, String>();
        byKey.put("server.host", "127.0.0.1");
        byKey.put("server.port", "0");
        byKey.put("management.port", "0");
        byKey.put("database.url", database.url());
        byKey.put("database.user", TestDatabase.SERVICE);
        byKey.put("shutdown.readiness_delay", "0s");
        byKey.put("log.level", "warn");
        byKey.put("log.access", "false");
        byKey.putAll(settings);
        var environment = new HashMap<String, String>();
        environment.put("CREDENTIALS_DIRECTORY", credentials.directory().toString());
        byKey.forEach((key, value) -> environment.put(
                PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT), value));
        return environment;
    }
}
