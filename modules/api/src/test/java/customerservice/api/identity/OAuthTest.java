package customerservice.api.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.auth.RandomSecret;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.Scope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The OAuth endpoints, and what they make of requests that are not as they should be. */
class OAuthTest {

    private static final String SECRET = "S-cret_890123456789012345678901234567890123";
    private static final String WRONG = "Wrong_78901234567890123456789012345678901-3";

    @AutoClose
    private final RunningApi api = new RunningApi();
    private final String clientId = api.accounts.add(SECRET, Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE);
    private final String introspecting = api.accounts.add(SECRET, Scope.TOKENS_INTROSPECT);

    @BeforeEach
    void addUser() {
        api.addUser("ada", Role.VIEWER);
    }

    @Test
    void basicCredentialsGetAToken() {
        Reply reply = post("/oauth/token", "grant_type=client_credentials", basic(clientId, SECRET));

        assertEquals(200, reply.status(), reply.text());
        assertEquals("customers:read customers:write", reply.json().get("scope"));
        assertEquals("Bearer", reply.json().get("token_type"));
        assertFalse(reply.json().containsKey("refresh_token"));
        assertEquals(Optional.of("no-store"), reply.field("Cache-Control"));
        assertTrue(isLetIn(reply));
    }

    @Test
    void credentialsInTheFormGetAToken() {
        Reply reply = post("/oauth/token", "grant_type=client_credentials&scope=customers%3Aread&" + credentials());

        assertEquals(200, reply.status(), reply.text());
        assertEquals("customers:read", reply.json().get("scope"));
    }

    @Test
    void credentialsMayBeEncodedWhereTheyNeedNotBe() {
        String pair = clientId.replace("-", "%2D") + ":" + SECRET.replace("-", "%2d").replace("_", "%5F");
        String field = "Authorization: Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));

        assertEquals(200, post("/oauth/token", "grant_type=client_credentials", field).status());
    }

    @Test
    void clientThatIsNamedTheSameTwiceIsTheSame() {
        assertEquals(
                200,
                post("/oauth/token", "grant_type=client_credentials&client_id=" + clientId, basic(clientId, SECRET))
                        .status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"grant_type=client_credentials&client_secret=x", "grant_type=client_credentials&client_id=x"})
    void twoWaysToAuthenticateAreOneTooMany(String form) {
        assertError(400, "invalid_request", post("/oauth/token", form, basic(clientId, SECRET)));
    }

    @Test
    void wrongSecretIsChallenged() {
        Reply reply = post("/oauth/token", "grant_type=client_credentials", basic(clientId, WRONG));

        assertError(401, "invalid_client", reply);
        assertEquals(
                Optional.of("Basic realm=\"customer-service\", charset=\"UTF-8\""), reply.field("WWW-Authenticate"));
    }

