package customerservice.auth.key;

import io.helidon.security.jwt.jwk.Jwk;
import io.helidon.security.jwt.jwk.JwkEC;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Set;

/** A key pair on P-256 (RFC 7518, section 6.2). */
final class EcKey {

    static final Set<String> FIELDS = Set.of("crv", "x", "y", "d");

    /** Of P-256. */
    static final int FIELD_BYTES = 32;

    private final ECPublicKey publicKey;
    private final ECPrivateKey privateKey;
    private final String publicFields;

    private EcKey(ECPublicKey publicKey, ECPrivateKey privateKey, String publicFields) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.publicFields = publicFields;
    }

    static EcKey of(KeyFields fields) {
        if (!fields.text("crv").equals(JwkEC.CURVE_P256)) {
            throw fields.wrong("crv", "must be P-256");
        }
        BigInteger x = fields.number("x");
        BigInteger y = fields.number("y");
        BigInteger d = fields.number("d");
        try {
            ECParameterSpec curve = p256();
            KeyFactory factory = KeyFactory.getInstance("EC");
            var key = new EcKey(
                    (ECPublicKey) factory.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve)),
                    (ECPrivateKey) factory.generatePrivate(new ECPrivateKeySpec(d, curve)),
                    "\"crv\":\"P-256\",\"x\":\"" + Base64UrlUInt.of(x, FIELD_BYTES) + "\",\"y\":\""
                            + Base64UrlUInt.of(y, FIELD_BYTES) + "\"");
            if (key.isConsistent()) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            // Said below: a point off the curve, or a private key out of range.
        }
        throw fields.wrong("is not one key: its parameters do not belong together");
    }

    static ECParameterSpec p256() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    /** The JDK has no cheaper way to see whether a point belongs to a private key. */
    private boolean isConsistent() throws GeneralSecurityException {
        byte[] sample = {1, 2, 3, 4};
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(privateKey);
        signer.update(sample);
        byte[] signature = signer.sign();
        signer.initVerify(publicKey);
        signer.update(sample);
        return signer.verify(signature);
    }

    Jwk jwk(String id) {
        return JwkEC.builder()
                .keyId(id)
                .keyType(Jwk.KEY_TYPE_EC)
                .algorithm(JwkEC.ALG_ES256)
                .usage(Jwk.USE_SIGNATURE)
                .publicKey(publicKey)
                .privateKey(privateKey)
                .build();
    }

    String publicFields() {
        return publicFields;
    }
}
