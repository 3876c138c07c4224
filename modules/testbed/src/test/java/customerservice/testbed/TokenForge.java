package customerservice.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens as an attacker would, and as the service does; written without the service's own token code. */
final class TokenForge {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder FROM_BASE64 = Base64.getUrlDecoder();

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private TokenForge(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** With the service's own key. */
    static TokenForge of(Path signingKeys) {
        try {
            @SuppressWarnings("unchecked") // a JWK Set (RFC 7517, section 5)
            Map<String, Object> key = ((List<Map<String, Object>>) ((Map<String, Object>) Json
                    .parse(Files.readAllBytes(signingKeys))).get("keys")).getFirst();
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            return new TokenForge(
                    rsa.generatePrivate(new RSAPrivateKeySpec(integer(key, "n"), integer(key, "d"))),
                    rsa.generatePublic(new RSAPublicKeySpec(integer(key, "n"), integer(key, "e"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With another key of the same kind. */
    static TokenForge ofAttacker() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            return new TokenForge(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger integer(Map<String, Object> key, String name) {
        return new BigInteger(1, FROM_BASE64.decode((String) key.get(name)));
    }

    /** Part 0 is the header, part 1 the claims. */
    @SuppressWarnings("unchecked") // an object (RFC 7519, section 7.2)
    static Map<String, Object> part(String token, int index) {
        return (Map<String, Object>) Json.parse(FROM_BASE64.decode(token.split("\\.", -1)[index]));
    }

    static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
        var changed = new LinkedHashMap<>(members);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    static String unsigned(Map<String, Object> header, Map<String, Object> claims) {
        return base64(Json.write(header)) + "." + base64(Json.write(claims));
    }

    String rs256(Map<String, Object> header, Map<String, Object> claims) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey);
            String content = unsigned(header, claims);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With what everybody knows, the public key, as the secret (RFC 8725, section 2.1). */
    String hs256WithPublicKey(Map<String, Object> header, Map<String, Object> claims, boolean pem) {
        byte[] secret = pem
                ? ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(publicKey.getEncoded())
                        + "\n-----END PUBLIC KEY-----\n").getBytes(StandardCharsets.US_ASCII)
                : publicKey.getEncoded();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String content = unsigned(with(header, "alg", "HS256"), claims);
            return content + "." + BASE64.encodeToString(
                    mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
