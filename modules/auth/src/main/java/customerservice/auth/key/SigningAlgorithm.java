package customerservice.auth.key;

import java.util.Optional;

/**
 * The signature algorithms that are accepted (RFC 7518, section 3.1), each bound to one kind of key; the names are those
 * in the {@code alg} header. There is no {@code none} and nothing symmetric.
 */
public enum SigningAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256; the default, because it is by far the cheaper one to verify. */
    RS256("RSA"),
    /** ECDSA on P-256 with SHA-256; smaller keys and tokens. */
    ES256("EC");

    private final String keyType;

    SigningAlgorithm(String keyType) {
        this.keyType = keyType;
    }

    /** The {@code kty} of its keys (RFC 7518, section 6.1). */
    String keyType() {
        return keyType;
    }

    static Optional<SigningAlgorithm> ofName(String name) {
        return switch (name) {
            case "RS256" -> Optional.of(RS256);
            case "ES256" -> Optional.of(ES256);
            default -> Optional.empty();
        };
    }
}
