package customerservice.api.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import customerservice.api.Connection;
import customerservice.api.Reply;
import customerservice.api.RunningApi;
import customerservice.testsupport.Warnings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which address a request comes from, when it says so itself. The tests' own is 127.0.0.1. */
class ForwardedTest {

    private static final String SELF = "127.0.0.1";
    private static final String XFF = "X-Forwarded-For: ";
    private static final String FORWARDED = "Forwarded: ";

    private static RunningApi behindProxy;
    private static RunningApi open;

    @BeforeAll
    static void start() {
        behindProxy = new RunningApi(
                RunningApi.settings().withEdge(RunningApi.behind("127.0.0.1", "10.0.0.0/8", "2001:db8:ffff::/48")));
        open = new RunningApi(RunningApi.settings().withEdge(RunningApi.behind("10.0.0.0/8", "128.0.0.1")));
    }

    @AfterAll
    static void stop() {
        behindProxy.close();
        open.close();
    }

    /** As the access log has it, which is what the audit trail and the limits get as well. */
    private static String seenBy(RunningApi api, String... fields) throws InterruptedException {
        api.call("GET", "/nowhere", fields);
        return api.nextAccessEntry().caller().sourceAddress();
    }

    /** Whoever connects can bring it about, so it must not fill the log. */
    @Test
    void proxyThatNobodyNamedIsWarnedOfOnce() {
        try (var api = new RunningApi(); var warnings = new Warnings(TrustedProxies.class)) {
            api.call("GET", "/nowhere");
            assertEquals(List.of(), warnings.messages());

            for (int i = 0; i < 3; i++) {
                api.call("GET", "/nowhere", XFF + "192.0.2." + i);
                api.call("GET", "/nowhere", FORWARDED + "for=192.0.2." + i);
            }

            assertEquals(1, warnings.messages().size(), warnings.messages()::toString);
            String message = warnings.messages().getFirst();
            assertTrue(message.contains("set server.trusted_proxies"), message);
            assertFalse(message.contains("192.0.2."), message);
        }
    }

    @Test
    void whoNamesProxiesIsWarnedOfNoOther() throws InterruptedException {
        try (var warnings = new Warnings(TrustedProxies.class)) {
            seenBy(open, XFF + "192.0.2.7");

            assertEquals(List.of(), warnings.messages());
        }
    }

    static List<Arguments> told() {
        return List.of(
                Arguments.of(XFF + "192.0.2.7", "192.0.2.7"),
                Arguments.of(XFF + " 192.0.2.7 ", "192.0.2.7"),
                Arguments.of(XFF + "192.0.2.7:4711", "192.0.2.7"),
                Arguments.of(XFF + "2001:DB8::1", "2001:db8:0:0:0:0:0:1"),
                Arguments.of(XFF + "[2001:db8::1]:443", "2001:db8:0:0:0:0:0:1"),
                Arguments.of(XFF + "::ffff:192.0.2.7", "192.0.2.7"),
                Arguments.of(XFF + "198.51.100.1, 192.0.2.7", "192.0.2.7"),
                Arguments.of(XFF + "rubbish, 192.0.2.7", "192.0.2.7"),
                Arguments.of(XFF + "192.0.2.7, 10.1.2.3,10.255.255.255", "192.0.2.7"),
                Arguments.of(XFF + "192.0.2.7, 2001:db8:ffff:1::1", "192.0.2.7"),
                Arguments.of(XFF + "10.0.0.1, 10.0.0.2", "10.0.0.1"),
                Arguments.of(FORWARDED + "for=192.0.2.7", "192.0.2.7"),
                Arguments.of(FORWARDED + "For=\"192.0.2.7:4711\";proto=https;by=10.0.0.1", "192.0.2.7"),
                Arguments.of(FORWARDED + "for=\"[2001:db8::1]:4711\"", "2001:db8:0:0:0:0:0:1"),
                Arguments.of(FORWARDED + "for=\"[2001:db8::1]\"", "2001:db8:0:0:0:0:0:1"),
                Arguments.of(FORWARDED + "for=\"192.0.2.7:_port\"", "192.0.2.7"),
                Arguments.of(FORWARDED + "for=\"192.0.\\2.7\"", "192.0.2.7"),
                Arguments.of(FORWARDED + "for=198.51.100.1, proto=http;for=192.0.2.7 , for=10.0.0.9", "192.0.2.7"),
                Arguments.of(FORWARDED + "for=_hidden, for=192.0.2.7", "192.0.2.7"),
                Arguments.of(FORWARDED + "for=unknown, for=192.0.2.7, for=10.0.0.1", "192.0.2.7"),
                Arguments.of(FORWARDED + "for=\"a,b;c\", for=192.0.2.7", "192.0.2.7"));
    }

