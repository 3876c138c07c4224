package customerservice.auth.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.auth.TestClock;
import customerservice.auth.key.TestKeys;
import customerservice.auth.key.ActiveSigningKeys;
import customerservice.auth.key.SigningAlgorithm;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.key.StrictJson;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.User;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccessTokensTest {

    private static final TokenSettings SETTINGS = new TokenSettings(
            "https://id.example", "https://api.example", Duration.ofMinutes(15), 10);

    private final TestClock clock = new TestClock();
    private final SigningKeys keys = TestKeys.keys(SigningAlgorithm.RS256);
    private final AccessTokens tokens = new AccessTokens(new ActiveSigningKeys(keys), SETTINGS, clock, new Random(1));

    @ParameterizedTest
    @EnumSource
    void theHeaderNamesTypeAlgorithmAndKeyAndNothingElse(SigningAlgorithm algorithm) {
        SigningKeys keys = TestKeys.keys(algorithm);

        String token = new AccessTokens(new ActiveSigningKeys(keys), SETTINGS, clock, new Random(1))
                .issue(user(Role.VIEWER), 0)
                .value();

        assertEquals(
                Map.of("typ", "at+jwt", "alg", algorithm.name(), "kid", keys.current().id()), part(token, 0));
    }

    @Test
    void theClaimsAreThoseOfRfc9068AndTheEpoch() {
        Map<String, Object> claims = part(tokens.issue(user(Role.VIEWER), 0).value(), 1);

        assertEquals(
                Set.of("iss", "aud", "sub", "client_id", "scope", "iat", "exp", "jti", "epoch"), claims.keySet());
    }

    @Test
    void issuerAndAudienceAreTheInstallations() {
        Map<String, Object> claims = part(tokens.issue(user(Role.VIEWER), 0).value(), 1);

        assertEquals("https://id.example", claims.get("iss"));
        assertEquals("https://api.example", claims.get("aud"));
    }

    @Test
    void theSubjectIsTheUsersIdAndTheNameIsNowhere() {
        User user = user(Role.VIEWER);

        String token = tokens.issue(user, 0).value();

        assertEquals(user.id().toString(), part(token, 1).get("sub"));
        assertFalse(part(token, 1).containsValue(user.username()));
    }

    @Test
    void aTokenLivesAsLongAsTheSettingsSay() {
        IssuedToken token = tokens.issue(user(Role.VIEWER), 0);

        long now = clock.instant().getEpochSecond();
        assertEquals(now, part(token.value(), 1).get("iat"));
        assertEquals(now + 900, part(token.value(), 1).get("exp"));
        assertEquals(Duration.ofMinutes(15), token.lifetime());
    }

    @ParameterizedTest
    @CsvSource({
        "ADMIN, customers:read customers:write customers:delete users:admin audit:read",
        "OPERATOR, customers:read customers:write",
        "VIEWER, customers:read"})
    void theScopesAreThoseOfTheRole(Role role, String scope) {
        IssuedToken token = tokens.issue(user(role), 0);

        assertEquals(scope, part(token.value(), 1).get("scope"));
        assertEquals(role.scopes(), token.scopes());
    }

    @Test
    void everyTokenHasItsOwnId() {
        User user = user(Role.VIEWER);

        assertNotEquals(part(tokens.issue(user, 0).value(), 1).get("jti"),
                part(tokens.issue(user, 0).value(), 1).get("jti"));
    }

    @Test
    void anIssuerWithQuotesIsWrittenAsJson() {
        var odd = new TokenSettings("say \"hi\"\\", "a", Duration.ofSeconds(1), 0);

        String token = new AccessTokens(new ActiveSigningKeys(keys), odd, clock, new Random(1))
                .issue(user(Role.VIEWER), 0)
                .value();

        assertEquals("say \"hi\"\\", part(token, 1).get("iss"));
    }

    /** As somebody else would verify it: with the JDK and the published key. */
    @Test
    void theSignatureIsThePublishedKeys() throws Exception {
        String token = tokens.issue(user(Role.VIEWER), 0).value();

        Map<?, ?> jwk = (Map<?, ?>) ((List<?>) StrictJson.readObject(keys.jwks()).get("keys")).getFirst();
        Signature rs256 = Signature.getInstance("SHA256withRSA");
        rs256.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(jwk.get("n")), number(jwk.get("e")))));
        rs256.update(token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII));
        assertTrue(rs256.verify(Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1))));
    }

    @Test
    void anIssuedTokensTextFormLeavesTheTokenOut() {
        IssuedToken token = tokens.issue(user(Role.VIEWER), 0);

        assertFalse(token.toString().contains(token.value().substring(0, 20)), token.toString());
    }

    private static BigInteger number(Object base64Url) {
        return new BigInteger(1, Base64.getUrlDecoder().decode((String) base64Url));
    }

    private static Map<String, Object> part(String token, int index) {
        return StrictJson.readObject(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]));
    }

    private static User user(Role role) {
        return new User(UUID.randomUUID(), "ada", role, "$argon2id$…", true, Instant.EPOCH);
    }
}
