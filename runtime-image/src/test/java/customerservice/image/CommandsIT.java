package customerservice.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.testbed.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the image at a shell, on a real PostgreSQL whose schema {@code migrate} has made. */
class CommandsIT {

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
    void versionNamesEveryModule() {
        String version = IMAGE.run(Map.of(), "", "version").expectSuccess();
        for (String module : List.of("api", "app", "auth", "domain", "metrics", "persistence")) {
            assertTrue(version.contains("customerservice." + module), version);
        }
    }

    @Test
    void checkFindsNothingInTheWayOfAStart() {
        IMAGE.run(site.environment(), "", "check").expectSuccess();
    }

    /** The driver tells PostgreSQL the JVM's zone, and PostgreSQL knows other names, or other zones by the same name. */
    @Test
    void everyCommandWorksInAnotherTimeZone() {
        Map<String, String> environment = site.environment();
        environment.put("TZ", "US/Eastern");
        IMAGE.run(environment, "", "migrate").expectSuccess();
        IMAGE.run(environment, "", "check").expectSuccess();
        IMAGE.run(environment, "", "user", "list").expectSuccess();
        try (Server server = Server.start(List.of(IMAGE.launcher().toString(), "serve"), environment)) {
            assertEquals(200, ApiClient.anonymous(server.address()).get("/health/ready").status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JST", "Asia/Tokyo"})
    void everyJvmRunsInUtc(String zone) {
        Map<String, String> environment = site.environment();
        environment.put("TZ", zone);
        environment.put("CUSTOMER_SERVICE_JVM_OPTIONS", "-XshowSettings:properties");
        for (String command : List.of("version", "check")) {
            String settings = IMAGE.run(environment, "", command).err();
            assertTrue(settings.contains("user.timezone = UTC\n"), settings);
        }
    }

    /** What they read of the image is all that they have in common with its launcher. */
    @ParameterizedTest
    @ValueSource(strings = {"customer-service.service", "customer-service-migrate.service"})
    void systemdStartsTheJvmWithTheOptionsOfTheLauncher(String unit) throws IOException {
        String text = Files.readString(Path.of("../systemd").resolve(unit));
        assertTrue(text.lines().anyMatch(line -> line.matches("ExecStart=(\\S+)/bin/java @\\1/lib/jvm\\.options .*")),
                text);
    }

    @Test
    void launcherWorksThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("customer-service"), IMAGE.launcher());
        LinkedImage.run(List.of(link.toString(), "--help"), Map.of(), "").expectSuccess();
        // JUnit would warn that it leads out of the folder.
        Files.delete(link);
    }

    /** As a shell calls it that is told to read it: in its folder, or found in PATH. */
    @Test
    void launcherWorksByItsNameAlone() {
        String folder = IMAGE.launcher().getParent().toString();
        LinkedImage.run(
                List.of("sh", "-c", "cd \"$1\" && exec sh customer-service --help", "sh", folder), Map.of(), "")
                .expectSuccess();
        LinkedImage.run(
                List.of("sh", "-c", "cd / && PATH=\"$1:$PATH\" exec bash customer-service --help", "sh", folder),
                Map.of(), "")
                .expectSuccess();
    }

    /** What a person could not read is not the same as done. */
    @Test
    void answerThatCannotBeWrittenIsAFailure() {
        LinkedImage.Outcome outcome = LinkedImage.run(
                List.of("sh", "-c", "exec \"$0\" keys generate >/dev/full", IMAGE.launcher().toString()), Map.of(), "");
        assertEquals(1, outcome.status(), outcome::toString);
        assertEquals("customer-service: cannot write to standard output\n", outcome.err());
    }

    /** Its log is all that a migration says. */
    @Test
    void migrationWhoseLogCannotBeWrittenIsAFailure() {
        LinkedImage.Outcome outcome = LinkedImage.run(
                List.of("sh", "-c", "exec \"$0\" migrate >/dev/full", IMAGE.launcher().toString()), site.environment(),
                "");
        assertEquals(1, outcome.status(), outcome::toString);
        assertEquals(
                "customer-service: the schema is up to date, but the log could not be written\n", outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {">&-", "<&- >&-", "<&- >&- 2>&-"})
    void answerToAClosedDescriptorIsAFailure(String redirections) {
        LinkedImage.Outcome outcome = LinkedImage.run(
                List.of("sh", "-c", "exec \"$0\" keys generate " + redirections, IMAGE.launcher().toString()),
                Map.of(), "");
        assertEquals(1, outcome.status(), outcome::toString);
    }

    @Test
    void keyIsAllThatKeysGeneratePrints() {
        LinkedImage.Outcome generated = IMAGE.run(Map.of(), "", "keys", "generate");
        assertTrue(generated.expectSuccess().startsWith("{"), generated.out());
        assertEquals("", generated.err());
    }

    @Test
    void serveRefusesASchemaThatIsNotThere() {
        Map<String, String> environment = site.environment();
        environment.put("CUSTOMER_SERVICE_DATABASE_URL", site.emptyDatabase());
        LinkedImage.Outcome refused = IMAGE.run(environment, "", "serve");
        assertEquals(1, refused.status(), refused::toString);
        assertTrue(refused.err().contains("customer-service migrate"), refused.err());
    }
}