    @ParameterizedTest
    @MethodSource("told")
    void trustedProxyIsBelieved(String field, String address) throws InterruptedException {
        assertEquals(address, seenBy(behindProxy, field));
    }

    /** What a proxy appends to rubbish is rubbish, and what stands left of what it cannot know is a claim. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: ",
                "X-Forwarded-For: ,",
                "X-Forwarded-For: 192.0.2.7,",
                "X-Forwarded-For: unknown",
                "X-Forwarded-For: localhost",
                "X-Forwarded-For: 192.0.2.7, unknown, 10.0.0.1",
                "X-Forwarded-For: 192.0.2",
                "X-Forwarded-For: 192.0.2.7.1",
                "X-Forwarded-For: 192.0.2.256",
                "X-Forwarded-For: 192.0.2.07",
                "X-Forwarded-For: 0xc0.0.2.7",
                "X-Forwarded-For: 3221225991",
                "X-Forwarded-For: 192.0.2.-7",
                "X-Forwarded-For: 192.0.2.7:",
                "X-Forwarded-For: 192.0.2.7:123456",
                "X-Forwarded-For: 192.0.2.7:80:80",
                "X-Forwarded-For: 192.0.2.7/32",
                "X-Forwarded-For: \"192.0.2.7\"",
                "X-Forwarded-For: 2001:db8::1%eth0",
                "X-Forwarded-For: 2001:db8::1::1",
                "X-Forwarded-For: [2001:db8::1",
                "X-Forwarded-For: [2001:db8::1]443",
                "X-Forwarded-For: [192.0.2.7]",
                "X-Forwarded-For: 1:2:3:4:5:6:7:8:9",
                "X-Forwarded-For: ${jndi:ldap://192.0.2.7/a}",
                "X-Forwarded-For: <script>",
                "X-Forwarded-For: 127.0.0.1 OR 1=1",
                "Forwarded: ",
                "Forwarded: for",
                "Forwarded: for=",
                "Forwarded: for=unknown",
                "Forwarded: for=_hidden",
                "Forwarded: for=\"_hidden:_port\"",
                "Forwarded: for=\"unknown:80\"",
                "Forwarded: proto=https",
                "Forwarded: for=192.0.2.7, by=10.0.0.1",
                "Forwarded: for=192.0.2.7;for=192.0.2.8",
                "Forwarded: for=192.0.2.7,",
                "Forwarded: for=192.0.2.7;",
                "Forwarded: for=192.0.2.7:80",
                "Forwarded: for=2001:db8::1",
                "Forwarded: for=\"2001:db8::1\"",
                "Forwarded: for=\"192.0.2.7",
                "Forwarded: for=\"192.0.2.7\\",
                "Forwarded: for=\"192.0.2.7\" 10.0.0.1",
                "Forwarded: for = 192.0.2.7",
                "Forwarded: \", for=192.0.2.7",
                "Forwarded: for=\"x, for=192.0.2.7"})
    void nonsenseIsNotBelieved(String field) throws InterruptedException {
        assertEquals(SELF, seenBy(behindProxy, field));
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-For,192.0.2.7", "Forwarded,for=192.0.2.7", "X-Real-IP,192.0.2.7", "Client-IP,192.0.2.7"})
    void anybodyElseIsNotBelieved(String name, String value) throws InterruptedException {
        assertEquals(SELF, seenBy(open, name + ": " + value));
    }

    @Test
    void severalLinesAreOneList() throws InterruptedException {
        assertEquals("192.0.2.7", seenBy(behindProxy, XFF + "198.51.100.1", XFF + "192.0.2.7", XFF + "10.0.0.1"));
        assertEquals("192.0.2.7", seenBy(behindProxy, FORWARDED + "for=1.1.1.1", FORWARDED + "for=192.0.2.7"));
    }

    /** The client may have sent the one that its proxy does not write. */
    @Test
    void fieldsThatContradictOneAnotherAreNotBelieved() throws InterruptedException {
        assertEquals(SELF, seenBy(behindProxy, FORWARDED + "for=198.51.100.1", XFF + "192.0.2.7"));
        assertEquals("192.0.2.7", seenBy(behindProxy, FORWARDED + "for=192.0.2.7", XFF + "192.0.2.7"));
    }

