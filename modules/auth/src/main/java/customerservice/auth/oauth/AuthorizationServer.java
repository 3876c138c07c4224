package customerservice.auth.oauth;

import customerservice.auth.token.AccessTokens;
import customerservice.auth.token.TokenSettings;
import java.util.Objects;

/**
 * All that the endpoints of OAuth 2.0 ask.
 *
 * @param settings of access tokens
 */
public record AuthorizationServer(
        ClientAuthenticator clients,
        ClientCredentials clientCredentials,
        RefreshTokens refreshTokens,
        Introspection introspection,
        TokenSettings settings) {

    /** The {@code client_id} of people's tokens: those who sign in with a password are clients of the service itself. */
    public static final String FIRST_PARTY = AccessTokens.FIRST_PARTY;

    public AuthorizationServer {
        Objects.requireNonNull(clients, "clients");
        Objects.requireNonNull(clientCredentials, "clientCredentials");
        Objects.requireNonNull(refreshTokens, "refreshTokens");
        Objects.requireNonNull(introspection, "introspection");
        Objects.requireNonNull(settings, "settings");
    }
}
