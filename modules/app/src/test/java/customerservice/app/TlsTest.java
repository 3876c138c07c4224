package customerservice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.app.configuration.Configuration;
import customerservice.app.configuration.Credential;
import customerservice.app.configuration.Sources;
import customerservice.app.service.CustomerService;
import customerservice.app.service.UncheckedTls;
import customerservice.app.systemd.SelfCheck;
import customerservice.testsupport.PemCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The public listener with a certificate. */
class TlsTest {

    @TempDir
    private static Path folder;

    private static TestDatabase database;
    private static PemCertificate certificate;
    private static CustomerService service;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        database = TestDatabase.migrated();
        certificate = new PemCertificate(folder);
        Host host = new Host(folder, database)
                .configure("server.tls", "true")
                .credential("tls.crt", certificate.certificate(), "rw-------")
                .credential("tls.key", certificate.key(), "rw-------");
        service = CustomerService.start(
                Configuration.load(Sources.of(host.environment()), Credential.toServe()));
    }

    @AfterAll
    static void stop() {
        service.close();
        database.close();
    }

    private static HttpResponse<String> get(HttpClient.Version version, SSLContext trust, SSLParameters parameters)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(trust)
                .sslParameters(parameters)
                .build()) {
            URI ready = service.address().resolve("/health/ready");
            return client.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @EnumSource(value = HttpClient.Version.class, names = {"HTTP_1_1", "HTTP_2"})
    void bothVersionsOfHttpAreSpoken(HttpClient.Version version) throws Exception {
        HttpResponse<String> answer = get(version, certificate.trust(), certificate.trust().getDefaultSSLParameters());
        assertEquals(200, answer.statusCode());
        assertEquals(version, answer.version());
        assertEquals("https", service.address().getScheme());
    }

    @ParameterizedTest
    @EnumSource(value = HttpClient.Version.class, names = {"HTTP_1_1", "HTTP_2"})
    void answersTellBrowsersWhatNotToDo(HttpClient.Version version) throws Exception {
        HttpResponse<String> answer = get(version, certificate.trust(), certificate.trust().getDefaultSSLParameters());
        assertEquals(List.of("max-age=31536000"), answer.headers().allValues("Strict-Transport-Security"));
        for (String name : List.of(
                "X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "Cache-Control")) {
            assertEquals(1, answer.headers().allValues(name).size(), name);
        }
        assertEquals(List.of(), answer.headers().allValues("Server"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsOfTlsAreSpoken(String protocol) throws Exception {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[]{protocol});
        HttpResponse<String> answer = get(HttpClient.Version.HTTP_1_1, certificate.trust(), parameters);
        assertEquals(protocol, answer.sslSession().orElseThrow().getProtocol());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"})
    void suitesWithoutAuthenticatedEncryptionAreRefused(String suite) {
        var parameters = new SSLParameters(new String[]{suite}, new String[]{"TLSv1.2"});
        assertThrows(
                SSLHandshakeException.class,
                () -> get(HttpClient.Version.HTTP_1_1, certificate.trust(), parameters));
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256, TLS_AES_128_GCM_SHA256"
    })
    void theServersOrderOfSuitesCounts(String protocol, String clientsFirst, String serversFirst) throws Exception {
        var parameters = new SSLParameters(new String[]{clientsFirst, serversFirst}, new String[]{protocol});
        HttpResponse<String> answer = get(HttpClient.Version.HTTP_1_1, certificate.trust(), parameters);
        assertEquals(serversFirst, answer.sslSession().orElseThrow().getCipherSuite());
    }

    @Test
    void finiteFieldsAreNotComputedFor() throws Exception {
        var parameters = new SSLParameters(new String[]{"TLS_AES_128_GCM_SHA256"}, new String[]{"TLSv1.3"});
        parameters.setNamedGroups(new String[]{"ffdhe8192"});
        // Not by an HttpClient, which leaves the groups as they are.
        try (var socket = (SSLSocket) certificate.trust().getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), service.address().getPort())) {
            socket.setSSLParameters(parameters);
            assertThrows(SSLException.class, socket::startHandshake);
        }
    }

    /** What comes first on a connection whose ends have agreed on a protocol, and how the answer begins. */
    private static String begin(String agreed, String first) throws Exception {
        try (var socket = (SSLSocket) certificate.trust().getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), service.address().getPort())) {
            var parameters = new SSLParameters();
            parameters.setApplicationProtocols(new String[]{agreed});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertEquals(agreed, socket.getApplicationProtocol());
            socket.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void nothingButTheAgreedVersionOfHttpIsSpoken() throws Exception {
        assertEquals("", begin("h2", "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        assertEquals("HTTP/1.1 400", begin("http/1.1", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    }

    @Test
    void theCertificateIsTheConfiguredOne() throws Exception {
        SSLContext other = new PemCertificate(folder).trust();
        assertThrows(
                SSLHandshakeException.class, () -> get(HttpClient.Version.HTTP_1_1, other, new SSLParameters()));
    }

    @Test
    void theManagementListenerStaysInClear() throws Exception {
        assertEquals("http", service.managementAddress().getScheme());
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest metrics = HttpRequest.newBuilder(service.managementAddress().resolve("/metrics")).build();
            assertEquals(200, client.send(metrics, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
    }

    @Test
    void aMetricTellsWhenTheCertificateEnds() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(service.managementAddress().resolve("/metrics")).build();
            String metrics = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            double end = Double.parseDouble(
                    metrics.replaceAll("(?s).*\ntls_certificate_not_after_timestamp_seconds (\\S+)\n.*", "$1"));
            assertTrue(end > Instant.now().getEpochSecond(), metrics);
        }
    }

    @Test
    void theWatchdogsCheckPasses() {
        var check = new SelfCheck(
                service.address(), service.managementAddress(), false, () -> 0, Duration.ofSeconds(10),
                UncheckedTls::sockets);
        assertTrue(check.passes());
    }
}
