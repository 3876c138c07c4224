package customerservice.api.caller;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedHostTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "EXAMPLE.com", "127.0.0.1:8080", "[::1]", "[::ffff:192.0.2.1]:65535", "a-b.c"})
    void hostsAreTakenInEveryForm(String host) {
        assertTrue(RequestedHost.isHost(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":80", "a:", "a:b", "a:65536", "a:123456", "a b", "a/b", "a@b", "a?b", "a#b", "a\\b", "a\"b",
                "-a", ".a", "[", "[]", "[::1", "[::1]a", "[g<>]", "ä", "a\r\nb", "a%00"})
    void whatIsNoHostIsNotTaken(String host) {
        assertFalse(RequestedHost.isHost(host));
    }
}
