package customerservice.testbed;

import customerservice.auth.key.SigningAlgorithm;
import customerservice.domain.identity.Role;
import customerservice.testsupport.PostgresCluster;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that a test of the whole service needs: a PostgreSQL server, databases with the schema and one user of each
 * role, and as many instances of the service as it likes, which all take the same tokens.
 *
 * <p>{@link #shared} is started once for all tests of a JVM: a server takes seconds to start, a database of it a tenth of
 * one. Tests that stop or slow the server open their own.
 */
public final class Testbed implements AutoCloseable {

    private static final String PASSWORD = "correct horse battery staple";

    private final PostgresCluster cluster;
    private volatile Credentials credentials;
    private final TestDatabase template;
    private final AtomicInteger databases = new AtomicInteger();
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @SuppressWarnings("this-escape") // nobody else sees it before the server has been started
    private Testbed() {
        cluster = PostgresCluster.open(this::closeServices);
        credentials = Credentials.create(cluster.password(), SigningAlgorithm.RS256);
        template = TestDatabase.create(cluster, "template_of_tests");
        template.migrate();
        template.addUsers(
                Role.KNOWN.stream().collect(Collectors.toMap(Role::label, Function.identity())), PASSWORD);
    }

    /** A new one; the caller closes it. */
    public static Testbed open() {
        return new Testbed();
    }

    /** The one that all tests of this JVM share; it ends with the JVM. */
    public static Testbed shared() {
        return Shared.TESTBED;
    }

    public PostgresCluster cluster() {
        return cluster;
    }

    public Credentials credentials() {
        return credentials;
    }

    /** A new database with the schema and the users, without customers. */
    public TestDatabase newDatabase() {
        return template.copy("test_" + databases.incrementAndGet());
    }

    /** An instance in this JVM, which the testbed closes unless the caller does. */
    public ServiceInstance serve(TestDatabase database) {
        return serve(database, Map.of());
    }

    /** @param settings by configuration key, such as {@code database.pool_size} */
    public ServiceInstance serve(TestDatabase database, Map<String, String> settings) {
        ServiceInstance instance = ServiceInstance.start(environment(database, settings));
        opened(instance);
        return instance;
    }

    /** An instance in a process of its own, which the testbed kills unless the caller ends it. */
    public ServiceProcess serveApart(TestDatabase database, Map<String, String> settings) {
        ServiceProcess process = ServiceProcess.start(environment(database, settings));
        opened(process);
        return process;
    }

    private Map<String, String> environment(TestDatabase database, Map<String, String> settings) {
        Objects.requireNonNull(database, "database");
        return ServiceEnvironment.of(database, credentials, Objects.requireNonNull(settings, "settings"));
    }

    /** A client that is signed in as the user of this role. The token is asked for once and used at every instance. */
    public synchronized ApiClient client(URI address, Role role) {
        String token = tokens.computeIfAbsent(
                role, wanted -> ApiClient.signIn(address, wanted.label(), PASSWORD).token().orElseThrow());
        return ApiClient.withToken(address, token);
    }

    /** The password of every user in a {@linkplain #newDatabase() new database}; the name is the role's label. */
    public String password() {
        return PASSWORD;
    }

    private synchronized void opened(AutoCloseable resource) {
        opened.push(resource);
    }

    @Override
    public void close() {
        closeServices();
        cluster.close();
    }

    private synchronized void closeServices() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        if (credentials != null) { // which it is when the JVM ends while the server starts
            credentials.close();
        }
    }

    private static final class Shared {
        static final Testbed TESTBED = new Testbed();
    }
}
