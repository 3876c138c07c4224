import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;

/** What a relying party does, with Spring Security as Maven Central has it. Prints TAP. */
final class SpringSecurityWalkthrough {

    private static final String ISSUER = variable("ISSUER");
    private static final String AUDIENCE = variable("AUDIENCE");
    private static final String CLIENT_ID = variable("CLIENT_ID");
    private static final String CLIENT_SECRET = variable("CLIENT_SECRET");
    private static final String REFRESH_TOKEN = variable("REFRESH_TOKEN");

    private ClientRegistration program;
    private String accessToken;

    private static String variable(String name) {
        return System.getenv("CUSTOMER_SERVICE_" + name);
    }

    private static void require(boolean holds, Object otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** As docs/relying-parties.md has it. */
    private static Jwt accept(String token, String audience) {
        var decoder = NimbusJwtDecoder.withIssuerLocation(ISSUER).validateType(false).build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithValidators(List.of(
                new JwtTypeValidator("at+jwt"), new JwtIssuerValidator(ISSUER), new JwtAudienceValidator(audience))));
        return decoder.decode(token);
    }

    private void theMetadataIsFoundByTheIssuer() {
        program = ClientRegistrations.fromIssuerLocation(ISSUER)
                .clientId(CLIENT_ID)
                .clientSecret(CLIENT_SECRET)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .build();
        require(program.getProviderDetails().getTokenUri().equals(ISSUER + "/oauth/token"), program);
    }

    private void aProgramGetsAToken() {
        var token = new RestClientClientCredentialsTokenResponseClient()
                .getTokenResponse(new OAuth2ClientCredentialsGrantRequest(program))
                .getAccessToken();
        require(token.getScopes().equals(Set.of("customers:read", "tokens:introspect")), token.getScopes());
        accessToken = token.getTokenValue();
    }

    private void theTokenIsVerifiedByThePublishedKeys() {
        Jwt jwt = accept(accessToken, AUDIENCE);
        require(CLIENT_ID.equals(jwt.getSubject()) && CLIENT_ID.equals(jwt.getClaim("client_id")), jwt.getClaims());
    }

    private void aTokenForAnotherAudienceIsRefused() {
        try {
            accept(accessToken, "another");
        } catch (JwtValidationException e) {
            return;
        }
        throw new AssertionError("was not refused");
    }

    private void theTokenIsIntrospected() {
        var endpoint = (String) program.getProviderDetails().getConfigurationMetadata().get("introspection_endpoint");
        var told = SpringOpaqueTokenIntrospector.withIntrospectionUri(endpoint)
                .clientId(CLIENT_ID)
                .clientSecret(CLIENT_SECRET)
                .build()
                .introspect(accessToken);
        require(ISSUER.equals(told.getAttribute("iss")), told.getAttributes());
        require(CLIENT_ID.equals(told.getAttribute("client_id")), told.getAttributes());
    }

    private void somebodyWhoSignedInStaysSoByRefreshing() {
        ClientRegistration person = ClientRegistrations.fromIssuerLocation(ISSUER)
                .clientId("customer-service")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .build();
        var expired = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, "expired", Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
        var answer = new RestClientRefreshTokenTokenResponseClient().getTokenResponse(new OAuth2RefreshTokenGrantRequest(
                person, expired, new OAuth2RefreshToken(REFRESH_TOKEN, Instant.EPOCH)));
        require(!REFRESH_TOKEN.equals(answer.getRefreshToken().getTokenValue()), "the refresh token is the same");
        Jwt jwt = accept(answer.getAccessToken().getTokenValue(), AUDIENCE);
        require("customer-service".equals(jwt.getClaim("client_id")), jwt.getClaims());
    }

    private Map<String, Runnable> steps() {
        Map<String, Runnable> steps = new LinkedHashMap<>();
        steps.put("theMetadataIsFoundByTheIssuer", this::theMetadataIsFoundByTheIssuer);
        steps.put("aProgramGetsAToken", this::aProgramGetsAToken);
        steps.put("theTokenIsVerifiedByThePublishedKeys", this::theTokenIsVerifiedByThePublishedKeys);
        steps.put("aTokenForAnotherAudienceIsRefused", this::aTokenForAnotherAudienceIsRefused);
        steps.put("theTokenIsIntrospected", this::theTokenIsIntrospected);
        steps.put("somebodyWhoSignedInStaysSoByRefreshing", this::somebodyWhoSignedInStaysSoByRefreshing);
        return steps;
    }

    public static void main(String[] arguments) {
        Map<String, Runnable> steps = new SpringSecurityWalkthrough().steps();
        System.out.println("1.." + steps.size());
        int number = 0;
        for (Map.Entry<String, Runnable> step : steps.entrySet()) {
            String name = ++number + " - " + step.getKey();
            try {
                step.getValue().run();
                System.out.println("ok " + name);
            } catch (RuntimeException | AssertionError e) { // the other steps still follow
                System.out.println("not ok " + name + ": " + e.toString().replace('\n', ' '));
            }
        }
    }
}
