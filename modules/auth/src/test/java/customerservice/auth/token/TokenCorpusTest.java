package customerservice.auth.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import customerservice.auth.InvalidTokenException;
import customerservice.auth.InvalidTokenException.Reason;
import customerservice.auth.TestClock;
import customerservice.auth.key.TestKeys;
import customerservice.auth.TestTokens;
import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import io.helidon.security.jwt.jwk.JwkRSA;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens as attackers and accidents make them. */
class TokenCorpusTest {

    private static final TestClock CLOCK = new TestClock();
    private static final Instant NOW = TestClock.START;

    record Bad(SigningAlgorithm algorithm, String name, Reason reason, String token) {
        @Override
        public String toString() {
            return algorithm + ": " + name;
        }
    }

    static List<Bad> corpus() throws GeneralSecurityException {
        var corpus = new ArrayList<Bad>();
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            new Corpus(algorithm, corpus).add();
        }
        return corpus;
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void aBadTokenIsRefused(Bad bad) {
        var verifiedTokens = new VerifiedTokens(TestKeys.ring(bad.algorithm()), TestTokens.SETTINGS, CLOCK);

        var e = assertThrows(InvalidTokenException.class, () -> verifiedTokens.verify(bad.token()));

        assertEquals(bad.reason(), e.reason());
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void aBadTokenIsRefusedAgain(Bad bad) {
        var verifiedTokens = new VerifiedTokens(TestKeys.ring(bad.algorithm()), TestTokens.SETTINGS, CLOCK);
        assertThrows(InvalidTokenException.class, () -> verifiedTokens.verify(bad.token()));

        assertThrows(InvalidTokenException.class, () -> verifiedTokens.verify(bad.token()));

        assertEquals(0, verifiedTokens.cache().estimatedSize());
    }

    /** Otherwise the corpus would prove nothing: what it spoils is a good token. */
    @ParameterizedTest
    @EnumSource
    void theTokenThatTheCorpusSpoilsIsGood(SigningAlgorithm algorithm) {
        SigningKeys keys = TestKeys.keys(algorithm);
        var verifiedTokens = new VerifiedTokens(new ActiveSigningKeys(keys), TestTokens.SETTINGS, CLOCK);

        assertEquals("token-1", verifiedTokens.verify(TestTokens.valid(keys, NOW).token()).tokenId());
    }

    @Test
    void noRefusalRepeatsTheToken() throws GeneralSecurityException {
        for (Bad bad : corpus()) {
            var verifiedTokens = new VerifiedTokens(TestKeys.ring(bad.algorithm()), TestTokens.SETTINGS, CLOCK);
            var e = assertThrows(InvalidTokenException.class, () -> verifiedTokens.verify(bad.token()));
            assertEquals(null, e.getCause());
            assertEquals(0, e.getStackTrace().length);
        }
    }

    private static final class Corpus {

        private final SigningAlgorithm algorithm;
        private final SigningKeys keys;
        private final List<Bad> list;

        Corpus(SigningAlgorithm algorithm, List<Bad> list) {
            this.algorithm = algorithm;
            this.keys = TestKeys.keys(algorithm);
            this.list = list;
        }

        void add() throws GeneralSecurityException {
            form();
            headers();
            keysAndSignatures();
            claims();
            times();
        }

        private void form() {
            String token = valid().token();
            String signature = token.substring(token.lastIndexOf('.') + 1);
            bad("empty", Reason.MALFORMED, "");
            bad("one dot", Reason.MALFORMED, ".");
            bad("two dots", Reason.MALFORMED, "..");
            bad("three dots", Reason.MALFORMED, "...");
            bad("garbage", Reason.MALFORMED, "f\u00fc\u20acr \u0000 you\r\n");
            bad("an opaque refresh token", Reason.MALFORMED, "rt_8xLOxBtZp8Rk0pVbYwqJfQmN3sDgHcEuTiAoKyWz1");
            bad("two parts", Reason.MALFORMED, valid().signed());
            bad("no signature", Reason.MALFORMED, valid().signed() + ".");
            bad("no claims", Reason.MALFORMED, valid().headerPart() + ".." + signature);
            bad("no header", Reason.MALFORMED, "." + valid().claimsPart() + "." + signature);
            bad("two signatures, four parts", Reason.MALFORMED, token + "." + signature);
            bad("five parts, as encrypted", Reason.MALFORMED, "a.b.c.d.e");
            bad("two signatures, JSON serialisation", Reason.MALFORMED, "{\"payload\":\"" + valid().claimsPart()
                    + "\",\"signatures\":[{\"protected\":\"" + valid().headerPart() + "\",\"signature\":\"" + signature
                    + "\"},{\"protected\":\"" + valid().headerPart() + "\",\"signature\":\"" + signature + "\"}]}");
            bad("padding", Reason.MALFORMED, token + "==");
            bad("a blank behind", Reason.MALFORMED, token + " ");
            bad("a line break inside", Reason.MALFORMED, token.substring(0, 20) + "\n" + token.substring(20));
            bad("the other alphabet of base64", Reason.MALFORMED, valid().signed() + ".ab+/");
            bad("stray bits behind the signature", Reason.MALFORMED, valid().signed() + ".AB");
            bad("oversize", Reason.TOO_LARGE, "x".repeat(8 * 1024 + 1));
            bad("oversize, well signed", Reason.TOO_LARGE, valid().claim("x", "\"" + "x".repeat(8192) + "\"").token());
            bad("of the largest size, all garbage", Reason.MALFORMED, "x".repeat(8 * 1024));
        }

        private void headers() {
            badHeader("no JSON", "hello");
            badHeader("an array", "[]");
            badHeader("nothing", "");
            badHeader("half an object", "{\"typ\":\"at+jwt\"");
            badHeader("two objects", "{}{}");
            badHeader("a name twice", "{\"alg\":\"none\",\"typ\":\"at+jwt\",\"alg\":\"" + algorithm + "\",\"kid\":\""
                    + keys.current().id() + "\"}");
            badHeader("deep nesting", "{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}");
            bad("header that is no UTF-8", Reason.MALFORMED, valid().sign(
                    TestTokens.BASE64URL.encodeToString(new byte[]{'{', '"', (byte) 0xff, '"', ':', '1', '}'}),
                    valid().claimsPart()));
            bad("header in UTF-16", Reason.MALFORMED, valid().sign(
                    TestTokens.BASE64URL.encodeToString(new String(
                            Base64.getUrlDecoder().decode(valid().headerPart()), StandardCharsets.UTF_8)
                            .getBytes(StandardCharsets.UTF_16)),
                    valid().claimsPart()));
            bad("typ JWT", Reason.WRONG_TYPE, valid().header("typ", "\"JWT\"").token());
            bad("typ of a refresh token", Reason.WRONG_TYPE, valid().header("typ", "\"rt+jwt\"").token());
            bad("typ that is no text", Reason.WRONG_TYPE, valid().header("typ", "[\"at+jwt\"]").token());
            bad("no typ", Reason.WRONG_TYPE, valid().withoutHeader("typ").token());
            bad("crit", Reason.UNSUPPORTED_HEADER, valid().header("crit", "[\"exp\"]").token());
            bad("empty crit", Reason.UNSUPPORTED_HEADER, valid().header("crit", "[]").token());
            bad("b64", Reason.UNSUPPORTED_HEADER, valid().header("b64", "false").token());
            bad("zip", Reason.UNSUPPORTED_HEADER, valid().header("zip", "\"DEF\"").token());
            for (String name : List.of("jku", "x5u")) {
                bad(name, Reason.UNSUPPORTED_HEADER, attackers().header(name, "\"https://evil.example/k\"").token());
            }
            bad("x5c", Reason.UNSUPPORTED_HEADER, attackers().header("x5c", "[\"MIIB\"]").token());
        }

        private void keysAndSignatures() throws GeneralSecurityException {
            bad("jwk", Reason.UNSUPPORTED_HEADER, attackers()
                    .header("jwk", TestKeys.otherKeys(algorithm).current().publicJson()).token());
            bad("another's key under our kid", Reason.BAD_SIGNATURE, attackers().token());
            for (String kid : List.of(
                    "nobody",
                    "",
                    "../../../../etc/passwd",
                    "/dev/null",
                    "file:///proc/self/environ",
                    "x' OR '1'='1",
                    "x'; DROP TABLE users; --",
                    keys.current().id() + "\u0000",
                    " " + keys.current().id())) {
                bad("kid " + kid, Reason.UNKNOWN_KEY, valid().header("kid", "\"" + kid.replace("\u0000", "\\u0000")
                        + "\"").token());
            }
            bad("no kid", Reason.UNKNOWN_KEY, valid().withoutHeader("kid").token());
            bad("kid that is no text", Reason.UNKNOWN_KEY, valid().header("kid", "{}").token());
            bad("kid null", Reason.UNKNOWN_KEY, valid().header("kid", "null").token());

            bad("alg none, no signature", Reason.MALFORMED, valid().header("alg", "\"none\"").signed() + ".");
            for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
                bad("alg " + none, Reason.WRONG_ALGORITHM, valid().header("alg", "\"" + none + "\"").token());
                bad("alg " + none + ", signature of one byte", Reason.WRONG_ALGORITHM,
                        valid().header("alg", "\"" + none + "\"").signed() + ".AA");
            }
            bad("alg none, no kid", Reason.UNKNOWN_KEY,
                    valid().header("alg", "\"none\"").withoutHeader("kid").signed() + ".AA");
            bad("no alg", Reason.WRONG_ALGORITHM, valid().withoutHeader("alg").token());
            bad("alg in lower case", Reason.WRONG_ALGORITHM,
                    valid().header("alg", "\"" + algorithm.name().toLowerCase(java.util.Locale.ROOT) + "\"").token());
            bad("another strength", Reason.WRONG_ALGORITHM, valid().header("alg", "\"RS512\"").token());
            bad("the other algorithm", Reason.WRONG_ALGORITHM, valid().header("alg",
                    algorithm == SigningAlgorithm.RS256 ? "\"ES256\"" : "\"RS256\"").token());

            for (byte[] secret : List.of(publicKey(), pem(publicKey()).getBytes(StandardCharsets.US_ASCII),
                    keys.jwks())) {
                String name = " keyed with " + secret.length + " public bytes";
                bad("HS256" + name, Reason.WRONG_ALGORITHM, mac(valid().header("alg", "\"HS256\"").signed(), secret));
                bad("HMAC" + name, Reason.BAD_SIGNATURE, mac(valid().signed(), secret));
            }

            String token = valid().token();
            String signature = token.substring(token.lastIndexOf('.'));
            bad("tampered claims", Reason.BAD_SIGNATURE,
                    valid().claim("scope", "\"users:admin\"").signed() + signature);
            bad("tampered header", Reason.BAD_SIGNATURE, valid().header("x", "1").signed() + signature);
            bad("claims of a truncated token", Reason.BAD_SIGNATURE, valid().headerPart() + "."
                    + TestTokens.encode("{}") + signature);
            bad("a short signature", Reason.BAD_SIGNATURE, valid().signed() + ".AAAA");
            bad("a signature of zeros", Reason.BAD_SIGNATURE, valid().signed() + "."
                    + TestTokens.BASE64URL.encodeToString(new byte[algorithm == SigningAlgorithm.RS256 ? 256 : 64]));
            bad("a longer signature", Reason.BAD_SIGNATURE,
                    valid().signed() + "." + TestTokens.BASE64URL.encodeToString(
                            java.util.Arrays.copyOf(Base64.getUrlDecoder().decode(signature.substring(1)), 300)));
        }

        private void claims() {
            badClaims("no JSON", "hello");
            badClaims("an array", "[]");
            badClaims("a name twice", "{\"scope\":\"customers:read\",\"scope\":\"users:admin\"}");
            badClaims("something behind", TestTokens.json(java.util.Map.of("a", "1")) + "x");
            badClaims("a huge number", "{\"exp\":" + "9".repeat(1000) + "}");
            bad("wrong issuer", Reason.WRONG_ISSUER, valid().claim("iss", "\"https://evil.example\"").token());
            bad("issuer with a slash more", Reason.WRONG_ISSUER,
                    valid().claim("iss", "\"https://id.example/\"").token());
            bad("issuer as a list", Reason.WRONG_ISSUER, valid().claim("iss", "[\"https://id.example\"]").token());
            bad("no issuer", Reason.WRONG_ISSUER, valid().withoutClaim("iss").token());
            bad("wrong audience", Reason.WRONG_AUDIENCE, valid().claim("aud", "\"billing\"").token());
            bad("wrong audiences", Reason.WRONG_AUDIENCE, valid().claim("aud", "[\"billing\",\"mail\"]").token());
            bad("empty audiences", Reason.WRONG_AUDIENCE, valid().claim("aud", "[]").token());
            bad("no audience", Reason.WRONG_AUDIENCE, valid().withoutClaim("aud").token());
            for (String name : List.of("sub", "jti", "scope")) {
                bad("no " + name, Reason.INCOMPLETE, valid().withoutClaim(name).token());
                bad(name + " that is no text", Reason.INCOMPLETE, valid().claim(name, "7").token());
                bad(name + " null", Reason.INCOMPLETE, valid().claim(name, "null").token());
            }
            bad("an empty subject", Reason.INCOMPLETE, valid().claim("sub", "\"\"").token());
            bad("an endless subject", Reason.INCOMPLETE, valid().claim("sub", "\"" + "x".repeat(256) + "\"").token());
        }

        private void times() {
            long now = NOW.getEpochSecond();
            bad("expired", Reason.EXPIRED, valid().claim("exp", Long.toString(now - 31)).token());
            bad("expired with the skew, to the second", Reason.EXPIRED,
                    valid().claim("exp", Long.toString(now - 30)).token());
            bad("no exp", Reason.INCOMPLETE, valid().withoutClaim("exp").token());
            for (String exp : List.of("\"" + (now + 900) + "\"", "true", "null", "-1", "1e30", now + 900 + ".5",
                    "999999999999999", "99999999999999999999")) {
                bad("exp " + exp, exp.length() > 19 ? Reason.MALFORMED : Reason.INCOMPLETE,
                        valid().claim("exp", exp).token());
            }
            bad("not yet valid", Reason.NOT_YET_VALID, valid().claim("nbf", Long.toString(now + 31)).token());
            bad("nbf that is no time", Reason.INCOMPLETE, valid().claim("nbf", "\"now\"").token());
            bad("issued in the future", Reason.NOT_YET_VALID, valid().claim("iat", Long.toString(now + 31)).token());
            bad("no iat", Reason.INCOMPLETE, valid().withoutClaim("iat").token());
        }

        private TestTokens valid() {
            return TestTokens.valid(keys, NOW);
        }

        /** Well signed, with a key of the attacker's own, under the id of ours. */
        private TestTokens attackers() {
            return TestTokens.valid(TestKeys.otherKeys(algorithm), NOW).header("kid",
                    "\"" + keys.current().id() + "\"");
        }

        private void bad(String name, Reason reason, String token) {
            list.add(new Bad(algorithm, name, reason, token));
        }

        private void badHeader(String name, String header) {
            bad("header: " + name, Reason.MALFORMED, valid().sign(TestTokens.encode(header), valid().claimsPart()));
        }

        private void badClaims(String name, String claims) {
            bad("claims: " + name, Reason.MALFORMED, valid().sign(valid().headerPart(), TestTokens.encode(claims)));
        }

        private byte[] publicKey() {
            return keys.current().jwk() instanceof JwkRSA rsa
                    ? rsa.publicKey().getEncoded()
                    : ((io.helidon.security.jwt.jwk.JwkEC) keys.current().jwk()).publicKey().getEncoded();
        }

        private static String pem(byte[] der) {
            return "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der)
                    + "\n-----END PUBLIC KEY-----\n";
        }

        private static String mac(String signed, byte[] secret) throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return signed + "."
                    + TestTokens.BASE64URL.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