    @Test
    void unknownClientIsToldWhatAWrongSecretIs() {
        Reply unknown = post("/oauth/token", "grant_type=client_credentials", basic("nobody", SECRET));
        Reply wrong = post("/oauth/token", "grant_type=client_credentials", basic(clientId, WRONG));

        assertEquals(wrong.text(), unknown.text());
        assertEquals(wrong.status(), unknown.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic", "Basic !", "Basic YQ==", "Basic /zo=", "Basic YTol", "Basic YTrDpA==", "Basic YTog",
                "Bearer x", "Digest x", ""})
    void whatIsNoBasicFieldIsNoClient(String field) {
        assertError(
                401,
                "invalid_client",
                post("/oauth/token", "grant_type=client_credentials", "Authorization: " + field));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ''                                                      , invalid_request
            scope=x                                                 , invalid_request
            grant_type=                                             , invalid_request
            grant_type=client_credentials&grant_type=refresh_token  , invalid_request
            grant_type=client_credentials&x=1&x=1                   , invalid_request
            grant_type=client_credentials&x=&x=                     , invalid_request
            grant_type=client_credentials&x=%                       , invalid_request
            grant_type=client_credentials&x=%4                      , invalid_request
            grant_type=client_credentials&x=%GG                     , invalid_request
            grant_type=client_credentials&x=%FF                     , invalid_request
            grant_type=client_credentials&x=%C0%80                  , invalid_request
            grant_type=client_credentials&x=ä                       , invalid_request
            grant_type=client_credentials&client_secret=x           , invalid_request
            grant_type=refresh_token                                , invalid_request
            grant_type=refresh_token&refresh_token=                 , invalid_request
            grant_type=refresh_token&refresh_token=unknown          , invalid_grant
            grant_type=refresh_token&refresh_token=%00              , invalid_grant
            grant_type=password&username=ada&password=x             , unsupported_grant_type
            grant_type=CLIENT_CREDENTIALS                           , unsupported_grant_type
            """)
    void wrongRequestsAreToldWhatRfc6749Says(String form, String error) {
        assertError(400, error, post("/oauth/token", form));
    }

    @ParameterizedTest
    @ValueSource(strings = {"users:admin", "customers:read audit:read", "nothing", "customers:read  customers:write"})
    void moreThanIsGrantedIsAnInvalidScope(String scope) {
        assertError(
                400,
                "invalid_scope",
                post("/oauth/token", "grant_type=client_credentials&scope=" + encode(scope) + "&" + credentials()));
    }

    @Test
    void unknownParametersAndEmptyOnesAreIgnored() {
        assertEquals(
                200,
                post("/oauth/token", "&&audience=x&scope=&=&grant_type=client_credentials&" + credentials()).status());
    }

    @Test
    void tooManyParametersAreRefused() {
        var form = new StringBuilder("grant_type=client_credentials");
        for (int i = 0; i < 100; i++) {
            form.append('&').append(i).append("=x");
        }

        assertError(400, "invalid_request", post("/oauth/token", form.toString()));
    }

    @Test
    void whatIsNotOfOAuthIsAProblemAsEverywhere() {
        assertEquals("/problems/unsupported-media-type", api.send("POST", "/oauth/token", "{}").problem());
        assertEquals("/problems/method-not-allowed", api.call("GET", "/oauth/token").problem());
        assertEquals("/problems/not-acceptable", post("/oauth/token", "x=y", "Accept: text/html").problem());
        assertEquals("/problems/payload-too-large", post("/oauth/token", "x".repeat(70_000)).problem());
    }

    @Test
    void refreshGivesANewPair() {
        Reply signedIn = signIn();
        Reply refreshed = refresh(signedIn, "");

        assertEquals(200, refreshed.status(), refreshed.text());
        assertTrue(isLetIn(refreshed));
        assertNotEquals(signedIn.json().get("refresh_token"), refreshed.json().get("refresh_token"));
        assertEquals(Optional.of("no-store"), refreshed.field("Cache-Control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"&client_id=customer-service", "&scope=customers%3Aread", "&client_id=&client_secret="})
    void refreshTakesTheServicesOwnClientId(String more) {
        assertEquals(200, refresh(signIn(), more).status());
    }

    @Test
    void refreshOverlooksAnAccessTokenThatComesAlong() {
        assertEquals(200, refresh(signIn(), "", "Authorization: Bearer expired").status());
        assertEquals(200, refresh(signIn(), "", "Authorization: Bearer").status());
    }

    @Test
    void refreshTokensOfPeopleAreNotOtherClients() {
        Reply signedIn = signIn();

        assertError(400, "invalid_grant", refresh(signedIn, "&client_id=" + clientId));
        assertError(400, "invalid_grant", refresh(signedIn, "", basic(clientId, SECRET)));
        assertError(401, "invalid_client", refresh(signedIn, "", basic(clientId, WRONG)));
        assertEquals(200, refresh(signedIn, "").status());
    }

    @Test
    void refreshWithTooManyScopesLeavesTheTokenAsItIs() {
        Reply signedIn = signIn();

        assertError(400, "invalid_scope", refresh(signedIn, "&scope=users%3Aadmin"));
        assertEquals(200, refresh(signedIn, "").status());
    }

    @Test
    void revocationSignsOut() {
        Reply signedIn = signIn();

        Reply revoked = post("/oauth/revoke", "token_type_hint=access_token&token=" + refreshToken(signedIn));

        assertEquals(200, revoked.status());
        assertEquals("", revoked.text());
        assertError(400, "invalid_grant", refresh(signedIn, ""));
    }

    @Test
    void revocationOfWhatIsNoTokenIsFine() {
        for (String token : List.of("unknown", "%00", RandomSecret.next(new SecureRandom()))) {
            assertEquals(200, post("/oauth/revoke", "token=" + token).status(), token);
        }
    }

    /** Else whoever found one learned whether it is good. */
    @Test
    void whatHasTheFormOfAnAccessTokenCannotBeRevokedGoodOrNot() {
        for (Object token : List.of(signIn().json().get("access_token"), "a.b.c", ".")) {
            assertError(400, "unsupported_token_type", post("/oauth/revoke", "token=" + token));
        }
    }

    @Test
    void revocationWithoutATokenIsInvalid() {
        assertError(400, "invalid_request", post("/oauth/revoke", "token="));
    }

    @Test
    void revocationChecksAClientThatAuthenticates() {
        Reply signedIn = signIn();
        String form = "token=" + refreshToken(signedIn);

        for (String field : List.of(basic(clientId, WRONG), "Authorization: Digest x", "Authorization: Basic")) {
            assertError(401, "invalid_client", post("/oauth/revoke", form, field));
        }
        assertEquals(200, refresh(signedIn, "").status());
    }

    @Test
    void revocationIsNotForAnotherClientsTokens() {
        Reply signedIn = signIn();
        String form = "token=" + refreshToken(signedIn);

        assertError(400, "invalid_grant", post("/oauth/revoke", form, basic(clientId, SECRET)));
        assertError(400, "invalid_grant", post("/oauth/revoke", form + "&client_id=" + clientId));
        assertEquals(200, refresh(signedIn, "").status());
    }

    @Test
    void anotherClientIsNotToldWhetherARefreshTokenIsGood() {
        Reply signedIn = signIn();
        refresh(signedIn, "");
        String unknown = RandomSecret.next(new SecureRandom());
        for (String token : List.of(refreshToken(signIn()), refreshToken(signedIn), unknown)) {
            assertError(400, "invalid_grant", post("/oauth/revoke", "token=" + token, basic(clientId, SECRET)));
        }
    }

    @Test
    void anotherClientEndsNothingWithATokenThatIsSpent() {
        Reply signedIn = signIn();
        Reply refreshed = refresh(signedIn, "");

        Reply revoked = post("/oauth/revoke", "token=" + refreshToken(signedIn), basic(clientId, SECRET));

        assertEquals(400, revoked.status());
        assertEquals(200, refresh(refreshed, "").status());
    }

    @Test
    void revocationOfWhatIsNoTokenIsFineForAnyClient() {
        assertEquals(
                200,
                post("/oauth/revoke", "token=unknown", basic(clientId, SECRET)).status());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /oauth/token      , grant_type=client_credentials
            /oauth/token      , grant_type=refresh_token&refresh_token=Unknown_901234567890123456789012345678901-3
            /oauth/revoke     , token=Unknown_901234567890123456789012345678901-3
            /oauth/revoke     , token=x
            /oauth/introspect , token=x
            """)
    void whoeverKeepsFailingHasToWaitAndWhoDoesNotFailHasNot(String path, String form) {
        String[] wrong = form.contains("Unknown") ? new String[0] : new String[]{basic(clientId, WRONG)};
        for (int i = 0; i < 21; i++) {
            assertNotEquals(429, post(path, form, wrong).status());
        }

        Reply delayed = post(path, form, wrong);

        assertEquals(429, delayed.status(), delayed.text());
        assertEquals("/problems/too-many-requests", delayed.problem());
        assertEquals(Optional.of("1"), delayed.field("Retry-After"));
        assertEquals(
                200, post("/oauth/token", "grant_type=client_credentials", basic(clientId, SECRET)).status());
        assertEquals(200, refresh(signIn(), "").status());
    }

