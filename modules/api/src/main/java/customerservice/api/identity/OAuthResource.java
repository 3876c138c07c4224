package customerservice.api.identity;

import static customerservice.api.json.JsonOutput.ascii;

import customerservice.api.http.Access;
import customerservice.api.http.Exchange;
import customerservice.api.http.RateClass;
import customerservice.api.http.Route;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.json.JsonOutput;
import customerservice.auth.oauth.ActiveToken;
import customerservice.auth.oauth.AuthorizationServer;
import customerservice.auth.oauth.Introspection;
import customerservice.auth.oauth.RefreshTokens;
import customerservice.auth.token.IssuedToken;
import customerservice.domain.Caller;
import customerservice.domain.identity.Scope;
import customerservice.domain.identity.ServiceAccount;
import customerservice.metrics.AuthMetrics;
import java.util.List;
import java.util.Optional;

/** The endpoints of OAuth 2.0: token (RFC 6749, section 3.2), revocation (RFC 7009) and introspection (RFC 7662). */
public final class OAuthResource {

    private static final byte[] NOTHING = {};
    private static final byte[] INACTIVE = ascii("{\"active\":false}");
    private static final byte[] ACTIVE = ascii("{\"active\":true,\"sub\":");
    private static final byte[] CLIENT_ID = ascii(",\"client_id\":");
    private static final byte[] SCOPE = ascii(",\"scope\":");
    private static final byte[] EXP = ascii(",\"exp\":");
    private static final byte[] ISS = ascii(",\"iss\":");
    private static final byte[] AUD = ascii(",\"aud\":");
    private static final byte[] JTI = ascii(",\"token_type\":\"Bearer\",\"jti\":");

    private final AuthorizationServer server;
    private final AuthMetrics metrics;

    public OAuthResource(AuthorizationServer server, AuthMetrics metrics) {
        this.server = server;
        this.metrics = metrics;
    }

    public List<Route> routes() {
        return List.of(
                Route.of(HttpMethod.POST, "/oauth/token", Access.PUBLIC, this::token).limited(RateClass.EXPENSIVE),
                Route.of(HttpMethod.POST, "/oauth/revoke", Access.PUBLIC, this::revoke).limited(RateClass.EXPENSIVE),
                Route.of(HttpMethod.POST, "/oauth/introspect", Access.PUBLIC, this::introspect)
                        .limited(RateClass.EXPENSIVE));
    }

    private void token(Exchange exchange) {
        FormParameters form = form(exchange);
        String grantType = form.require("grant_type");
        IssuedToken token = switch (grantType) {
            case "client_credentials" -> clientCredentials(exchange, form);
            case "refresh_token" -> refresh(exchange, form);
            default -> throw new OAuthErrorException(
                    OAuthError.UNSUPPORTED_GRANT_TYPE, "grants are client_credentials and refresh_token");
        };
        metrics.tokenIssued(grantType);
        TokenAnswer.send(exchange, token);
    }

    private IssuedToken clientCredentials(Exchange exchange, FormParameters form) {
        ServiceAccount account = authenticate(exchange, form);
        var caller = new Caller(account.id().toString(), exchange.requestId(), exchange.clientAddress());
        return server.clientCredentials().grant(account, form.get("scope"), caller);
    }

    private IssuedToken refresh(Exchange exchange, FormParameters form) {
        String refreshToken = form.require("refresh_token");
        if (isOfAnotherClient(exchange, form)) {
            throw notOfAnotherClient();
        }
        return server.refreshTokens().refresh(refreshToken, form.get("scope"), anonymous(exchange));
    }

    /** What is refused goes by the token's form alone, so that whoever found one is not told whether it is good. */
    private void revoke(Exchange exchange) {
        FormParameters form = form(exchange);
        String token = form.require("token");
        boolean another = isOfAnotherClient(exchange, form);
        if (Introspection.isAccessToken(token)) {
            throw new OAuthErrorException(
                    OAuthError.UNSUPPORTED_TOKEN_TYPE, "an access token ends by itself; revoke the refresh token");
        }
        if (another && RefreshTokens.hasForm(token)) {
            throw notOfAnotherClient();
        }
        server.refreshTokens().revoke(token, anonymous(exchange));
        exchange.answer().field(Field.NO_STORE);
        exchange.answer().field(Field.PRAGMA_NO_CACHE);
        exchange.send(200, NOTHING);
    }

    private static OAuthErrorException notOfAnotherClient() {
        return new OAuthErrorException(
                OAuthError.INVALID_GRANT, "refresh tokens are those of people, not of other clients");
    }

    /** Of another than the one that people sign in through, which alone has refresh tokens and needs no secret. */
    private boolean isOfAnotherClient(Exchange exchange, FormParameters form) {
        boolean account = ClientSecret.of(exchange, form)
                .map(secret -> authenticate(exchange, secret))
                .isPresent();
        return account || (form.has("client_id") && !form.get("client_id").equals(AuthorizationServer.FIRST_PARTY));
    }

    private void introspect(Exchange exchange) {
        FormParameters form = form(exchange);
        ServiceAccount account = authenticate(exchange, form);
        if (!account.scopes().contains(Scope.TOKENS_INTROSPECT)) {
            throw new OAuthErrorException(
                    OAuthError.INSUFFICIENT_SCOPE, "needs the scope " + Scope.TOKENS_INTROSPECT.label());
        }
        Optional<ActiveToken> active = server.introspection().introspect(form.require("token"));
        exchange.answer().field(Field.JSON);
        exchange.answer().field(Field.NO_STORE);
        exchange.answer().field(Field.PRAGMA_NO_CACHE);
        if (active.isEmpty()) {
            exchange.send(200, INACTIVE);
            return;
        }
        ActiveToken token = active.get();
        JsonOutput out = exchange.answer().json();
        out.raw(ACTIVE).string(token.subject());
        out.raw(CLIENT_ID).string(token.clientId());
        out.raw(SCOPE).string(Scope.labels(token.scopes()));
        out.raw(EXP).number(token.expiresAt().getEpochSecond());
        out.raw(ISS).string(server.settings().issuer());
        token.tokenId().ifPresent(id -> {
            out.raw(AUD).string(server.settings().audience());
            out.raw(JTI).string(id);
        });
        exchange.send(200, out.raw('}'));
    }

    private static FormParameters form(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        return FormParameters.parse(exchange.body(MediaTypes.FORM));
    }

    private ServiceAccount authenticate(Exchange exchange, FormParameters form) {
        ClientSecret secret = ClientSecret.of(exchange, form).orElseThrow(() -> new OAuthErrorException(
                OAuthError.INVALID_CLIENT, "a service account has to authenticate"));
        return authenticate(exchange, secret);
    }

    private ServiceAccount authenticate(Exchange exchange, ClientSecret secret) {
        return server.clients().authenticate(secret.clientId(), secret.secret(), anonymous(exchange));
    }

    private static Caller anonymous(Exchange exchange) {
        return new Caller("anonymous", exchange.requestId(), exchange.clientAddress());
    }
}