    @Test
    void longListEndsAtTheFirstThatIsNotTrusted() throws InterruptedException {
        String list = "10.0.0.1,".repeat(1_000);

        assertEquals("192.0.2.7", seenBy(behindProxy, XFF + list + "192.0.2.7"));
        assertEquals("10.0.0.1", seenBy(behindProxy, XFF + list + "10.0.0.1"));
    }

    @Test
    void auditTrailGetsTheClientsAddress() throws InterruptedException {
        Reply reply = behindProxy.send(
                "POST", "/v1/customers", "{\"name\":\"Ada\",\"email\":\"ada@example.com\"}", XFF + "192.0.2.7");

        assertEquals(201, reply.status());
        assertEquals("192.0.2.7", behindProxy.store.lastSourceAddress());
        assertEquals("192.0.2.7", behindProxy.nextAccessEntry().caller().sourceAddress());
    }

    @Test
    void requestThatIsRefusedBeforeItIsOneIsLoggedWithItsPeer() throws InterruptedException {
        try (Connection connection = behindProxy.connect()) {
            connection.send("NONSENSE\r\n\r\n").read();
        }

        assertEquals(SELF, behindProxy.nextAccessEntry().caller().sourceAddress());
    }

    @Test
    void onlyATrustedProxyCanSayThatItsClientSpeaksTls() {
        String https = "X-Forwarded-Proto: https";
        Optional<String> year = Optional.of("max-age=31536000");

        // Checks that find all well leave nothing in the log, which the other tests read.
        assertEquals(year, strictTransportSecurity(behindProxy, https));
        assertEquals(year, strictTransportSecurity(behindProxy, FORWARDED + "for=1.1.1.1;proto=https"));
        assertEquals(Optional.empty(), strictTransportSecurity(behindProxy, FORWARDED + "for=1.1.1.1"));
        assertEquals(Optional.empty(), strictTransportSecurity(behindProxy));
        assertEquals(Optional.empty(), strictTransportSecurity(open, https));
    }

    @Test
    void metadataNamesTheProtocolThatATrustedProxyTellsOf() throws InterruptedException {
        String https = "X-Forwarded-Proto: https";

        assertEquals("https://localhost/oauth/token", tokenEndpoint(behindProxy, https));
        assertEquals("https://localhost/oauth/token",
                tokenEndpoint(behindProxy, FORWARDED + "for=1.1.1.1;proto=https"));
        assertEquals("http://localhost/oauth/token", tokenEndpoint(behindProxy, "X-Forwarded-Proto: http"));
        assertEquals("http://localhost/oauth/token", tokenEndpoint(behindProxy));
        assertEquals("http://localhost/oauth/token", tokenEndpoint(open, https));
    }

    private static Object tokenEndpoint(RunningApi api, String... fields) throws InterruptedException {
        Reply reply = api.call("GET", "/.well-known/oauth-authorization-server", fields);
        // Not to be left for the tests that read the log.
        api.nextAccessEntry();
        return reply.json().get("token_endpoint");
    }

    private static Optional<String> strictTransportSecurity(RunningApi api, String... fields) {
        return api.call("GET", "/health/live", fields).field("Strict-Transport-Security");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.1/8", "10/8",
                "::/129", "2001:db8::1/64", "*"})
    void networkThatIsNoneIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Network.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8,10.255.0.1,11.0.0.1", "192.0.2.128/25,192.0.2.255,192.0.2.127",
        "192.0.2.1,192.0.2.1,192.0.2.2", "0.0.0.0/0,8.8.8.8,::1", "2001:db8::/33,2001:db8:7fff::1,2001:db8:8000::1",
        "::/0,::1,127.0.0.1"})
    void networkHoldsItsOwnAndNoOther(String network, String inside, String outside) {
        assertEquals(true, Network.parse(network).contains(IpAddress.parse(inside)));
        assertEquals(false, Network.parse(network).contains(IpAddress.parse(outside)));
    }
}
