package customerservice.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what name the installation issues tokens, and what becomes of them while instances differ about it. */
final class IssuerTest {

    private static final String URL = "https://customers.example";
    private static final String OLD = "customer-service";
    private static final String METADATA = "/.well-known/oauth-authorization-server";
    private static final String CUSTOMERS = "/v1/customers?limit=1";

    private static final Map<String, String> WITHOUT_URL = Map.of();
    private static final Map<String, String> KEPT = Map.of("server.public_url", URL, "auth.issuer", OLD);
    private static final Map<String, String> DERIVED = Map.of("server.public_url", URL);

    private final TestDatabase database = Testbed.shared().newDatabase();
    private final List<ServiceInstance> instances = new ArrayList<>();

    @AfterEach
    void stop() {
        instances.forEach(ServiceInstance::close);
    }

    @Test
    void publicUrlIsTheIssuer() {
        assertEquals(URL, issuer(DERIVED));
    }

    @Test
    void configuredIssuerWins() {
        assertEquals(OLD, issuer(KEPT));
    }

    @Test
    void withoutEitherTheIssuerIsNoUrl() {
        assertEquals(OLD, issuer(WITHOUT_URL));
    }

    @Test
    void tokensAreGoodAtEveryInstanceWhileThePublicUrlIsAdded() {
        assertGoodAtBoth(WITHOUT_URL, KEPT);
    }

    @Test
    void tokensAreGoodAtEveryInstanceWhileThePublicUrlBecomesTheIssuer() {
        assertGoodAtBoth(KEPT, DERIVED);
    }

    @Test
    void tokensFromBeforeThePublicUrlStayGood() {
        assertEquals(200, signIn(WITHOUT_URL).at(serve(DERIVED)).get(CUSTOMERS).status());
    }

    @Test
    void tokensOfTheDefaultIssuerAreRefusedWhereAnotherIsConfigured() {
        Map<String, String> another = Map.of("server.public_url", URL, "auth.issuer", "https://id.example");
        assertEquals(401, signIn(WITHOUT_URL).at(serve(another)).get(CUSTOMERS).status());
    }

    @Test
    void tokensOfAnotherUrlAreRefused() {
        Map<String, String> another = Map.of("server.public_url", "https://customers.example.org");
        assertEquals(401, signIn(another).at(serve(DERIVED)).get(CUSTOMERS).status());
    }

    @ParameterizedTest
    @CsvSource({"https://customers.example/records, /records", "https://customers.example/a/b/, /a/b",
        "http://customers.example/records, /records", "https://customers.example/, ''"})
    void metadataIsWhereRfc8414PutsItForAnIssuerWithAPath(String issuer, String behind) {
        ApiClient client = ApiClient.anonymous(serve(Map.of("server.public_url", URL, "auth.issuer", issuer)));
        assertEquals(issuer, client.get(METADATA + behind).json().get("issuer"));
        assertEquals(404, client.get(METADATA + "/another").status());
    }

    /** The metadata's and the tokens', which have to be the same. */
    private String issuer(Map<String, String> settings) {
        ApiClient client = signIn(settings);
        String issuer = (String) client.get(METADATA).json().get("issuer");
        assertEquals(issuer, TokenForge.part(client.token().orElseThrow(), 1).get("iss"));
        return issuer;
    }

    private void assertGoodAtBoth(Map<String, String> before, Map<String, String> after) {
        ApiClient old = signIn(before);
        ApiClient young = signIn(after);
        assertEquals(200, old.at(young.address()).get(CUSTOMERS).status());
        assertEquals(200, young.at(old.address()).get(CUSTOMERS).status());
    }

    private ApiClient signIn(Map<String, String> settings) {
        return ApiClient.signIn(serve(settings), "viewer", Testbed.shared().password());
    }

    private URI serve(Map<String, String> settings) {
        ServiceInstance instance = Testbed.shared().serve(database, settings);
        instances.add(instance);
        return instance.address();
    }
}
