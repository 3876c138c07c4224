package customerservice.persistence.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.Driver;

/** Opens connections with the driver itself: no {@code DriverManager}, no look-up of drivers at start. */
public final class ConnectionSource implements DataSource {

    /**
     * How long a statement waits for a lock that another transaction holds. Every transaction of this service is one
     * statement, so whoever waits longer waits for something out of the ordinary.
     */
    static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

    /** Shorter than anyone waits for an answer about the database's health. */
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

    /** Longer than any lease need be: what is in memory is not used meanwhile. */
    private static final Duration CHANGES_TIMEOUT = Duration.ofSeconds(2);

    /**
     * Has the server end a statement that waits or works for a run that was killed, and with it the lock of that run. Not
     * every operating system can tell it, and then it takes 0 only.
     */
    private static final String LOOK_FOR_CLIENT = """
            do $$ begin
              set client_connection_check_interval = '5s';
            exception when invalid_parameter_value then null;
            end $$
            """;

    private static final String APPLICATION = "customer-service";

    private final DatabaseSettings settings;
    private final HostOrder hosts;
    private volatile Runnable whenPrimaryChanged = () -> {};
    private final Driver driver = new Driver();

    public ConnectionSource(DatabaseSettings settings) {
        this.settings = settings;
        this.hosts = new HostOrder(settings.url());
    }

    /** @param action runs each time a connection was opened to another host than the one before; must not wait */
    void whenPrimaryChanged(Runnable action) {
        whenPrimaryChanged = action;
    }

    /** For the pool. */
    @Override
    public Connection getConnection() throws SQLException {
        Duration lockTimeout = LOCK_TIMEOUT.compareTo(settings.timeouts().statement()) < 0
                ? LOCK_TIMEOUT
                : settings.timeouts().statement().multipliedBy(2).dividedBy(3);
        return connect(
                APPLICATION,
                settings.timeouts().connect(),
                settings.timeouts().socket(),
                timeout("statement_timeout", settings.timeouts().statement()) + timeout("lock_timeout", lockTimeout));
    }

    /** For a question whose answer is late after a second. */
    public Connection connectToProbe() throws SQLException {
        return connect(
                APPLICATION + " probe", PROBE_TIMEOUT, PROBE_TIMEOUT, timeout("statement_timeout", PROBE_TIMEOUT));
    }

    /** For the one that asks again and again what has changed. */
    public Connection connectToHearOfChanges() throws SQLException {
        return connect(
                APPLICATION + " change-feed",
                settings.timeouts().connect(),
                CHANGES_TIMEOUT,
                timeout("statement_timeout", CHANGES_TIMEOUT) + timeout("idle_session_timeout", Duration.ZERO));
    }

    /** For migrations, which may take their time once they have their locks, whatever the database grants to others. */
    public Connection connectToMigrate() throws SQLException {
        Connection connection = connect(
                APPLICATION + " migrate",
                settings.timeouts().connect(),
                Duration.ZERO,
                timeout("lock_timeout", Duration.ofSeconds(10)) + timeout("statement_timeout", Duration.ZERO)
                        + timeout("idle_in_transaction_session_timeout", Duration.ZERO)
                        + timeout("idle_session_timeout", Duration.ZERO));
        try (Statement statement = connection.createStatement()) {
            // Servers before 17 would refuse the connection for a parameter that they do not know.
            if (connection.getMetaData().getDatabaseMajorVersion() >= 17) {
                statement.execute("set transaction_timeout = 0");
            }
            statement.execute(LOOK_FOR_CLIENT);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private Connection connect(String application, Duration connectTimeout, Duration socketTimeout, String options)
            throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("ApplicationName", application);
        // Sent with the first packet instead of in two statements after it.
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("options", options);
        properties.setProperty("connectTimeout", seconds(connectTimeout));
        properties.setProperty("loginTimeout", seconds(connectTimeout));
        properties.setProperty("socketTimeout", seconds(socketTimeout));
        properties.setProperty("tcpKeepAlive", "true");
        // Kerberos encryption would be tried first, by a module that the image does without.
        properties.setProperty("gssEncMode", "disable");
        // There are few statements and all come back: the server keeps each from its first use on.
        properties.setProperty("prepareThreshold", "1");
        // The detail of a violated constraint quotes the row, which is personal data.
        properties.setProperty("logServerErrorDetail", "false");
        if (hosts.count() > 1) {
            properties.setProperty("targetServerType", "primary");
        }
        return connect(properties);
    }

    private Connection connect(Properties properties) throws SQLException {
        var failures = new ArrayList<SQLException>();
        for (String url : hosts.urls()) {
            try {
                Connection connection = driver.connect(url, properties);
                if (connection == null) {
                    throw new SQLException("the driver does not take this URL", SqlState.UNABLE_TO_CONNECT);
                }
                if (hosts.wasPrimary(url)) {
                    whenPrimaryChanged.run();
                }
                return connection;
            } catch (SQLException e) {
                failures.add(e);
            }
        }
        throw worthTelling(failures);
    }

    /** A server that refuses says what is wrong, one that is lost or a standby does not. */
    private static SQLException worthTelling(List<SQLException> failures) {
        return failures.stream()
                .filter(failure -> !SqlState.isConnectionLost(failure))
                .findFirst()
                .orElseGet(failures::getLast);
    }

    private static String timeout(String name, Duration timeout) {
        return "-c " + name + "=" + timeout.toMillis() + " ";
    }

    private static String seconds(Duration timeout) {
        return Long.toString(timeout.plusMillis(999).toSeconds());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("one user only");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // the driver logs through java.util.logging
    }

    /** The pool sets its own; each kind of connection here has its time limits already. */
    @Override
    public void setLoginTimeout(int seconds) {
        // see above
    }

    @Override
    public int getLoginTimeout() {
        return (int) settings.timeouts().connect().multipliedBy(hosts.count()).toSeconds();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.postgresql");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
