package customerservice.api.identity;

import customerservice.api.http.Exchange;
import customerservice.api.http.message.FormEncoding;
import io.helidon.http.HeaderNames;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * How a client says who it is (RFC 6749, section 2.3.1): HTTP Basic with id and secret form-encoded, or as parameters,
 * but not both.
 *
 * @param clientId as it came, empty if it did not
 */
record ClientSecret(String clientId, String secret) {

    private static final String SCHEME = "Basic ";
    private static final String BEARER = "Bearer";

    /**
     * Empty if the request has no secret. An access token, which some clients send with every request, is none.
     *
     * @throws OAuthErrorException if it has two, or one that is malformed or of another scheme (RFC 6749, section 5.2)
     */
    static Optional<ClientSecret> of(Exchange exchange, FormParameters form) {
        String field = exchange.field(HeaderNames.AUTHORIZATION);
        if (field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            ClientSecret basic = basic(field.substring(SCHEME.length()));
            if (form.has("client_secret") || (form.has("client_id") && !form.get("client_id").equals(basic.clientId))) {
                throw new OAuthErrorException(
                        OAuthError.INVALID_REQUEST, "the client authenticates in more than one way");
            }
            return Optional.of(basic);
        }
        if (!field.isEmpty() && !isAccessToken(field)) {
            throw new OAuthErrorException(OAuthError.INVALID_CLIENT, "clients authenticate with the scheme Basic");
        }
        return form.has("client_secret")
                ? Optional.of(new ClientSecret(form.require("client_id"), form.get("client_secret")))
                : Optional.empty();
    }

    /** Whatever it is: also one that a client has not got yet. */
    private static boolean isAccessToken(String field) {
        return field.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && (field.length() == BEARER.length() || field.charAt(BEARER.length()) == ' ');
    }

    private static ClientSecret basic(String credentials) {
        try {
            byte[] bytes = Base64.getDecoder().decode(credentials.strip());
            String pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            int colon = pair.indexOf(':');
            if (colon >= 0) {
                return new ClientSecret(decoded(pair.substring(0, colon)), decoded(pair.substring(colon + 1)));
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // Said below.
        }
        throw malformed();
    }

    private static String decoded(String text) {
        return FormEncoding.decode(text).orElseThrow(ClientSecret::malformed);
    }

    private static OAuthErrorException malformed() {
        return new OAuthErrorException(
                OAuthError.INVALID_CLIENT, "the Basic credentials are not form-encoded id and secret");
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "ClientSecret[" + clientId + "]";
    }
}