    @Test
    void whatCannotBeATokenDelaysNobody() {
        for (int i = 0; i < 30; i++) {
            assertEquals(200, post("/oauth/revoke", "token=unknown").status());
        }
    }

    @Test
    void introspectionOfWhatIsNotGoodDelaysNobody() {
        for (int i = 0; i < 30; i++) {
            assertEquals(Map.of("active", false), introspect("Unknown_901234567890123456789012345678901-3"));
        }
    }

    @Test
    void introspectionSaysWhoseATokenIs() {
        Map<String, Object> access = introspect((String) signIn().json().get("access_token"));
        Map<String, Object> refresh = introspect(refreshToken(signIn()));

        assertEquals(true, access.get("active"));
        assertEquals("customer-service", access.get("client_id"));
        assertEquals("https://issuer.example", access.get("iss"));
        assertEquals("customers:read", access.get("scope"));
        assertEquals(access.get("sub"), refresh.get("sub"));
        assertFalse(refresh.containsKey("token_type"));
    }

    @Test
    void introspectionOfWhatIsNotGoodSaysNothingElse() {
        for (String token : List.of("unknown", "a.b.c", api.token(Role.ADMIN), "\u0000")) {
            assertEquals(Map.of("active", false), introspect(token), token);
        }
    }

    @Test
    void introspectionIsForServiceAccountsOnly() {
        assertError(401, "invalid_client", post("/oauth/introspect", "token=x"));
        assertError(401, "invalid_client", post("/oauth/introspect", "token=x", basic(clientId, WRONG)));
        assertError(
                401,
                "invalid_client",
                post("/oauth/introspect", "token=x", "Authorization: Bearer " + api.token(Role.ADMIN)));
    }

