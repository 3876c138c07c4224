package customerservice.auth;

import customerservice.auth.key.SigningKey;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.token.TokenSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes tokens piece by piece, right ones and wrong ones. Values are JSON text. */
public final class TestTokens {

    public static final TokenSettings SETTINGS = new TokenSettings(
            "https://id.example", "customer-service", Duration.ofMinutes(15), 100);

    public static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final SigningKey key;
    private final Map<String, String> header = new LinkedHashMap<>();
    private final Map<String, String> claims = new LinkedHashMap<>();

    private TestTokens(SigningKey key) {
        this.key = key;
    }

    /** A valid one, issued now, for 15 minutes. */
    public static TestTokens valid(SigningKeys keys, Instant now) {
        SigningKey key = keys.current();
        return new TestTokens(key)
                .header("typ", "\"at+jwt\"")
                .header("alg", "\"" + key.algorithm() + "\"")
                .header("kid", "\"" + key.id() + "\"")
                .claim("iss", "\"https://id.example\"")
                .claim("aud", "\"customer-service\"")
                .claim("sub", "\"01890a5d-ac96-774b-bcce-b302099a8057\"")
                .claim("scope", "\"customers:read\"")
                .claim("iat", Long.toString(now.getEpochSecond()))
                .claim("exp", Long.toString(now.getEpochSecond() + 900))
                .claim("jti", "\"token-1\"");
    }

    public TestTokens header(String name, String json) {
        header.put(name, json);
        return this;
    }

    public TestTokens withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    public TestTokens claim(String name, String json) {
        claims.put(name, json);
        return this;
    }

    public TestTokens withoutClaim(String name) {
        claims.remove(name);
        return this;
    }

    public String headerPart() {
        return encode(json(header));
    }

    public String claimsPart() {
        return encode(json(claims));
    }

    /** Header and claims. */
    public String signed() {
        return headerPart() + "." + claimsPart();
    }

    public String token() {
        return sign(headerPart(), claimsPart());
    }

    /** With these parts in place of the right ones, and a signature that fits them. */
    public String sign(String headerPart, String claimsPart) {
        String signed = headerPart + "." + claimsPart;
        return signed + "." + BASE64URL.encodeToString(key.jwk().sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    public static String encode(String text) {
        return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String json(Map<String, String> members) {
        var json = new StringBuilder("{");
        members.forEach((name, value) -> json.append(json.length() == 1 ? "" : ",")
                .append('"').append(name).append("\":").append(value));
        return json.append('}').toString();
    }
}
