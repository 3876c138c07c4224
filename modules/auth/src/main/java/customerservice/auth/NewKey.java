package customerservice.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** Makes a key and writes it down as a {@code jwt-keys.json}. Its id tells when it was made and what it is. */
final class NewKey {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int RSA_BITS = 2048;

    private NewKey() {}

    static String json(SigningAlgorithm algorithm, Clock clock) {
        try {
            return switch (algorithm) {
                case RS256 -> rsa(clock);
                case ES256 -> ec(clock);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make a key for " + algorithm, e);
        }
    }

    private static String rsa(Clock clock) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
        String n = Base64UrlUInt.of(key.getModulus());
        String e = Base64UrlUInt.of(key.getPublicExponent());
        String id = id("{\"e\":\"" + e + "\",\"kty\":\"RSA\",\"n\":\"" + n + "\"}", clock);
        return file(
                SigningAlgorithm.RS256,
                id,
                member("n", n),
                member("e", e),
                member("d", Base64UrlUInt.of(key.getPrivateExponent())),
                member("p", Base64UrlUInt.of(key.getPrimeP())),
                member("q", Base64UrlUInt.of(key.getPrimeQ())),
                member("dp", Base64UrlUInt.of(key.getPrimeExponentP())),
                member("dq", Base64UrlUInt.of(key.getPrimeExponentQ())),
                member("qi", Base64UrlUInt.of(key.getCrtCoefficient())));
    }

    private static String ec(Clock clock) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        String x = Base64UrlUInt.of(key.getW().getAffineX(), EcKey.FIELD_BYTES);
        String y = Base64UrlUInt.of(key.getW().getAffineY(), EcKey.FIELD_BYTES);
        String id = id(
                "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}", clock);
        return file(
                SigningAlgorithm.ES256,
                id,
                member("crv", "P-256"),
                member("x", x),
                member("y", y),
                member("d", Base64UrlUInt.of(((ECPrivateKey) pair.getPrivate()).getS(), EcKey.FIELD_BYTES)));
    }

    /** The date, then the beginning of the JWK thumbprint (RFC 7638, section 3). */
    private static String id(String canonical, Clock clock) throws GeneralSecurityException {
        byte[] thumbprint = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.US_ASCII));
        return LocalDate.now(clock).format(DateTimeFormatter.BASIC_ISO_DATE) + "-"
                + BASE64.encodeToString(thumbprint).substring(0, 8);
    }

    private static String file(SigningAlgorithm algorithm, String id, String... parameters) {
        var json = new StringBuilder("{\"keys\": [{\n");
        for (String common : new String[]{
            member("kid", id),
            member("kty", algorithm.keyType()),
            member("alg", algorithm.name()),
            member("use", "sig"),
            member("status", SigningKey.Status.CURRENT.label())}) {
            json.append("  ").append(common).append(",\n");
        }
        for (int i = 0; i < parameters.length; i++) {
            json.append("  ").append(parameters[i]).append(i == parameters.length - 1 ? "\n" : ",\n");
        }
        return json.append("}]}\n").toString();
    }

    private static String member(String name, String value) {
        return "\"" + name + "\": \"" + value + "\"";
    }
}
