package customerservice.api.identity;

import static customerservice.api.json.JsonOutput.ascii;

import customerservice.api.caller.RequestedHost;
import customerservice.api.http.Access;
import customerservice.api.http.Answer;
import customerservice.api.http.Exchange;
import customerservice.api.http.RateClass;
import customerservice.api.http.Route;
import customerservice.api.http.message.Field;
import customerservice.api.http.message.HttpMethod;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.json.JsonOutput;
import customerservice.domain.identity.Scope;

/** What clients find the OAuth endpoints by (RFC 8414). */
public final class ServerMetadataResource {

    private static final String PATH = "/.well-known/oauth-authorization-server";

    private static final byte[] ISSUER = ascii("{\"issuer\":");
    private static final byte[] TOKEN = ascii(",\"token_endpoint\":");
    private static final byte[] REVOCATION = ascii(",\"revocation_endpoint\":");
    private static final byte[] INTROSPECTION = ascii(",\"introspection_endpoint\":");
    private static final byte[] JWKS = ascii(",\"jwks_uri\":");
    private static final byte[] DOCUMENTATION = ascii(",\"service_documentation\":");
    private static final byte[] REST = ascii(rest());

    private final String issuer;
    private final String publicUrl;

    /** @param publicUrl without a slash at its end; empty if each request says itself by what name it came */
    public ServerMetadataResource(String issuer, String publicUrl) {
        this.issuer = issuer;
        this.publicUrl = publicUrl;
    }

    public Route route() {
        return Route.of(HttpMethod.GET, PATH, Access.PUBLIC, this::get)
                .alsoAt(PATH + path(issuer))
                .limited(RateClass.UNLIMITED);
    }

    /** What clients put behind the well-known path (RFC 8414, section 3.1), and the gateway passes on. */
    private static String path(String issuer) {
        int host = issuer.indexOf("://") + "://".length();
        int begin = issuer.indexOf('/', host);
        if (host < "://".length() || begin < 0) {
            return "";
        }
        int end = issuer.endsWith("/") ? issuer.length() - 1 : issuer.length();
        return issuer.substring(begin, end);
    }

    private void get(Exchange exchange) {
        exchange.accepts(MediaTypes.JSON);
        String base = publicUrl.isEmpty() ? RequestedHost.baseUrl(exchange) : publicUrl;
        Answer answer = exchange.answer();
        answer.field(Field.JSON);
        answer.field(Field.NO_STORE);
        JsonOutput out = answer.json();
        out.raw(ISSUER).string(issuer);
        out.raw(TOKEN).string(base + "/oauth/token");
        out.raw(REVOCATION).string(base + "/oauth/revoke");
        out.raw(INTROSPECTION).string(base + "/oauth/introspect");
        out.raw(JWKS).string(base + "/.well-known/jwks.json");
        out.raw(DOCUMENTATION).string(base + "/docs");
        exchange.send(200, out.raw(REST));
    }

    private static String rest() {
        var scopes = new StringBuilder();
        for (Scope scope : Scope.values()) {
            scopes.append(scopes.isEmpty() ? "\"" : ",\"").append(scope.label()).append('"');
        }
        // There is no authorization endpoint, so no response type. But the member is required (RFC 8414, section 2), a list
        // without elements is forbidden (section 3.2), and authlib refuses both; "none" is registered, and returns nothing.
        return ",\"scopes_supported\":[" + scopes + "],\"response_types_supported\":[\"none\"],"
                + "\"grant_types_supported\":[\"client_credentials\",\"refresh_token\"],"
                + "\"token_endpoint_auth_methods_supported\":"
                + "[\"client_secret_basic\",\"client_secret_post\",\"none\"],"
                + "\"revocation_endpoint_auth_methods_supported\":"
                + "[\"none\",\"client_secret_basic\",\"client_secret_post\"],"
                + "\"introspection_endpoint_auth_methods_supported\":"
                + "[\"client_secret_basic\",\"client_secret_post\"]}";
    }
}
