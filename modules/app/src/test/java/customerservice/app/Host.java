package customerservice.app;

import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What the service finds on a host: an environment that configures it, and its credentials in a folder. */
public final class Host {

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    /** A good one, whose ports are any free ones. */
    public Host(Path folder, TestDatabase database) throws IOException {
        this.folder = folder;
        environment.put("CREDENTIALS_DIRECTORY", folder.toString());
        configure("database.url", database.url());
        configure("database.user", TestDatabase.USER);
        configure("database.migration_user", TestDatabase.OWNER);
        configure("server.host", "127.0.0.1");
        configure("server.port", "0");
        configure("server.public_url", "https://customers.example");
        configure("management.port", "0");
        configure("shutdown.readiness_delay", "0s");
        credential("db-password", TestDatabase.PASSWORD + "\n", "rw-------");
        credential("db-migration-password", TestDatabase.PASSWORD + "\n", "rw-------");
        credential("jwt-keys.json", SigningKeys.generate(SigningAlgorithm.ES256, Clock.systemUTC()), "rw-------");
    }

    /** @param key such as {@code server.port} */
    public Host configure(String key, String value) {
        return variable("CUSTOMER_SERVICE_" + key.replace('.', '_').toUpperCase(Locale.ROOT), value);
    }

    /** Of the environment. */
    public Host variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Writes one anew. */
    public Host credential(String name, String content, String permissions) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return this;
    }

    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }
}
