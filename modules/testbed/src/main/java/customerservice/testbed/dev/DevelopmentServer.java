package customerservice.testbed.dev;

import customerservice.auth.key.SigningAlgorithm;
import customerservice.domain.identity.Role;
import customerservice.persistence.Database;
import customerservice.testbed.ApiClient;
import customerservice.testbed.Credentials;
import customerservice.testbed.TestDatabase;
import customerservice.testsupport.PostgresCluster;
import customerservice.testsupport.WorkingDirectory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code mvn -Pdev}: the service from its sources, on a PostgreSQL server of its own with sample customers, reloaded
 * whenever a source file changes, until it is interrupted. Nothing of it stays behind: not the processes, not the data.
 */
public final class DevelopmentServer {

    /** Not a setting of the service: hands the database's password to {@link ReloadedService}. */
    static final String DATABASE_PASSWORD = "DEVELOPMENT_DATABASE_PASSWORD";

    private static final String ADMIN = "admin";
    private static final long MILLIS_BETWEEN_LOOKS = 150;

    private final DevelopmentSettings settings;
    private final AtomicReference<Reloader> reloader = new AtomicReference<>();
    private final AtomicReference<Credentials> credentials = new AtomicReference<>();
    private final AtomicReference<Welcome> welcome = new AtomicReference<>();
    private final Path generations = WorkingDirectory.temporary("customer-service-classes-");

    private volatile boolean ending;

    private DevelopmentServer(DevelopmentSettings settings) {
        this.settings = settings;
    }

    /** Takes its settings from system properties; see {@link DevelopmentSettings}. */
    public static void main(String[] args) throws Exception {
        DevelopmentSettings settings = DevelopmentSettings.of(System.getProperties());
        List<String> problems = settings.problems();
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(1);
        }
        // Until the service configures logging, what prepares the database would fill the screen.
        Logger.getLogger("").setLevel(Level.WARNING);
        endWith(ProcessHandle.current().parent().orElseThrow());
        var server = new DevelopmentServer(settings);
        try {
            server.run();
        } catch (Exception | Error e) {
            if (!server.ending) { // else it is a consequence of that
                throw e;
            }
        }
    }

    /** Maven does not tell its child that it has been ended by a signal that was sent to it alone. */
    private static void endWith(ProcessHandle parent) {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            parent.onExit().join();
            Runtime.getRuntime().exit(0);
        });
    }

    private void run() throws Exception {
        System.out.println("Starting PostgreSQL ...");
        PostgresCluster cluster = PostgresCluster.open(this::end);
        TestDatabase database = TestDatabase.create(cluster, "customer_service");
        database.migrate();
        String password = RandomPassword.next(new SecureRandom());
        database.addUsers(Map.of(ADMIN, Role.ADMIN), password);
        int samples = createSamples(database);
        credentials.set(Credentials.create(cluster.password(), SigningAlgorithm.RS256));

        List<ModuleFolder> modules = ModuleFolder.below(settings.root());
        Map<String, String> environment = environment(database);
        var service = new Reloader(
                settings.root(), modules, generations, generation -> start(generation, environment), System.out);
        service.start();
        reloader.set(service);

        String token = ApiClient.signIn(settings.address(), ADMIN, password).token().orElseThrow();
        welcome.set(Welcome.print(settings, database, ADMIN, password, token, samples, System.out));
        watch(service);
    }

    private static Reloader.Instance start(Generation generation, Map<String, String> environment)
            throws ReflectiveOperationException {
        @SuppressWarnings("unchecked") // what ReloadedService is
        Function<Map<String, String>, Runnable> service = generation.create(
                ReloadedService.class.getModule().getName(), ReloadedService.class.getName(), Function.class);
        return service.apply(environment)::run;
    }

    private static int createSamples(TestDatabase database) {
        try (Database store = Database.open(database.settings(), Clock.systemUTC())) {
            return SampleCustomers.create(store.customers(), Clock.systemUTC(), new SecureRandom());
        }
    }

    /** What development wants otherwise than production; what the developer's own environment says comes last. */
    private Map<String, String> environment(TestDatabase database) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CREDENTIALS_DIRECTORY", credentials.get().directory().toString(),
                DATABASE_PASSWORD, database.password(),
                "CUSTOMER_SERVICE_SERVER_HOST", "127.0.0.1",
                "CUSTOMER_SERVICE_SERVER_PORT", String.valueOf(settings.port()),
                "CUSTOMER_SERVICE_MANAGEMENT_PORT", String.valueOf(settings.managementPort()),
                "CUSTOMER_SERVICE_DATABASE_URL", database.url(),
                "CUSTOMER_SERVICE_DATABASE_USER", TestDatabase.SERVICE,
                "CUSTOMER_SERVICE_AUTH_ACCESS_TOKEN_LIFETIME", "24h",
                "CUSTOMER_SERVICE_SHUTDOWN_READINESS_DELAY", "0s",
                "CUSTOMER_SERVICE_SHUTDOWN_TIMEOUT", "1s"));
        environment.put("CUSTOMER_SERVICE_LOG_FORMAT", "text");
        environment.put("CUSTOMER_SERVICE_LOG_LEVELS", "customerservice=debug");
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("CUSTOMER_SERVICE_")) {
                environment.put(name, value);
            }
        });
        return environment;
    }

    private void watch(Reloader service) throws Exception {
        SourceTree last = SourceTree.of(List.of());
        while (!ending) {
            last = service.look(last);
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    /** Before PostgreSQL is stopped, so that the service ends without complaining of a lost database. */
    private void end() {
        ending = true;
        System.out.println("Stopping ...");
        Reloader service = reloader.get();
        if (service != null) {
            service.stop();
        }
        Credentials made = credentials.get();
        if (made != null) {
            made.close();
        }
        Welcome printed = welcome.get();
        if (printed != null) {
            printed.forget();
        }
        WorkingDirectory.delete(generations);
    }
}
