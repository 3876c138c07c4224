package customerservice.api.transport;

import static java.util.Comparator.naturalOrder;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What the public listener shows its clients, if they are to speak TLS: 1.2 or 1.3, HTTP/2 by ALPN (RFC 7301). Nobody has
 * to show a certificate in return.
 */
public final class ServerTls {

    private static final ServerTls NONE = new ServerTls(null, Instant.MAX);

    /** That can be resumed. Each takes some 2 KB; the oldest goes first. */
    private static final int SESSIONS = 2_000;

    private static final Duration SESSION_LIFETIME = Duration.ofHours(1);

    /** In bytes, of each of the two files: a hundred times what they have. */
    private static final int MAX_FILE = 1 << 20;

    /** Null for none. */
    private final Tls tls;

    private volatile Instant notAfter;

    private ServerTls(Tls tls, Instant notAfter) {
        this.tls = tls;
        this.notAfter = notAfter;
    }

    /** Clients speak in clear. */
    public static ServerTls none() {
        return NONE;
    }

    /**
     * Reads both files.
     *
     * @param chain certificates in PEM (RFC 7468), the server's own first
     * @param key its private key, PKCS #8 in PEM, not encrypted
     * @throws IllegalArgumentException if they are not that; the message says nothing of the key
     */
    public static ServerTls of(Path chain, Path key) {
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(key, "key");
        Resource chainPem;
        Resource keyPem;
        try {
            chainPem = Resource.create(chain.toString(), read(chain));
            keyPem = Resource.create(key.toString(), read(key));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    chain + " and " + key + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
        try {
            Keys keys = Keys.builder()
                    .pem(pem -> pem.certChain(chainPem).key(keyPem))
                    .build();
            if (!belongTogether(
                    keys.privateKey().orElseThrow(),
                    keys.certChain().getFirst().getPublicKey())) {
                throw new IllegalArgumentException("the key is another certificate's");
            }
            return new ServerTls(
                    Tls.builder()
                            .privateKey(keys)
                            .privateKeyCertChain(keys)
                            .sslParameters(TlsParameters.ofServer())
                            .sessionCacheSize(SESSIONS)
                            .sessionTimeout(SESSION_LIFETIME)
                            .managerDiscoverServices(false)
                            .build(),
                    notAfter(keys.certChain()));
        } catch (RuntimeException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    chain + " and " + key + " are not a certificate chain and its private key in PEM", e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        // Whoever opens a FIFO waits until somebody writes to it.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_FILE + 1);
            if (content.length > MAX_FILE) {
                throw new IllegalArgumentException(file + " has more than " + MAX_FILE + " bytes");
            }
            return content;
        }
    }

    /** A chain is as good as its worst link. */
    private static Instant notAfter(List<X509Certificate> chain) {
        return chain.stream().map(certificate -> certificate.getNotAfter().toInstant()).min(naturalOrder())
                .orElseThrow();
    }

    /** Otherwise every handshake would fail, and only that. */
    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] anything = {1};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(anything);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(anything);
        return signature.verify(signed);
    }

    /**
     * Shows the other's certificate in every handshake from now on. Connections that are open, and sessions that are resumed,
     * go on with what they began with.
     *
     * @throws IllegalArgumentException if one of the two is {@link #none}
     */
    public void replaceWith(ServerTls other) {
        if (!isPresent() || !other.isPresent()) {
            throw new IllegalArgumentException("a listener stays with TLS or without");
        }
        tls.reload(other.tls);
        notAfter = other.notAfter;
    }

    /** When the first certificate of the chain expires; {@link Instant#MAX} without TLS. */
    public Instant notAfter() {
        return notAfter;
    }

    public boolean isPresent() {
        return tls != null;
    }

    Tls tls() {
        return Objects.requireNonNull(tls, "tls");
    }
}
