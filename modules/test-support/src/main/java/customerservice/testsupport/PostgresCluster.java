package customerservice.testsupport;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A PostgreSQL server of its own, from binaries that come as a Maven artefact: on the loopback interface alone, behind a
 * random password, its data in a temporary folder, in memory where there is room, that {@link #close} removes. Runs as
 * whoever runs the JVM; for root, which PostgreSQL refuses, inside a user namespace of its own.
 *
 * <p>Data is not flushed to the disk ({@code fsync=off}), but every commit waits until the operating system has it, so
 * that nothing acknowledged is lost when the server alone crashes. It takes 300 connections.
 */
public final class PostgresCluster implements AutoCloseable {

    /** The superuser; there is no other user until a test makes one. */
    public static final String SUPERUSER = "postgres";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    // Told once at every start and stop, which nobody asked for; a reference, as loggers are weakly held.
    private static final Logger ZONKY = Logger.getLogger("io.zonky.test");

    // The library's own way refuses an archive that it sees twice, on the module path and on the class path.
    private static final PgBinaryResolver BINARIES = (system, architecture) -> EmbeddedPostgres.class
            .getClassLoader()
            .getResourceAsStream("postgres-linux-" + (architecture.equals("aarch64") ? "arm_64" : "x86_64") + ".txz");

    private final Path folder = WorkingDirectory.temporary(WorkingDirectory.ofNewCluster(), AbandonedClusters.PREFIX);
    private final Path data = folder.resolve("data");
    private final Path log = folder.resolve("postgresql.log");
    private final Path passwordFile = folder.resolve("password");
    private final String password = randomPassword();
    private final int port = FreePort.next();
    private final Thread exit;
    private EmbeddedPostgres server;

    private PostgresCluster(Runnable beforeExit) {
        exit = Thread.ofPlatform().name("postgresql-exit").unstarted(() -> {
            beforeExit.run();
            close();
        });
        Runtime.getRuntime().addShutdownHook(exit);
        try {
            Files.writeString(passwordFile, password);
            AbandonedClusters.markOwned(folder);
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a server; the caller closes it, and the end of the JVM does. The first one of a user on a machine unpacks
     * the binaries.
     */
    public static PostgresCluster open() {
        return open(() -> {});
    }

    /** @param beforeExit runs before the server is stopped because the JVM ends; may run before this method returns */
    public static PostgresCluster open(Runnable beforeExit) {
        Objects.requireNonNull(beforeExit, "beforeExit");
        ZONKY.setLevel(Level.OFF);
        AbandonedClusters.remove();
        return new PostgresCluster(beforeExit);
    }

    // Synchronized with close(): who ends the JVM while the server starts leaves none behind.
    private synchronized void start() throws IOException {
        // The library creates this folder whether it is used or not; by default one that all users share.
        System.setProperty("ot.epg.working-dir", WorkingDirectory.ofBinaries().toString());
        try {
            server = EmbeddedPostgres.builder()
                    .setPgBinaryResolver(BINARIES)
                    .setOverrideWorkingDirectory(WorkingDirectory.ofBinaries().toFile())
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(START_LIMIT)
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .setLocaleConfig("auth-host", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setLocaleConfig("locale", "C")
                    .setConnectConfig("password", password)
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("shared_buffers", "32MB")
                    .setServerConfig("max_wal_size", "128MB")
                    .setServerConfig("log_min_messages", "warning")
                    .start();
        } catch (IOException | RuntimeException e) {
            throw new IOException("PostgreSQL does not start; its log says:\n" + logText(), e);
        }
    }

    /** On 127.0.0.1; the same after {@link #restart}. */
    public int port() {
        return port;
    }

    /** The superuser's, made at random for each server. */
    public String password() {
        return password;
    }

    /** For the JDBC driver, without user and password. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + Objects.requireNonNull(database, "database");
    }

    /** A connection as the superuser; the caller closes it. */
    public Connection connect(String database) {
        try {
            return DriverManager.getConnection(url(database), SUPERUSER, password);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot connect to " + url(database), e);
        }
    }

    /** Runs one statement as the superuser. */
    public void execute(String sql) {
        execute("postgres", sql);
    }

    /** As {@link #execute(String)}, in a database other than {@code postgres}. */
    public void execute(String database, String sql) {
        try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /**
     * Takes connections with TLS as well from now on, which it then shows this certificate.
     *
     * @param chain in PEM
     * @param key in PEM; nobody but its owner may read it
     */
    public void offerTls(Path chain, Path key) {
        execute("alter system set ssl_cert_file = '" + chain + "'");
        execute("alter system set ssl_key_file = '" + key + "'");
        execute("alter system set ssl = on");
        execute("select pg_reload_conf()");
    }

    /** The server's process, which is the parent of one process for each connection. */
    public ProcessHandle process() {
        return Postmaster.of(data).orElseThrow(() -> new IllegalStateException("PostgreSQL is not running"));
    }

    /** Stops at once, as {@code pg_ctl stop -m immediate} does: no connection is told, the next start recovers. */
    public synchronized void crash() {
        Postmaster.stop(process());
        // Ends the library's own idea of a running server, lock file included.
        closeServer();
    }

    /** Stops in order, as {@code pg_ctl stop -m fast} does: each connection is told, by SQLSTATE 57P01. */
    public synchronized void stop() {
        Postmaster.stopInOrder(process());
        closeServer();
    }

    /**
     * Starts again on the same port and data after {@link #stop} or {@link #crash}; returns when connections are taken.
     */
    public void restart() {
        try {
            start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts again after {@link #stop} as a standby that has lost its primary: it answers queries and takes no writes. */
    public void restartAsStandby() {
        try {
            Files.createFile(data.resolve("standby.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        restart();
    }

    /** Stops the server and removes its data. May be called again. */
    @Override
    public synchronized void close() {
        Postmaster.of(data).ifPresent(Postmaster::stop);
        closeServer();
        WorkingDirectory.delete(folder);
        if (Thread.currentThread() != exit) {
            forgetAtExit();
        }
    }

    private void forgetAtExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(exit);
        } catch (IllegalStateException exiting) {
            // then it runs, and finds nothing left to do
        }
    }

    private void closeServer() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String logText() {
        try {
            return Files.exists(log) ? Files.readString(log) : "nothing";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String randomPassword() {
        var bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
