package customerservice.app.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalAddressTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 127.0.0.1",
        "::, [::1]",
        "[::], [::1]",
        "::1, [::1]",
        "[fe80::1], [fe80::1]",
        "192.0.2.7, 192.0.2.7",
        "localhost, localhost"
    })
    void listenerIsReachedAt(String bound, String reached) {
        assertEquals(reached, LocalAddress.of(bound));
    }
}
