package customerservice.api.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.EdgeSettings;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins. */
class CorsTest {

    private static final String SHOP = "https://shop.example";

    private static RunningApi api;
    private static RunningApi without;

    @BeforeAll
    static void start() {
        EdgeSettings usual = EdgeSettings.defaults();
        api = new RunningApi(
                RunningApi.settings()
                        .withEdge(
                                new EdgeSettings(
                                        List.of(),
                                        false,
                                        List.of(SHOP, "https://desk.example:8443"),
                                        usual.rate(),
                                        usual.expensiveRate())));
        without = new RunningApi();
    }

    @AfterAll
    static void stop() {
        api.close();
        without.close();
    }

    @Test
    void listedOriginMaySeeTheAnswer() {
        Reply reply = api.call("GET", "/v1/customers", "Origin: " + SHOP);

        assertEquals(200, reply.status());
        assertEquals(Optional.of(SHOP), reply.field("Access-Control-Allow-Origin"));
        assertTrue(reply.fields("Vary").contains("Origin"));
        for (String name : List.of("ETag", "Location", "Link", "X-Request-Id", "RateLimit", "Retry-After")) {
            assertTrue(reply.field("Access-Control-Expose-Headers").orElseThrow().contains(name), name);
        }
        assertEquals(Optional.empty(), reply.field("Access-Control-Allow-Credentials"));
    }

    @Test
    void listedOriginMaySeeErrors() {
        for (Reply reply : List.of(
                api.call("GET", "/v1/customers", "Origin: " + SHOP, "Authorization: "),
                api.call("GET", "/nowhere", "Origin: " + SHOP),
                api.send("POST", "/v1/customers", "{}", "Origin: " + SHOP))) {
            assertEquals(Optional.of(SHOP), reply.field("Access-Control-Allow-Origin"), reply.head());
        }
    }

    @Test
    void preflightNamesMethodsAndFields() {
        Reply reply = api.call(
                "OPTIONS",
                "/v1/customers/1",
                "Authorization: ",
                "Origin: https://desk.example:8443",
                "Access-Control-Request-Method: PATCH",
                "Access-Control-Request-Headers: authorization,if-match");

        assertEquals(204, reply.status());
        assertEquals(Optional.of("https://desk.example:8443"), reply.field("Access-Control-Allow-Origin"));
        assertEquals(
                Optional.of("GET, HEAD, PUT, PATCH, DELETE, OPTIONS"), reply.field("Access-Control-Allow-Methods"));
        assertTrue(reply.field("Access-Control-Allow-Headers").orElseThrow().contains("Authorization"));
        assertTrue(reply.field("Access-Control-Allow-Headers").orElseThrow().contains("If-Match"));
        assertTrue(reply.field("Access-Control-Allow-Headers").orElseThrow().contains("tracestate"));
        assertEquals(Optional.of("600"), reply.field("Access-Control-Max-Age"));
    }

    @Test
    void preflightOfAPathThatLeadsNowhereFails() {
        Reply reply = api.call(
                "OPTIONS", "/nowhere", "Origin: " + SHOP, "Access-Control-Request-Method: GET");

        assertEquals(404, reply.status());
        assertEquals(Optional.empty(), reply.field("Access-Control-Allow-Methods"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "https://shop.example.evil.example", "http://shop.example", "null",
                "https://shop.example:443", "https://SHOP.example", "https://shop.example/", "*", "",
                "https://shop.example https://evil.example"})
    void anyOtherOriginIsToldNothing(String origin) {
        for (String method : List.of("GET", "OPTIONS")) {
            Reply reply = api.call(
                    method, "/v1/customers", "Origin: " + origin, "Access-Control-Request-Method: GET");

            assertFalse(reply.head().contains("Access-Control-"), reply.head());
            assertTrue(reply.fields("Vary").contains("Origin"));
        }
    }

    @Test
    void twoOriginsAreNone() {
        Reply reply = api.call("GET", "/v1/customers", "Origin: " + SHOP, "Origin: " + SHOP);

        assertFalse(reply.head().contains("Access-Control-"), reply.head());
    }

    @Test
    void withoutConfigurationNobodyIsToldAnything() {
        Reply reply = without.call(
                "OPTIONS", "/v1/customers", "Origin: " + SHOP, "Access-Control-Request-Method: GET");

        assertEquals(204, reply.status());
        assertFalse(reply.head().contains("Access-Control-"));
        assertEquals(List.of(), reply.fields("Vary"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "null", "shop.example", "http://shop.example", "https://shop.example/",
                "https://shop.example/a", "https://Shop.example", "https://shop.example:443", "https://*.example",
                "https://user@shop.example", "https://", "ftp://shop.example", "https://shop.example?a"})
    void originThatCouldNotMatchIsRefused(String origin) {
        assertThrows(IllegalArgumentException.class, () -> EdgeSettings.origin(origin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example", "https://shop.example:8443", "http://localhost:3000"})
    void exactOriginIsTaken(String origin) {
        assertEquals(origin, EdgeSettings.origin(origin));
    }
}
