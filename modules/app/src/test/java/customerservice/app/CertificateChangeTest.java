package customerservice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.ConfigurationException;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Sources;
import customerservice.app.service.CustomerService;
import customerservice.app.service.ModuleSettings;
import customerservice.testsupport.Await;
import customerservice.testsupport.PemCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that is not what the service began with. */
@Tag("slow")
class CertificateChangeTest {

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Host host;
    private PemCertificate certificate;
    private CustomerService service;

    @BeforeEach
    void configure() throws IOException, GeneralSecurityException {
        database = TestDatabase.migrated();
        certificate = new PemCertificate(folder);
        host = new Host(folder, database)
                .configure("server.tls", "true")
                .credential("tls.crt", certificate.certificate(), "rw-------")
                .credential("tls.key", certificate.key(), "rw-------");
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        database.close();
    }

    private void start() {
        service = CustomerService.start(configuration());
    }

    private Configuration configuration() {
        return Configuration.load(Sources.of(host.environment()), Credential.toServe());
    }

    private HttpResponse<String> get(SSLContext trust) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
            URI ready = service.address().resolve("/health/ready");
            return client.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aNewCertificateIsShownToNewConnectionsWhileOldOnesGoOn() throws Exception {
        start();
        try (HttpClient old = client(certificate)) {
            HttpRequest ready = HttpRequest.newBuilder(service.address().resolve("/health/ready")).build();
            HttpResponse<String> first = old.send(ready, HttpResponse.BodyHandlers.ofString());
            var renewed = new PemCertificate(folder);
            replace(renewed.certificate(), renewed.key());

            Await.until("a new client sees the new certificate", () -> isTrustedBy(renewed));
            assertFalse(isTrustedBy(certificate));
            HttpResponse<String> later = old.send(ready, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, later.statusCode());
            assertEquals(first.connectionLabel(), later.connectionLabel());
        }
    }

    @Test
    void aPairThatDoesNotMatchLeavesTheOldOneAndIsToldByDeepHealth() throws Exception {
        start();
        assertTrue(certificateCheck().contains("\"status\":\"UP\",\"detail\":\"good until "), this::certificateCheck);
        replace(new PemCertificate(folder).certificate(), certificate.key());

        Await.until("deep health tells", () -> certificateCheck().startsWith("\"status\":\"DOWN\""));
        assertTrue(isTrustedBy(certificate));
        replace(certificate.certificate(), certificate.key());
        Await.until("deep health is content again", () -> certificateCheck().startsWith("\"status\":\"UP\""));
    }

    /** The key first: until both are there, they do not match. */
    private void replace(String chain, String key) throws IOException {
        put("tls.key", key);
        put("tls.crt", chain);
    }

    private void put(String name, String content) throws IOException {
        Files.move(
                Files.writeString(folder.resolve(name + ".new"), content),
                folder.resolve(name),
                StandardCopyOption.ATOMIC_MOVE);
    }

    private static HttpClient client(PemCertificate trusted) throws Exception {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(trusted.trust()).build();
    }

    private boolean isTrustedBy(PemCertificate trusted) {
        try {
            return get(trusted.trust()).statusCode() == 200;
        } catch (SSLHandshakeException e) {
            return false;
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What deep health says behind the check's name. */
    private String certificateCheck() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(service.managementAddress().resolve("/health/deep")).build();
            String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return body.substring(body.indexOf("\"certificate\",") + "\"certificate\",".length());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFileThatIsNoKeyIsAWrongConfiguration() throws IOException {
        host.credential("tls.key", "not a key\n", "rw-------");
        List<String> problems = assertThrows(
                ConfigurationException.class, () -> ModuleSettings.api(configuration())).problems();
        assertEquals(
                List.of(folder.resolve("tls.crt") + " and " + folder.resolve("tls.key")
                        + " are not a certificate chain and its private key in PEM"),
                problems);
    }

    @Test
    void theKeyOfAnotherCertificateIsAWrongConfiguration() throws IOException {
        host.credential("tls.key", new PemCertificate(folder).key(), "rw-------");
        assertThrows(ConfigurationException.class, () -> ModuleSettings.api(configuration()));
    }
}
