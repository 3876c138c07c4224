package customerservice.auth;

import io.helidon.security.jwt.JwtException;
import io.helidon.security.jwt.jwk.Jwk;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One key, bound to one algorithm. */
final class SigningKey {

    private final String id;
    private final SigningAlgorithm algorithm;
    private final Status status;
    private final Jwk jwk;
    private final String publicJson;
    private final String tokenHeader;

    SigningKey(String id, SigningAlgorithm algorithm, Status status, Jwk jwk, String publicJson) {
        this.id = id;
        this.algorithm = algorithm;
        this.status = status;
        this.jwk = jwk;
        this.publicJson = publicJson;
        this.tokenHeader = Base64.getUrlEncoder().withoutPadding().encodeToString(
                ("{\"typ\":\"" + TokenVerifier.TYPE + "\",\"alg\":\"" + algorithm.name() + "\",\"kid\":\"" + id + "\"}")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    String id() {
        return id;
    }

    SigningAlgorithm algorithm() {
        return algorithm;
    }

    Status status() {
        return status;
    }

    Jwk jwk() {
        return jwk;
    }

    /** The public half as a JWK. */
    String publicJson() {
        return publicJson;
    }

    /** The first part of every access token that it signs (RFC 7515, section 7.1). */
    String tokenHeader() {
        return tokenHeader;
    }

    /** Whether the other is the same pair under the same id, wherever it was read. */
    boolean isSameAs(SigningKey other) {
        return publicJson.equals(other.publicJson);
    }

    boolean verifies(byte[] signed, byte[] signature) {
        try {
            return jwk.verifySignature(signed, signature);
        } catch (JwtException e) {
            // What the JDK thinks no signature at all, such as one of another length, it reports by an exception.
            return false;
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + ", " + algorithm + ", " + status.label + "]";
    }

    /** Every key is published and verifies; one signs. */
    enum Status {
        NEXT("next"),
        CURRENT("current"),
        PREVIOUS("previous");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }
}
