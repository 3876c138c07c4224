package customerservice.api.transport;

import javax.net.ssl.SSLParameters;

/**
 * What the server negotiates: forward secrecy and AEAD only (RFC 9325, section 4.2), and what it prefers rather than the
 * client. No finite-field groups either, of which the largest costs fifty times as much as x25519.
 */
final class TlsParameters {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private static final String[] CIPHER_SUITES = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };

    private static final String[] GROUPS = {"x25519", "secp256r1", "secp384r1", "secp521r1"};

    private TlsParameters() {}

    static SSLParameters ofServer() {
        var parameters = new SSLParameters(CIPHER_SUITES, PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNamedGroups(GROUPS);
        return parameters;
    }
}
