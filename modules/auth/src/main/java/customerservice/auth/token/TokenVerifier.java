package customerservice.auth.token;

import customerservice.auth.InvalidTokenException;
import customerservice.auth.InvalidTokenException.Reason;
import customerservice.auth.key.SigningKey;
import customerservice.auth.key.SigningKeys;
import customerservice.auth.key.StrictJson;
import customerservice.domain.identity.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Verifies an access token from nothing (RFC 9068, section 4; RFC 8725, section 3): form, header, key, signature, then
 * the claims. Costs a signature's verification.
 */
final class TokenVerifier {

    /** How far the clocks of those who issue and those who verify may lie apart. */
    static final long SKEW_SECONDS = 30;

    /** The last second of the year 9999: what lies behind it is a mistake. */
    private static final long MAX_TIME = 253_402_300_799L;

    private static final int MAX_TEXT = 255;

    /** Extensions that must be understood, and keys that a token brings along; neither has a use here. */
    private static final List<String> REFUSED = List.of(
            "crit", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "zip", "enc", "b64");

    private final TokenSettings settings;

    TokenVerifier(TokenSettings settings) {
        this.settings = settings;
    }

    /** Who it stands for, and which key says so. */
    record Verified(Principal principal, SigningKey key) {}

    /**
     * @param keys that are in force
     * @param now seconds since 1970
     */
    Verified verify(String token, SigningKeys keys, long now) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first <= 0 || second <= first + 1 || second == token.length() - 1 || token.indexOf('.', second + 1) >= 0) {
            throw new InvalidTokenException(Reason.MALFORMED);
        }
        Map<String, Object> header = json(token.substring(0, first));
        byte[] signature = bytes(token.substring(second + 1));
        SigningKey key = key(header, keys);
        byte[] signed = token.substring(0, second).getBytes(StandardCharsets.ISO_8859_1);
        if (!key.verifies(signed, signature)) {
            throw new InvalidTokenException(Reason.BAD_SIGNATURE);
        }
        return new Verified(principal(json(token.substring(first + 1, second)), now), key);
    }

    private static SigningKey key(Map<String, Object> header, SigningKeys keys) {
        for (String name : REFUSED) {
            if (header.containsKey(name)) {
                throw new InvalidTokenException(Reason.UNSUPPORTED_HEADER);
            }
        }
        if (!(header.get("typ") instanceof String type)
                || !(type.equalsIgnoreCase(SigningKey.TOKEN_TYPE)
                        || type.equalsIgnoreCase("application/" + SigningKey.TOKEN_TYPE))) {
            throw new InvalidTokenException(Reason.WRONG_TYPE);
        }
        SigningKey key = header.get("kid") instanceof String id ? keys.find(id) : null;
        if (key == null) {
            throw new InvalidTokenException(Reason.UNKNOWN_KEY);
        }
        // The key decides, the token may only agree: so there is no "none", and no public key is taken for a secret.
        if (!key.algorithm().name().equals(header.get("alg"))) {
            throw new InvalidTokenException(Reason.WRONG_ALGORITHM);
        }
        return key;
    }

    private Principal principal(Map<String, Object> claims, long now) {
        if (!settings.accepts(claims.get("iss"))) {
            throw new InvalidTokenException(Reason.WRONG_ISSUER);
        }
        Object audience = claims.get("aud");
        if (!settings.audience().equals(audience)
                && !(audience instanceof List<?> several && several.contains(settings.audience()))) {
            throw new InvalidTokenException(Reason.WRONG_AUDIENCE);
        }
        long expiresAt = number(claims.get("exp"));
        if (now >= expiresAt + SKEW_SECONDS) {
            throw new InvalidTokenException(Reason.EXPIRED);
        }
        if (number(claims.get("iat")) > now + SKEW_SECONDS
                || (claims.containsKey("nbf") && number(claims.get("nbf")) > now + SKEW_SECONDS)) {
            throw new InvalidTokenException(Reason.NOT_YET_VALID);
        }
        return new Principal(
                text(claims.get("sub")),
                scopes(claims.get("scope")),
                Instant.ofEpochSecond(expiresAt),
                text(claims.get("jti")),
                claims.containsKey(AccessTokens.EPOCH)
                        ? OptionalLong.of(number(claims.get(AccessTokens.EPOCH)))
                        : OptionalLong.empty());
    }

    private static Set<Scope> scopes(Object claim) {
        if (!(claim instanceof String labels)) {
            throw new InvalidTokenException(Reason.INCOMPLETE);
        }
        var scopes = EnumSet.noneOf(Scope.class);
        for (String label : labels.split(" ", -1)) {
            // Those that this release does not know are another release's.
            Scope.ofLabel(label).ifPresent(scopes::add);
        }
        return scopes;
    }

    private static String text(Object claim) {
        if (claim instanceof String text && !text.isEmpty() && text.length() <= MAX_TEXT) {
            return text;
        }
        throw new InvalidTokenException(Reason.INCOMPLETE);
    }

    /** Whole seconds: RFC 7519's NumericDate may have fractions, ours have none. Epochs are no greater. */
    private static long number(Object claim) {
        if (claim instanceof Long number && number >= 0 && number <= MAX_TIME) {
            return number;
        }
        throw new InvalidTokenException(Reason.INCOMPLETE);
    }

    private static Map<String, Object> json(String part) {
        try {
            return StrictJson.readObject(bytes(part));
        } catch (StrictJson.Malformed e) {
            throw new InvalidTokenException(Reason.MALFORMED);
        }
    }

    /** Base64url as RFC 7515 writes it: one text for each value, without padding and without stray bits at the end. */
    private static byte[] bytes(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new InvalidTokenException(Reason.MALFORMED);
    }
}
