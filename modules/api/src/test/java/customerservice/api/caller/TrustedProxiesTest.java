package customerservice.api.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.helidon.webserver.ProxyProtocolData;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TrustedProxiesTest {

    private static final InetSocketAddress PROXY = new InetSocketAddress("10.0.0.1", 50_000);

    private final TrustedProxies proxies = new TrustedProxies(List.of(Network.parse("10.0.0.0/8")));

    private String client(ProxyProtocolData.Family family, String source) {
        return proxies.peer(PROXY, Optional.of(new Header(family, source))).text();
    }

    private record Header(ProxyProtocolData.Family family, String sourceAddress) implements ProxyProtocolData {

        @Override
        public Protocol protocol() {
            return Protocol.TCP;
        }

        @Override
        public String destAddress() {
            return "192.0.2.1";
        }

        @Override
        public int sourcePort() {
            return 50_000;
        }

        @Override
        public int destPort() {
            return 443;
        }
    }

    @Test
    void proxySaysWhomItSpeaksFor() {
        assertEquals("192.0.2.7", client(ProxyProtocolData.Family.IPv4, "192.0.2.7"));
    }

    /** The PROXY protocol, section 2.1: whatever follows UNKNOWN is to be ignored. */
    @Test
    void addressOfAnUnknownFamilyIsNotBelieved() {
        assertEquals("10.0.0.1", client(ProxyProtocolData.Family.UNKNOWN, "ffff::ffff"));
    }
}
