package customerservice.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.api.http.Access;
import customerservice.api.http.Gzip;
import customerservice.api.http.Route;
import customerservice.api.http.message.MediaTypes;
import customerservice.api.http.message.Problem;
import customerservice.api.identity.OAuthError;
import customerservice.auth.RandomSecret;
import customerservice.domain.Caller;
import customerservice.domain.audit.AuditEntry;
import customerservice.domain.identity.Role;
import customerservice.domain.identity.Scope;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The API's description and the server, held to one another. */
class OpenApiTest {

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    /** Good ones, and what each rule about texts refuses, in the middle and at the ends. */
    private static final List<String> TEXTS = List.of("Ada", " Ada\n", "\u00A0", " ", "", "\u2003", "A\u0000a",
            "A\u0085a", "A\na", "\u0085Ada\u2028", "\u001fAda", "A\u2028a", "A\u2029a", "\u200b", "\u200d\u200c",
            "\u2800", "\u3164", "\ufe0f", "\ufff9", "\ufffc", "\ud834\udd73", "\udb40\udc41", "\udb44\udc00",
            "\ud83e\udd8a",
            "\u0301", "A\u202aa", "A\u202ea", "\u202f", "A\u202fa", "A\u2066a", "A\u2069a", "A\u206aa", "A\u200ca",
            "\u200fA", "\u00a0Ada\u3000");

    private static final AtomicInteger emails = new AtomicInteger();

    private static RunningApi api;
    private static Map<String, Object> document;
    private static OpenApiSchema schemas;

