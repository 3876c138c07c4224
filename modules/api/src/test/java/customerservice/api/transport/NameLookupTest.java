package customerservice.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/**
 * Before a TLS handshake the server asks for the name of whoever connects. Whoever answers that question, or does not,
 * must not decide how long it takes.
 */
class NameLookupTest {

    @Test
    void addressHasNoNameButItself() throws UnknownHostException {
        var loopback = new InetSocketAddress(InetAddress.getByAddress(new byte[]{127, 0, 0, 1}), 1);

        assertEquals("127.0.0.1", loopback.getHostName());
    }

    @Test
    void namesAreStillLookedUp() throws UnknownHostException {
        assertTrue(InetAddress.getByName("localhost").isLoopbackAddress());
    }
}