    @Test
    void introspectionNeedsItsScopeWhateverTheToken() {
        for (String token : List.of("x", refreshToken(signIn()), (String) signIn().json().get("access_token"))) {
            assertError(
                    403,
                    "insufficient_scope",
                    post("/oauth/introspect", "token=" + encode(token), basic(clientId, SECRET)));
        }
    }

    @Test
    void metadataGoesByTheRequestsHost() {
        Map<String, Object> metadata = metadata("api.example.com:8443").json();

        assertEquals("https://issuer.example", metadata.get("issuer"));
        assertEquals("http://api.example.com:8443/oauth/token", metadata.get("token_endpoint"));
        assertEquals(List.of("client_credentials", "refresh_token"), metadata.get("grant_types_supported"));
        assertEquals(Optional.of("no-store"), metadata("localhost").field("Cache-Control"));
    }

    /** RFC 8414, section 3.2. */
    @Test
    void noListOfTheMetadataIsWithoutElements() {
        Map<String, Object> metadata = metadata("h").json();

        assertEquals(List.of("none"), metadata.get("response_types_supported"));
        assertFalse(metadata.containsValue(List.of()), metadata.toString());
    }

    @Test
    void everyEndpointOfTheMetadataIsThere() {
        for (Object url : metadata("h").json().values()) {
            if (url instanceof String text && text.startsWith("http://h/")) {
                assertNotEquals(404, api.call("GET", text.substring("http://h".length())).status(), text);
            }
        }
    }

    @Test
    void noAnswerWithOrAboutATokenIsKeptByAnyCache() {
        Reply signedIn = signIn();
        for (Reply reply : List.of(
                signedIn,
                refresh(signedIn, ""),
                post("/oauth/token", "grant_type=client_credentials&" + credentials()),
                post("/oauth/token", "grant_type=none"),
                post("/oauth/introspect", "token=x&" + credentials()),
                post("/oauth/introspect", "token=x"),
                post("/oauth/revoke", "token=x"))) {
            assertEquals(List.of("no-store"), reply.fields("Cache-Control"), reply.text());
            assertEquals(List.of("no-cache"), reply.fields("Pragma"), reply.text());
        }
    }

    private Reply metadata(String host) {
        try (Connection connection = api.connect()) {
            return connection.send(
                    "GET /.well-known/oauth-authorization-server HTTP/1.1\r\nHost: " + host + "\r\n\r\n").read();
        }
    }

    private Map<String, Object> introspect(String token) {
        Reply reply = post("/oauth/introspect", "token=" + encode(token), basic(introspecting, SECRET));
        assertEquals(200, reply.status(), reply.text());
        assertEquals(Optional.of("no-store"), reply.field("Cache-Control"));
        return reply.json();
    }

    private Reply signIn() {
        return api.send(
                "POST", "/v1/auth/login", "{\"username\":\"ada\",\"password\":\"" + RunningApi.PASSWORD + "\"}");
    }

    private Reply refresh(Reply signedIn, String more, String... fields) {
        return post("/oauth/token", "grant_type=refresh_token&refresh_token=" + refreshToken(signedIn) + more, fields);
    }

    private static String refreshToken(Reply reply) {
        return (String) reply.json().get("refresh_token");
    }

    private boolean isLetIn(Reply tokens) {
        return api.call("GET", "/v1/customers", "Authorization: Bearer " + tokens.json().get("access_token"))
                .status() == 200;
    }

    private static void assertError(int status, String error, Reply reply) {
        assertEquals(error, reply.json().get("error"), reply.text());
        assertEquals(status, reply.status());
        assertEquals(Optional.of("application/json"), reply.field("Content-Type"));
        assertEquals(Optional.of("no-store"), reply.field("Cache-Control"));
    }

    private String credentials() {
        return "client_id=" + clientId + "&client_secret=" + encode(SECRET);
    }

    private static String basic(String id, String secret) {
        String pair = encode(id) + ":" + encode(secret);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Without an Authorization field unless it is among these. */
    private Reply post(String path, String form, String... fields) {
        String[] all = Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = "Content-Type: application/x-www-form-urlencoded";
        boolean authorized = Arrays.stream(fields).anyMatch(field -> field.startsWith("Authorization:"));
        all[fields.length + 1] = authorized ? "X-Nothing: x" : "Authorization: ";
        try (Connection connection = api.connect()) {
            return connection.send(api.request("POST", path, form, all)).read();
        }
    }
}
