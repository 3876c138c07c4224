package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.testbed.Answer;
import customerservice.testbed.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image as an operator uses it, on a real PostgreSQL whose schema {@code migrate} has made. */
class ImageInUseIT {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /** 128 and the number of SIGTERM, which the unit takes as success. */
    private static final int ENDED_BY_SIGTERM = 143;

    private static final LinkedImage IMAGE = Built.image();
    private static Site site;

    @TempDir
    private Path folder;

    @BeforeAll
    static void prepareSite() {
        site = new Site(IMAGE);
        site.prepare();
    }

    @AfterAll
    static void closeSite() {
        site.close();
    }

    @Test
    void customerIsCreatedAndRead() {
        try (Server server = serve("")) {
            ApiClient client = ApiClient.signIn(server.address(), Site.USER, Site.PASSWORD);
            Answer created = client.post("/v1/customers", """
                    {"name":"Ada Lovelace","email":"ada@example.com"}""");
            assertEquals(201, created.status(), created::toString);
            assertEquals("Ada Lovelace", client.get(created.header("Location")).string("name"));
        }
    }

    @Test
    void healthTellsServingFromStopped() {
        Map<String, String> environment = site.environment();
        try (Server server = serve("")) {
            environment.put("CUSTOMER_SERVICE_SERVER_PORT", String.valueOf(server.address().getPort()));
            IMAGE.run(environment, "", "health", "--deep").expectSuccess();
            server.stop(STOP_LIMIT);
        }
        LinkedImage.Outcome stopped = IMAGE.run(environment, "", "health");
        assertEquals(1, stopped.status(), stopped::toString);
    }

    @Test
    void metricsAreAtTheManagementListener() {
        try (Server server = serve("")) {
            Answer metrics = ApiClient.anonymous(server.managementAddress()).get("/metrics");
            assertTrue(metrics.text().contains("customer_service_build_info"), metrics::toString);
        }
    }

    @Test
    void exitStatusAfterSigtermIsTheOneThatTheUnitExpects() {
        try (Server server = serve("")) {
            assertEquals(ENDED_BY_SIGTERM, server.stop(STOP_LIMIT), server::output);
        }
    }

    @Test
    void nothingButLogLinesIsPrinted() {
        try (Server server = serve("")) {
            server.stop(STOP_LIMIT);
            assertEquals(List.of(), server.output().lines().filter(line -> !line.startsWith("{")).toList());
        }
    }

    @Test
    void serveLoadsNoClassOfLiquibase() throws IOException {
        List<String> loaded = loadedByServe("-XX:AOTMode=auto");
        assertTrue(loaded.stream().anyMatch(line -> line.contains("customerservice.app.Main")));
        assertEquals(List.of(), loaded.stream().filter(line -> line.contains("] liquibase.")).toList());
    }

    @Test
    void nearlyAllClassesComeFromTheAotCache() throws IOException {
        List<String> loaded = loadedByServe("-XX:AOTMode=on");
        long cached = loaded.stream().filter(line -> line.contains("source: shared objects file")).count();
        assertTrue(cached >= 0.97 * loaded.size(), cached + " of " + loaded.size());
    }

    @Test
    void unpackedReleaseServesFromAnyFolder() throws IOException {
        LinkedImage unpacked = unpack(Files.createDirectory(folder.resolve("a folder")));
        // `on`: a cache that does not fit ends the JVM.
        try (Server server = serve(unpacked, "-XX:AOTMode=on")) {
            assertEquals(200, ApiClient.anonymous(server.address()).get("/health/ready").status());
        }
    }

    @Test
    void serviceStartsWithoutTheAotCache() throws IOException {
        LinkedImage unpacked = unpack(folder);
        Files.delete(unpacked.aotCache());
        try (Server server = serve(unpacked, "")) {
            assertTrue(server.output().lines().allMatch(line -> line.startsWith("{")), server::output);
        }
    }

    @Test
    void serviceStartsWithAnotherCollectorThanTheCacheWasMadeWith() {
        try (Server server = serve("-XX:-UseSerialGC -XX:+UseZGC")) {
            assertEquals(200, ApiClient.anonymous(server.address()).get("/health/ready").status());
        }
    }

    private static Server serve(String options) {
        return serve(IMAGE, options);
    }

    private static Server serve(LinkedImage image, String options) {
        Map<String, String> environment = site.environment();
        environment.put("CUSTOMER_SERVICE_JVM_OPTIONS", options);
        return Server.start(List.of(image.launcher().toString(), "serve"), environment);
    }

    /** The JVM's lines about the classes that a run from start to stop loads. */
    private List<String> loadedByServe(String options) throws IOException {
        Path log = folder.resolve("classes");
        try (Server server = serve(options + " -Xlog:class+load:file=" + log)) {
            ApiClient.signIn(server.address(), Site.USER, Site.PASSWORD).get("/v1/customers");
            assertEquals(ENDED_BY_SIGTERM, server.stop(STOP_LIMIT), server::output);
        }
        List<String> lines = Files.readAllLines(log);
        assertFalse(lines.isEmpty());
        return lines;
    }

    private static LinkedImage unpack(Path parent) {
        Path tarball = Built.release(".tar.gz");
        LinkedImage.run(
                List.of("tar", "--extract", "--directory", parent.toString(), "--file", tarball.toString()), Map.of(),
                "")
                .expectSuccess();
        return new LinkedImage(parent.resolve(Built.release("").getFileName()));
    }
}
