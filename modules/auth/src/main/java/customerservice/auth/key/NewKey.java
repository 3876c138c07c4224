package customerservice.auth.key;

import customerservice.auth.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;

/** Makes a key. Its id tells when it was made and what it is. */
final class NewKey {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int RSA_BITS = 2048;

    private NewKey() {}

    static StoredKey of(SigningAlgorithm algorithm, SigningKey.Status status, Instant now) {
        try {
            return switch (algorithm) {
                case RS256 -> rsa(status, now);
                case ES256 -> ec(status, now);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make a key for " + algorithm, e);
        }
    }

    private static StoredKey rsa(SigningKey.Status status, Instant now) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
        String n = Base64UrlUInt.of(key.getModulus());
        String e = Base64UrlUInt.of(key.getPublicExponent());
        String id = id("{\"e\":\"" + e + "\",\"kty\":\"RSA\",\"n\":\"" + n + "\"}", now);
        Map<String, String> parameters = Map.of(
                "n", n,
                "e", e,
                "d", Base64UrlUInt.of(key.getPrivateExponent()),
                "p", Base64UrlUInt.of(key.getPrimeP()),
                "q", Base64UrlUInt.of(key.getPrimeQ()),
                "dp", Base64UrlUInt.of(key.getPrimeExponentP()),
                "dq", Base64UrlUInt.of(key.getPrimeExponentQ()),
                "qi", Base64UrlUInt.of(key.getCrtCoefficient()));
        return StoredKey.of(SigningAlgorithm.RS256, id, parameters).with(status, now);
    }

    private static StoredKey ec(SigningKey.Status status, Instant now) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        String x = Base64UrlUInt.of(key.getW().getAffineX(), EcKey.FIELD_BYTES);
        String y = Base64UrlUInt.of(key.getW().getAffineY(), EcKey.FIELD_BYTES);
        String id = id("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}", now);
        Map<String, String> parameters = Map.of(
                "crv", "P-256",
                "x", x,
                "y", y,
                "d", Base64UrlUInt.of(((ECPrivateKey) pair.getPrivate()).getS(), EcKey.FIELD_BYTES));
        return StoredKey.of(SigningAlgorithm.ES256, id, parameters).with(status, now);
    }

    /** The date, then the beginning of the JWK thumbprint (RFC 7638, section 3). */
    private static String id(String canonical, Instant now) {
        byte[] thumbprint = Sha256.of(canonical.getBytes(StandardCharsets.US_ASCII));
        return LocalDate.ofInstant(now, ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE) + "-"
                + BASE64.encodeToString(thumbprint).substring(0, 8);
    }
}
