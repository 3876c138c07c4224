package customerservice.domain.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceNetworkTest {

    @Test
    void anIpv4AddressIsANetworkOfItsOwn() {
        assertEquals("192.0.2.7", SourceNetwork.of("192.0.2.7"));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2:3:4:5:6,     2001:db8:1:2::/64",
        "2001:db8:1:2::1,          2001:db8:1:2::/64",
        "2001:0db8:0001:0002:0:0:0:1, 2001:db8:1:2::/64",
        "2001:db8::1,              2001:db8:0:0::/64",
        "2001:db8::2:3:4:5:6,      2001:db8:0:2::/64",
        "::1,                      0:0:0:0::/64",
        "0:0:0:0:0:0:0:1,          0:0:0:0::/64",
        "fe80::1%eth0,             fe80:0:0:0::/64"})
    void anIpv6AddressIsItsFirst64Bits(String address, String network) {
        assertEquals(network, SourceNetwork.of(address));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::/64,    2001:db8:1::/48",
        "2001:db8:0:0::/64,    2001:db8:0::/48",
        "0:0:0:0::/64,         0:0:0::/48"})
    void anIpv6NetworkBelongsToASiteOf48Bits(String network, String site) {
        assertEquals(Optional.of(site), SourceNetwork.site(network));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "unknown", "local"})
    void anythingElseBelongsToNone(String network) {
        assertEquals(Optional.empty(), SourceNetwork.site(network));
    }

    @ParameterizedTest
    @CsvSource({"unknown", "':'", "'a b'", "1:2:3:4:5:6:7:8:9:a:b:c:d:e:f:10:11:12:13:14:15:16:17:18:19:1a:1b"})
    void whatIsNoAddressIsANetworkThatTheStoreCanKeep(String text) {
        String network = SourceNetwork.of(text);

        assertTrue(network.length() <= 64 && network.indexOf(' ') < 0, network);
    }
}
