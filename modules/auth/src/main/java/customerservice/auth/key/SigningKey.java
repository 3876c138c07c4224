package customerservice.auth.key;

import io.helidon.security.jwt.JwtException;
import io.helidon.security.jwt.jwk.Jwk;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One key, bound to one algorithm. */
public final class SigningKey {

    /** Of an access token, in its header (RFC 9068, section 2.1). */
    public static final String TOKEN_TYPE = "at+jwt";

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
                ("{\"typ\":\"" + TOKEN_TYPE + "\",\"alg\":\"" + algorithm.name() + "\",\"kid\":\"" + id + "\"}")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    public String id() {
        return id;
    }

    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    Status status() {
        return status;
    }

    public Jwk jwk() {
        return jwk;
    }

    /** The public half as a JWK. */
    public String publicJson() {
        return publicJson;
    }

    /** The first part of every access token that it signs (RFC 7515, section 7.1). */
    public String tokenHeader() {
        return tokenHeader;
    }

    /** Whether the other is the same pair under the same id, wherever it was read. */
    boolean isSameAs(SigningKey other) {
        return publicJson.equals(other.publicJson);
    }

    public boolean verifies(byte[] signed, byte[] signature) {
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
    public enum Status {
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