    @BeforeAll
    static void start() {
        api = new RunningApi();
        document = OpenApiSchema.document(api);
        schemas = new OpenApiSchema(document);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @Test
    void everyRouteIsDescribedWithItsScopeAndEveryDescriptionIsARoute() {
        Map<String, String> described = new TreeMap<>();
        map(document.get("paths")).forEach((path, item) -> {
            for (String method : METHODS) {
                if (map(item).containsKey(method)) {
                    Object security = map(map(item).get(method)).getOrDefault("security", "the default");
                    described.put(method + " " + path, security.toString());
                }
            }
        });
        Map<String, String> served = new TreeMap<>();
        for (Route route : RunningApi.routes()) {
            String security = switch (route.access()) {
                // The client authenticates, by HTTP Basic or in the body; the endpoint decides who has to.
                case Access.Public _ -> route.template().startsWith("/oauth/") ? "[{clientSecretBasic=[]}, {}]" : "[]";
                case Access.Scoped scoped -> "[" + token(scoped.scope()) + "]";
                case Access.OwnOrScoped own -> "[" + token(own.scope()) + ", {accessToken=[]}]";
            };
            served.put(label(route), security);
        }

        assertEquals(served, described);
    }

    private static String token(Scope scope) {
        return "{accessToken=[" + scope.label() + "]}, {clientCredentials=[" + scope.label() + "]}";
    }

    private static String label(Route route) {
        return route.method().name().toLowerCase(java.util.Locale.ROOT) + " " + route.template();
    }

    @Test
    void describedScopesAreThoseThatTheServerKnows() {
        Map<String, Object> schemes = map(map(document.get("components")).get("securitySchemes"));
        Map<String, Object> flow = map(
                map(map(schemes.get("clientCredentials")).get("flows")).get("clientCredentials"));

        assertEquals(
                new TreeSet<>(java.util.Arrays.stream(Scope.values()).map(Scope::label).toList()),
                new TreeSet<>(map(flow.get("scopes")).keySet()));
        assertEquals("/oauth/token", flow.get("tokenUrl"));
    }

    @Test
    void everyKindOfProblemIsListed() {
        String description = (String) map(document.get("info")).get("description");
        var missing = new TreeSet<String>();
        for (Problem problem : Problem.values()) {
            var out = new customerservice.api.json.JsonOutput(0);
            problem.write("", List.of(), "r", out);
            String type = new Reply("", java.util.Arrays.copyOf(out.array(), out.length())).problem();
            if (!description.contains("| `" + type + "` | " + problem.status() + " |")) {
                missing.add(type);
            }
        }

        assertEquals(List.of(), List.copyOf(missing));
    }

    /** Generators make a class of each object, and name one that has no name after the place where it is. */
    @Test
    void everyObjectHasAName() {
        var inline = new TreeSet<String>();
        Map<String, Object> components = new TreeMap<>(map(document.get("components")));
        map(components.remove("schemas")).forEach((name, schema) -> map(schema).forEach(
                (keyword, value) -> collectObjects(value, name + "/" + keyword, inline)));
        collectObjects(document.get("paths"), "paths", inline);
        collectObjects(components, "components", inline);

        assertEquals(List.of(), List.copyOf(inline));
    }

    private static void collectObjects(Object node, String at, java.util.Set<String> found) {
        if (node instanceof Map<?, ?> map) {
            if (map.containsKey("properties") && map.containsKey("type")) {
                found.add(at);
            }
            map.forEach((key, value) -> collectObjects(value, at + "/" + key, found));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> collectObjects(value, at, found));
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertEquals(List.of(), schemas.brokenReferences());
    }

    @Test
    void everyOperationHasAnIdOfItsOwn() {
        List<String> ids = new ArrayList<>();
        map(document.get("paths")).forEach((_, item) -> {
            for (String method : METHODS) {
                if (map(item).containsKey(method)) {
                    ids.add((String) map(map(item).get(method)).get("operationId"));
                }
            }
        });

        assertEquals(ids.size(), new TreeSet<>(ids).size());
    }

    @Test
    void everyExampleFitsItsSchema() {
        Map<String, Object> customer = map(schemas.component("Customer"));

        for (Object example : (List<?>) customer.get("examples")) {
            assertEquals(List.of(), schemas.violations("Customer", example));
        }
    }

    @Test
    void answersFitTheirSchemas() {
        String body = """
                {"name":"Ada","email":"ada@example.com","phone":"+4412345","metadata":{"a":"b"},
                 "address":{"line1":"1","city":"Bath","country":"GB"}}""";
        Reply created = api.send("POST", "/v1/customers", body);
        String path = created.field("Location").orElseThrow();

        assertEquals(List.of(), schemas.violations("Customer", created.json()));
        assertEquals(
                List.of(), schemas.violations("CustomerPage", api.call("GET", "/v1/customers?limit=1").json()));
        assertEquals(List.of(), schemas.violations("HistoryPage", api.call("GET", path + "/history").json()));
        api.audit.append(new AuditEntry(
                Instant.EPOCH, "user.create", "u", 0, List.of("role"), new Caller("system", "r", "local")));
        assertEquals(List.of(), schemas.violations("AuditPage", api.call("GET", "/v1/audit").json()));
        assertEquals(List.of(), schemas.violations("Health", api.call("GET", "/health/ready").json()));
        assertEquals(List.of(), schemas.violations("Problem", api.send("POST", "/v1/customers", "{}").json()));
        assertEquals(List.of(), schemas.violations("Problem", api.call("GET", "/nowhere").json()));
        api.addUser("ada", Role.VIEWER);
        Reply token = api.send(
                "POST", "/v1/auth/login", "{\"username\":\"ada\",\"password\":\"" + RunningApi.PASSWORD + "\"}");
        assertEquals(List.of(), schemas.violations("Token", token.json()));
        assertEquals(List.of(), schemas.violations("UserPage", api.call("GET", "/v1/users").json()));
        Reply account = api.send(
                "POST", "/v1/service-accounts", "{\"name\":\"shipping\",\"scopes\":[\"customers:read\"]}");
        assertEquals(List.of(), schemas.violations("ServiceAccountWithSecret", account.json()));
        assertEquals(
                List.of(),
                schemas.violations("ServiceAccountPage", api.call("GET", "/v1/service-accounts").json()));
    }

    @Test
    void answersOfTheOAuthEndpointsFitTheirSchemas() {
        String secret = RandomSecret.next(new SecureRandom());
        String account = "client_id=" + api.accounts.add(secret, Scope.TOKENS_INTROSPECT) + "&client_secret=" + secret;
        Reply token = form("/oauth/token", "grant_type=client_credentials&" + account);
        String introspected = account + "&token=" + token.json().get("access_token");

        assertEquals(List.of(), schemas.violations("Token", token.json()));
        assertEquals(List.of(), schemas.violations("Introspection", form("/oauth/introspect", introspected).json()));
        assertEquals(List.of(), schemas.violations("OAuthError", form("/oauth/token", "x=y").json()));
        assertEquals(List.of(), schemas.violations(
                "ServerMetadata", api.call("GET", "/.well-known/oauth-authorization-server").json()));
        assertEquals(List.of(), schemas.violations(
                "JsonWebKeySet", api.call("GET", "/.well-known/jwks.json").json()));
    }

    @Test
    void everyErrorOfOAuthIsListed() {
        Map<String, Object> error = map(map(map(schemas.component("OAuthError")).get("properties")).get("error"));

        assertEquals(
                java.util.Arrays.stream(OAuthError.values())
                        .map(value -> value.name().toLowerCase(java.util.Locale.ROOT))
                        .toList(),
                error.get("enum"));
    }

    private static Reply form(String path, String form) {
        try (Connection connection = api.connect()) {
            return connection.send(
                    api.request("POST", path, form, "Content-Type: " + MediaTypes.FORM, "Authorization: ")).read();
        }
    }

    @Test
    void describedLimitsAreTheServersLimits() {
        Map<String, Object> input = map(map(schemas.component("CustomerInput")).get("properties"));
        int name = (Integer) map(input.get("name")).get("maxLength");
        String fits = "{\"name\":\"" + "x".repeat(name) + "\",\"email\":\"fits@example.com\"}";
        String tooLong = "{\"name\":\"" + "x".repeat(name + 1) + "\",\"email\":\"long@example.com\"}";
        Map<String, Object> limit = map(map(map(map(document.get("components")).get("parameters")).get("limit"))
                .get("schema"));

        assertEquals(201, api.send("POST", "/v1/customers", fits).status());
        assertEquals(422, api.send("POST", "/v1/customers", tooLong).status());
        assertEquals(200, api.call("GET", "/v1/customers?limit=" + limit.get("maximum")).status());
        assertEquals(
                400, api.call("GET", "/v1/customers?limit=" + ((Integer) limit.get("maximum") + 1)).status());
    }

    @Test
    void describedCountriesAreThoseThatTheServerKnows() {
        List<?> described = (List<?>) map(schemas.component("CountryCode")).get("enum");

        assertEquals(List.copyOf(new TreeSet<>(List.of(java.util.Locale.getISOCountries()))), described);
    }

    @Test
    void describedTextsAreThoseThatTheServerTakes() {
        for (String name : TEXTS) {
            String described = schemas.violations("Text", name).isEmpty() ? "201" : "422";
            String body = "{\"name\":\"" + escaped(name) + "\",\"email\":\"text" + name.hashCode() + "@example.com\"}";

            assertEquals(described, "" + api.send("POST", "/v1/customers", body).status(), escaped(name));
        }
    }

    @Test
    void describedMetadataIsWhatTheServerTakes() {
        for (String text : TEXTS) {
            for (String member : List.of("\"%s\":\"v\"", "\"k\":\"%s\"")) {
                var metadata = member.startsWith("\"k\"") ? Map.of("k", text) : Map.of(text, "v");
                String described = schemas.violations("Metadata", metadata).isEmpty() ? "201" : "422";
                String body = "{\"name\":\"A\",\"email\":\"m%s@example.com\",\"metadata\":{%s}}"
                        .formatted(emails.incrementAndGet(), member.formatted(escaped(text)));

                assertEquals(described, "" + api.send("POST", "/v1/customers", body).status(), body);
            }
        }
    }

    @Test
    void describedPartsOfAnAddressAreWhatTheServerTakes() {
        for (String text : TEXTS) {
            Map<String, Object> address = Map.of("line1", "l", "city", "c", "country", "GB", "line2", text);
            String described = schemas.violations("AddressInput", address).isEmpty() ? "201" : "422";
            String body = """
                    {"name":"A","email":"a%s@example.com",
                     "address":{"line1":"l","city":"c","country":"GB","line2":"%s"}}"""
                    .formatted(emails.incrementAndGet(), escaped(text));

            assertEquals(described, "" + api.send("POST", "/v1/customers", body).status(), body);
        }
    }

    @Test
    void describedEmailAddressesAreThoseThatTheServerTakes() {
        for (String email : List.of("a@b.example", "a.b+c@x-y.z2", "a@127.0.0.1", "a@b.1", "a@b.1c", "a@b.0x7f", "a@b",
                ".a@b.example", "a..b@b.example", "a@-b.example", "a@b-.example", "a@b_c.example", "\u00e4@b.example",
                "a@b.\u212a", "a@b.example.", "\"a\"@b.example", "a@[127.0.0.1]", "a@b.c\u200b")) {
            String described = schemas.violations("EmailAddress", email).isEmpty() ? "201" : "422";
            String body = "{\"name\":\"A\",\"email\":\"" + escaped(email) + "\"}";

            assertEquals(described, "" + api.send("POST", "/v1/customers", body).status(), email);
        }
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        return escaped.toString();
    }

    @Test
    void describedParametersAreTheServersParameters() {
        for (String path : List.of("/v1/customers", "/v1/audit")) {
            for (Object parameter : (List<?>) map(map(map(document.get("paths")).get(path)).get("get"))
                    .get("parameters")) {
                Map<String, Object> resolved = schemas.resolve(map(parameter));
                String name = (String) resolved.get("name");

                Reply reply = api.call("GET", path + "?" + name + "=%00");

                assertEquals(List.of(name), reply.pointers());
                assertFalse(reply.text().contains("unknown_parameter"), name);
            }
        }
    }

    @Test
    void documentIsYamlAndCanBeGzipped() {
        Reply plain = api.call("GET", "/openapi.yaml");
        Reply gzipped = api.call("GET", "/openapi.yaml", "Accept-Encoding: gzip");

        assertEquals(Optional.of("application/yaml"), plain.field("Content-Type"));
        assertEquals(Optional.of("gzip"), gzipped.field("Content-Encoding"));
        assertEquals(plain.text(), new String(Gzip.decompress(gzipped.body()), StandardCharsets.UTF_8));
    }

    @Test
    void pageHasNoScriptOfItsOwnAndAsksNoOtherHost() {
        Reply page = api.call("GET", "/docs", "Authorization: ", "Accept: text/html");

        assertEquals(200, page.status());
        assertTrue(page.field("Content-Security-Policy").orElseThrow()
                .startsWith("default-src 'none'; script-src 'self'"));
        assertFalse(page.text().contains("http"));
        assertFalse(page.text().matches("(?s).*<script>.*"));
    }

    @Test
    void everythingThatThePageAsksForIsThere() {
        String page = api.call("GET", "/docs").text();
        for (String quoted : page.split("\"", -1)) {
            if (quoted.startsWith("/")) {
                assertEquals(200, api.call("GET", quoted, "Authorization: ").status(), quoted);
            }
        }
        assertTrue(page.contains("\"/docs/swagger-ui-bundle."));
        assertTrue(api.call("GET", "/docs/docs.js").text().contains("'/openapi.yaml'"));
        assertEquals(404, api.call("GET", "/docs/module-info.class").status());
    }

    @Test
    void pageSignsInWithTheAnswersOfDescribedOperations() {
        String script = api.call("GET", "/docs/docs.js").text();

        for (String path : List.of("/v1/auth/login", "/oauth/token")) {
            assertTrue(script.contains("'" + path + "'"), path);
            assertTrue(map(map(document.get("paths")).get(path)).containsKey("post"), path);
        }
        assertTrue(script.contains("preauthorizeApiKey('accessToken'"));
    }

    @Test
    void viewersLicenceIsKept() {
        assertEquals(200, api.call("GET", "/docs/swagger-ui-bundle.js.LICENSE.txt").status());
    }
}
