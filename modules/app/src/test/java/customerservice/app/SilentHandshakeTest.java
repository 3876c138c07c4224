package customerservice.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes before the first request: a TLS handshake, and a PROXY header before that. */
@Timeout(120)
@Tag("slow")
class SilentHandshakeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Host host;
    private CustomerService service;

    @BeforeEach
    void configure() throws IOException, GeneralSecurityException {
        database = TestDatabase.migrated();
        var certificate = new PemCertificate(folder);
        host = new Host(folder, database)
                .configure("server.tls", "true")
                .configure("limits.max_connections", "2")
                .credential("tls.crt", certificate.certificate(), "rw-------")
                .credential("tls.key", certificate.key(), "rw-------");
    }

    @AfterEach
    void stop() {
        service.close();
        database.close();
    }

    private void start() {
        service = CustomerService.start(
                Configuration.load(Sources.of(host.environment()), Credential.toServe()));
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), service.address().getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private boolean watchdogPasses(boolean proxyProtocol) {
        return new SelfCheck(
                service.address(), service.managementAddress(), proxyProtocol, () -> 0, PATIENCE,
                UncheckedTls::sockets).passes();
    }

    /** Two are as many as are taken on. */
    @Test
    void connectionsWithoutAHandshakeMakeRoomAfterTheirTime() throws IOException {
        host.configure("server.request_timeout", "2s");
        start();
        try (Socket first = connect(); Socket second = connect()) {
            assertTrue(watchdogPasses(false));
            assertEquals(-1, first.getInputStream().read());
            assertEquals(-1, second.getInputStream().read());
        }
    }

    @Test
    void watchdogsCheckPassesWhereProxiesSpeakFirst() {
        host.configure("server.proxy_protocol", "true").configure("server.trusted_proxies", "192.0.2.1");
        start();

        assertTrue(watchdogPasses(true));
        assertFalse(watchdogPasses(false));
    }
}
