package customerservice.testbed;

import java.sql.Connection;

/**
 * {@link customerservice.testsupport.PostgresCluster} under the name by which the image's build knows it; goes as soon as
 * that names the other.
 */
public final class PostgresCluster implements AutoCloseable {

    private final customerservice.testsupport.PostgresCluster server = customerservice.testsupport.PostgresCluster
            .open();

    private PostgresCluster() {}

    /** Starts a server; the caller closes it, and the end of the JVM does. */
    public static PostgresCluster open() {
        return new PostgresCluster();
    }

    /** The superuser's. */
    public String password() {
        return server.password();
    }

    /** For the JDBC driver, without user and password. */
    public String url(String database) {
        return server.url(database);
    }

    /** A connection as the superuser; the caller closes it. */
    public Connection connect(String database) {
        return server.connect(database);
    }

    /** Stops the server and removes its data. May be called again. */
    @Override
    public void close() {
        server.close();
    }
}
