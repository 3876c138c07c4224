package customerservice.image;

import customerservice.testsupport.PemCertificate;
import customerservice.testsupport.PostgresCluster;
import customerservice.testsupport.WorkingDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * All that a host has besides the image: a database of its own on a real PostgreSQL, credentials, and the environment
 * that names them. Set up by the image's own commands.
 */
final class Site implements AutoCloseable {

    static final String USER = "trainer";
    static final String PASSWORD = "correct horse battery staple";

    private static final String ROLE = "customer_service";
    private static final String OWNER = "customer_service_owner";

    private final LinkedImage image;
    private final PostgresCluster cluster = PostgresCluster.open();
    private final Path credentials = WorkingDirectory.temporary("customer-service-image-");

    Site(LinkedImage image) {
        this.image = image;
    }

    /** For the image's commands; any free ports, no waiting at the end. */
    Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        environment.put("CREDENTIALS_DIRECTORY", credentials.toString());
        environment.put("CUSTOMER_SERVICE_SERVER_HOST", "127.0.0.1");
        environment.put("CUSTOMER_SERVICE_SERVER_PORT", "0");
        environment.put("CUSTOMER_SERVICE_MANAGEMENT_PORT", "0");
        environment.put("CUSTOMER_SERVICE_DATABASE_URL", cluster.url("customers"));
        environment.put("CUSTOMER_SERVICE_DATABASE_USER", ROLE);
        environment.put("CUSTOMER_SERVICE_DATABASE_MIGRATION_USER", OWNER);
        // A machine that builds may be busy with other things.
        environment.put("CUSTOMER_SERVICE_DATABASE_CONNECT_TIMEOUT", "20s");
        environment.put("CUSTOMER_SERVICE_DATABASE_ACQUIRE_TIMEOUT", "2s");
        environment.put("CUSTOMER_SERVICE_SHUTDOWN_READINESS_DELAY", "0s");
        return environment;
    }

    /**
     * As on a fleet: TLS at the public listener, and to the database, whose certificate is checked.
     *
     * @return what a client of the service trusts
     */
    SSLContext addTls(Map<String, String> environment) {
        Path chain = credentials.resolve("tls.crt");
        Path key = credentials.resolve("tls.key");
        try {
            var certificate = new PemCertificate(credentials);
            Files.writeString(chain, certificate.certificate());
            Files.createFile(
                    key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(key, certificate.key());
            cluster.offerTls(chain, key);
            environment.put("CUSTOMER_SERVICE_SERVER_TLS", "true");
            environment.put(
                    "CUSTOMER_SERVICE_DATABASE_URL",
                    cluster.url("customers") + "?targetServerType=primary&sslmode=verify-full&sslrootcert=" + chain);
            return certificate.trust();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What systemd adds for a unit that it watches. Nobody listens there, which the service takes note of and goes on. */
    void addServiceManager(Map<String, String> environment) {
        environment.put("NOTIFY_SOCKET", credentials.resolve("notify").toString());
        environment.put("WATCHDOG_USEC", "1000000");
    }

    /** Makes the database, the credentials, the schema and the one user. */
    void prepare() {
        for (String role : List.of(OWNER, ROLE)) {
            execute("create role " + role + " login password '" + cluster.password() + "'");
        }
        execute("create database customers owner " + OWNER);
        try {
            Files.writeString(credentials.resolve("db-password"), cluster.password());
            Files.writeString(credentials.resolve("db-migration-password"), cluster.password());
            Files.writeString(credentials.resolve("jwt-keys.json"),
                    image.run(Map.of(), "", "keys", "generate").expectSuccess());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        image.run(environment(), "", "migrate").expectSuccess();
        image.run(environment(), PASSWORD, "user", "add", USER, "--role", "admin").expectSuccess();
    }

    /** Has whoever reads or writes customers wait until this is closed, or for as long as the service waits for locks. */
    Connection lockCustomers() throws SQLException {
        Connection connection = cluster.connect("customers");
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table customers in access exclusive mode");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The JDBC URL of a database that has no schema yet. */
    String emptyDatabase() {
        execute("create database empty owner " + OWNER);
        return cluster.url("empty");
    }

    private void execute(String sql) {
        try (Connection connection = cluster.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        cluster.close();
        WorkingDirectory.delete(credentials);
    }
}
