package customerservice.auth.key;

import io.helidon.security.jwt.jwk.Jwk;
import io.helidon.security.jwt.jwk.JwkRSA;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Set;

/** An RSA key pair (RFC 7518, section 6.3): two primes, 2048 to 4096 bits, public exponent 65537. */
final class RsaKey {

    static final Set<String> FIELDS = Set.of("n", "e", "d", "p", "q", "dp", "dq", "qi");

    private static final int MIN_BITS = 2048;
    private static final int MAX_BITS = 4096;
    private static final BigInteger F4 = BigInteger.valueOf(65_537);

    private final RSAPublicKey publicKey;
    private final RSAPrivateKey privateKey;
    private final String publicFields;

    private RsaKey(RSAPublicKey publicKey, RSAPrivateKey privateKey, String publicFields) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.publicFields = publicFields;
    }

    static RsaKey of(KeyFields fields) {
        var spec = new RSAPrivateCrtKeySpec(
                fields.number("n"),
                fields.number("e"),
                fields.number("d"),
                fields.number("p"),
                fields.number("q"),
                fields.number("dp"),
                fields.number("dq"),
                fields.number("qi"));
        int bits = spec.getModulus().bitLength();
        if (bits < MIN_BITS || bits > MAX_BITS) {
            throw fields.wrong("n", "must have " + MIN_BITS + " to " + MAX_BITS + " bits");
        }
        if (!spec.getPublicExponent().equals(F4)) {
            throw fields.wrong("e", "must be AQAB");
        }
        if (!isConsistent(spec)) {
            throw fields.wrong("is not one key: its parameters do not belong together");
        }
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new RsaKey(
                    (RSAPublicKey) factory.generatePublic(new RSAPublicKeySpec(spec.getModulus(), F4)),
                    (RSAPrivateKey) factory.generatePrivate(spec),
                    "\"n\":\"" + Base64UrlUInt.of(spec.getModulus()) + "\",\"e\":\"" + Base64UrlUInt.of(F4) + "\"");
        } catch (GeneralSecurityException e) {
            throw fields.wrong("is not a usable RSA key");
        }
    }

    /** What makes the parameters one key (RFC 8017, section 3.2); far cheaper than a signature to try it. */
    private static boolean isConsistent(RSAPrivateCrtKeySpec key) {
        BigInteger p = key.getPrimeP();
        BigInteger q = key.getPrimeQ();
        BigInteger d = key.getPrivateExponent();
        BigInteger p1 = p.subtract(BigInteger.ONE);
        BigInteger q1 = q.subtract(BigInteger.ONE);
        return p.multiply(q).equals(key.getModulus())
                && p1.signum() > 0
                && q1.signum() > 0
                && d.mod(p1).equals(key.getPrimeExponentP())
                && d.mod(q1).equals(key.getPrimeExponentQ())
                && F4.multiply(d).mod(p1).equals(BigInteger.ONE)
                && F4.multiply(d).mod(q1).equals(BigInteger.ONE)
                && key.getCrtCoefficient().multiply(q).mod(p).equals(BigInteger.ONE);
    }

    Jwk jwk(String id) {
        return JwkRSA.builder()
                .keyId(id)
                .keyType(Jwk.KEY_TYPE_RSA)
                .algorithm(JwkRSA.ALG_RS256)
                .usage(Jwk.USE_SIGNATURE)
                .publicKey(publicKey)
                .privateKey(privateKey)
                .build();
    }

    String publicFields() {
        return publicFields;
    }
}
